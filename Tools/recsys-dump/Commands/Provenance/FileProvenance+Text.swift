import Commands
import Ingest
import Platform
import Publishing
import SystemPackage

extension FileProvenance {
    /// What is known, for people; sources and inputs beyond the first ones are counted alone.
    var lines: [String] {
        switch self {
        case .unknown(let reason): return Fact.lines([Fact("provenance", "none: \(reason)")])
        case .damaged(let problem): return Fact.lines([Fact("provenance", "damaged: \(problem.message)")])
        case .ledger(let history, let origin):
            let facts = Fact.lines([Fact("provenance", origin.summary(in: history))])
            return facts + FileProvenance.inputs(origin).lines() + FileProvenance.rest(origin)
        case .noted(let origin): return origin.lines
        }
    }

    /// What is damaged of what is noted.
    var damage: [any Failure] {
        switch self {
        case .damaged(let problem): [problem]
        case .ledger(let history, _): history.problems
        case .noted(let origin): origin.ledgerProblems
        case .unknown: []
        }
    }

    /// So many inputs or sources are listed.
    fileprivate static let listedCount = 20

    private static func inputs(_ origin: PartitionOrigin) -> DumpTable {
        let columns: [DumpTable.Column] = [
            .init("RUN", .word), .init("AT", .word), .init("MODE", .word), .init("LINES", .number),
            .init("BYTES", .number), .init("INPUT", .text),
        ]
        let rows = origin.entries.flatMap { entry in
            entry.inputs.map { input in
                [
                    entry.runIdentifier, entry.startedAt, entry.mode, input.lineCount.grouped, input.byteCount.grouped,
                    input.path,
                ]
            }
        }
        return DumpTable(columns, Array(rows.prefix(listedCount)))
    }

    private static func rest(_ origin: PartitionOrigin) -> [String] {
        let count = origin.entries.reduce(0) { $0 + $1.inputs.count } - listedCount
        return count > 0 ? ["and \(count.counted("other input")); --format json has all"] : []
    }
}

extension PartitionOrigin {
    /// In one line.
    fileprivate func summary(in history: LedgerHistory) -> String {
        if !entries.isEmpty { return "\(entries.count.counted("ingest")), by the ledger \(history.folder)" }
        if mayBeDamaged { return "none: its entry is damaged, or missing, in the ledger \(history.folder)" }
        guard let latest else { return "none: the ledger \(history.folder) has no entry of this day" }
        return "none: the ledger \(history.folder) knows other bytes of this day, the latest of run "
            + latest.runIdentifier
    }
}

extension ArtifactOrigin {
    fileprivate var lines: [String] {
        var facts = [Fact("provenance", path.string), Fact("run_id", runIdentifier), Fact("built_at", builtAt)]
        if let isCurrent { facts.append(Fact("current", .boolean(isCurrent))) }
        let count = sources.count - FileProvenance.listedCount
        let rest = count > 0 ? ["and \(count.counted("other source")); --format json has all"] : []
        return Fact.lines(facts) + table.lines() + rest
    }

    private var table: DumpTable {
        let columns: [DumpTable.Column] = [
            .init("SOURCE", .text), .init("SHA256", .text), .init("INGESTED BY", .text), .init("INPUT", .text),
        ]
        let rows = sources.prefix(FileProvenance.listedCount).map { source in
            let entries = source.origin?.entries ?? []
            let inputs = entries.flatMap(\.inputs).map(\.path)
            return [
                source.name, source.digest,
                source.absence ?? ArtifactOrigin.joined(entries.map(\.runIdentifier)),
                ArtifactOrigin.joined(inputs),
            ]
        }
        return DumpTable(columns, rows)
    }

    /// The last of several, and how many others there are.
    private static func joined(_ texts: [String]) -> String {
        guard let last = texts.last else { return "" }
        return texts.count > 1 ? "\(last) and \(texts.count - 1) more" : last
    }
}

extension ArtifactOrigin.Source {
    /// Why no ingest is known of a partition; nil if one is, or if it is no partition.
    fileprivate var absence: String? {
        guard let origin, origin.entries.isEmpty else { return nil }
        return origin.mayBeDamaged ? "(its entry is damaged, or missing)" : "(not in the ledger)"
    }
}
