import Artifacts
import Builders
import Columns
import Commands
import Platform

/// The list of an artifact that somebody asked for.
struct RankedAnswer: Sendable {
    /// Nil in popularity.
    let key: String?
    let kind: ArtifactKind
    /// How many entries the list has, of which the first ones are here.
    let totalCount: Int
    let entries: [Entry]

    struct Entry: Sendable {
        /// From 1.
        let rank: Int
        let id: String
        let value: RankedRows.Value
    }

    /// The list of a key, or without one that of popularity.
    ///
    /// - Parameter limit: At most so many entries, the first ones; nil for all.
    /// - Throws: `DumpError` if there is no such key; `FormatError` if a block is damaged that must be read.
    init(_ rows: ArtifactRows, key: String?, limit: Int?) throws {
        var rows = rows
        self.key = key
        kind = rows.key.kind
        let range = try RankedAnswer.range(of: key, &rows)
        totalCount = range.count
        let end = min(range.upperBound, range.lowerBound + (limit ?? range.count))
        let listed = try rows.entries(in: range.lowerBound..<end)
        let spelled = try rows.spelled([], [listed])
        entries = spelled.entries[0].enumerated().map { place, entry in
            Entry(rank: place + 1, id: spelled.ids.string(at: entry.member), value: entry.value)
        }
    }

    private static func range(of key: String?, _ rows: inout ArtifactRows) throws -> Range<Int> {
        guard let key else { return 0..<rows.entryCount }
        let bytes = Array(key.utf8)
        guard let row = try rows.rowKeys.number(of: bytes.span) else {
            throw DumpError.noSuchKey(
                key, what: rows.key.kind.form == .users ? "user" : "item", path: rows.container.file.path,
                near: try NearestKeys.search(for: key, in: rows.rowKeys))
        }
        return try rows.entries(ofRow: row)
    }
}

extension CommandResult {
    /// The list as a table.
    ///
    /// - Throws: `IncompleteResult` if the file lies where another one belongs.
    init(_ answer: RankedAnswer, of dump: DumpFile) throws {
        try self.init(answer.lines, of: dump, damage: [dump.misplacement].compactMap { $0 }) { json in
            json.member("artifact_type", answer.kind.rawValue)
            if let key = answer.key { json.member("key", key) }
            json.member("total", answer.totalCount)
            json.key("entries")
            json.array { json in for entry in answer.entries { json.object { $0.members(of: entry) } } }
        }
    }
}

extension RankedAnswer {
    fileprivate var lines: [String] {
        if entries.isEmpty { return [kind == .sessionSeq ? "no entries: the user has a single event" : "no entries"] }
        let rest = totalCount - entries.count
        return table.lines() + (rest > 0 ? ["and \(rest.grouped) more"] : [])
    }

    private var table: DumpTable {
        let value: [DumpTable.Column] =
            switch entries.first?.value {
            case .count: [.init("COUNT", .number)]
            case .score: [.init("SCORE", .number)]
            case RankedRows.Value.none?, nil: []
            }
        let columns: [DumpTable.Column] =
            [.init("RANK", .number)] + value
            + [.init(kind.form == .tags ? "TAG" : "ITEM", .text)]
        return DumpTable(columns, entries.map { [$0.rank.grouped] + $0.valueTexts + [$0.id] })
    }
}

extension RankedAnswer.Entry {
    fileprivate var valueTexts: [String] {
        switch value {
        case .none: []
        case .count(let count): [Int(count).grouped]
        case .score(let score): [String(decoding: JSONWriter.text(style: .compact) { $0.number(score) }, as: UTF8.self)]
        }
    }
}

extension JSONWriter {
    fileprivate mutating func members(of entry: RankedAnswer.Entry) {
        member("rank", entry.rank)
        member("id", entry.id)
        switch entry.value {
        case .none: break
        case .count(let count): member("count", count)
        case .score(let score):
            key("score")
            number(score)
        }
    }
}
