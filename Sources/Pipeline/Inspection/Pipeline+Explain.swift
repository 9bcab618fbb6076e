import Artifacts
import Builders
import Columns
package import Events
import Platform
import Publishing
import Scan

extension Pipeline {
    /// Says why an item is among the neighbours of another one, or is not.
    ///
    /// The sessions of the artifact's window are counted anew, by the artifact's own parameters.
    ///
    /// - Parameters:
    ///   - item: The item whose neighbours are asked about.
    ///   - neighbor: Another item.
    ///   - version: A version of cooc, or how it begins; nil for the current one.
    /// - Throws: `PublishingError` if there is no such version; `ArtifactError` if it is published as JSON v1 or was
    ///   made by a newer program; `LimitExceeded`; `MemoryExceeded`; `FormatError` if the artifact or a partition is
    ///   damaged; `StorageError`; `Interruption`.
    package func explain(
        _ neighbor: String, asNeighborOf item: String, of owner: SegmentKey, version: String?,
    ) throws -> NeighborExplanation {
        let (file, record) = try layout.registry.openBlob(
            of: owner, kind: .cooc, version: version, in: layout.objectStore)
        guard record.format == .rsart else { throw ArtifactError.rowsInJSON(path: file.path) }
        var rows = try ArtifactRows(ContainerReader(file, format: ArtifactFormat.file), using: Zstandard())
        let parameters = try CoocParameters(rows.parameters, path: file.path)
        let listed = try rows.place(of: neighbor, inRowOf: item)
        let scan = try WindowScan(
            store: layout.partitions, surfaceKey: owner.surfaceKey, window: rows.key.window, threadCount: threadCount)
        let changes = try changes(since: record.provenance, scan)
        let counts = try PairExplanation(
            of: neighbor, asNeighborOf: item, in: scan, parameters.build, sessions: parameters.sessions,
            configuration.limits, memory: BuildMemory(megabyteCount: configuration.maximumMegabyteCount))
        return NeighborExplanation(
            item: item, neighbor: neighbor, record: record, parameters: rows.parameters, build: parameters.build,
            listLength: listed?.length, place: listed?.place, counts: counts, changes: changes)
    }

    /// How the partitions differ from those that an artifact was made from, by day.
    private func changes(
        since provenance: Provenance, _ scan: WindowScan,
    ) throws -> [NeighborExplanation.SourceChange] {
        let now = try digests(of: scan)
        let before = Dictionary(provenance.sources.map { ($0.name, $0.sha256) }, uniquingKeysWith: { $1 })
        return Set(before.keys).union(now.keys).sorted().compactMap { day in
            if before[day] == now[day] { return nil }
            let change: NeighborExplanation.SourceChange.Change =
                before[day] == nil ? .new : now[day] == nil ? .missing : .changed
            return NeighborExplanation.SourceChange(day: day, change: change)
        }
    }

    /// By day the SHA-256 of the partition.
    private func digests(of scan: WindowScan) throws -> [String: String] {
        let digests = try Parallel.map(count: scan.partitions.count, threadCount: threadCount) { index in
            let partition = scan.partitions[index]
            let digest = try SHA256Digest(of: partition.container.file)
            return (partition.statistics.key.day.description, digest.hexadecimal)
        }
        return Dictionary(uniqueKeysWithValues: digests)
    }
}

extension ArtifactRows {
    /// The length of an item's row, and where in it another item stands; nil if there is no such row.
    fileprivate mutating func place(
        of neighbor: String, inRowOf item: String,
    ) throws(FormatError) -> (length: Int, place: NeighborExplanation.Place?)? {
        let (item, neighbor) = (Array(item.utf8), Array(neighbor.utf8))
        guard let row = try rowKeys.number(of: item.span) else { return nil }
        let range = try entries(ofRow: row)
        guard let member = try memberKeys.number(of: neighbor.span) else { return (range.count, nil) }
        let list = try entries(in: range)
        guard let index = list.firstIndex(where: { $0.member == member }) else { return (range.count, nil) }
        let score: Double
        switch list[index].value {
        case .none: score = 0
        case .count(let count): score = Double(count)
        case .score(let value): score = value
        }
        return (range.count, NeighborExplanation.Place(rank: index + 1, score: score))
    }
}
