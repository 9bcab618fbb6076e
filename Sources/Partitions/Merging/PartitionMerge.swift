import Columns
import Platform
import SystemPackage

/// Merges partition files of one tenant, surface and day into one, whatever their size: ids and rows are read and
/// written block by block, and what must be looked up at random is kept in scratch files.
///
/// The bytes are those that `PartitionEncoder` makes of all events at once.
struct PartitionMerge {
    let key: PartitionKey
    /// At most one file of the store, the first; then runs, in any order.
    let files: [MergedFile]
    /// Where scratch files are made.
    let folder: FilePath
    let zstandard: Zstandard

    /// How many runs may be merged at once, beside a file of the store.
    static let maximumRunCount = 64

    /// Hands the pieces of the merged file to `write`, in order, and returns its number of rows.
    ///
    /// - Throws: `FormatError` if a file is damaged; `StorageError`; `Interruption`.
    func run(_ layout: PartitionLayout, to write: (borrowing RawSpan) throws(StorageError) -> Void) throws -> Int {
        let spool = BlockSpool(in: folder)
        var unions: [IdentifierColumn: DictionaryUnion] = [:]
        for column in IdentifierColumn.allCases {
            try Cancellation.check()
            let uniter = DictionaryUniter(column: column, files: files, folder: folder, zstandard: zstandard)
            unions[column] = try uniter.unite(layout, spoolingTo: spool)
        }
        var assembly = PartitionAssembly(unions, layout, to: spool, in: folder, using: zstandard)
        try mergeRows(unions, into: &assembly)
        try assembly.finish(key, to: write)
        return assembly.rowCount
    }

    private func mergeRows(
        _ unions: [IdentifierColumn: DictionaryUnion], into assembly: inout PartitionAssembly,
    ) throws {
        guard let sessions = unions[.session] else { return }
        let order = RowOrder(sessions: sessions.texts)
        let sources = try files.indices.map { file in
            try MergeSource(files[file], unions.mapValues { $0.codeMaps[file] }, order, using: zstandard)
        }
        var rule = files.contains { !$0.isRun } ? MultisetRule(order) : nil
        let isBefore = { (left: Int, right: Int) in
            let (leftKey, rightKey) = (sources[left].key, sources[right].key)
            if order.isBefore(leftKey, rightKey) { return true }
            // Rows of one arrival that are in two files: one of them is of the store, and the first.
            return left < right && !order.isBefore(rightKey, leftKey)
        }
        let entries = sources.indices.filter { !sources[$0].isAtEnd }
            .map { KeyedHeap.Entry(key: sources[$0].key.number, index: $0) }
        var heap = KeyedHeap(entries, isBefore: isBefore)
        while let first = heap.first {
            let source = sources[first]
            let rows = rowsBefore(heap.second(isBefore: isBefore).map { sources[$0].key }, source, order)
            try append(rows, of: source, isStored: !files[first].isRun, rule: &rule, to: &assembly)
            try source.advance(to: rows.upperBound)
            if source.isAtEnd {
                heap.removeFirst(isBefore: isBefore)
            } else {
                heap.firstHasChanged(key: source.key.number, isBefore: isBefore)
            }
        }
    }

    /// The next row of a source and those after it in the batch that stand before `limit`; nil for no limit.
    private func rowsBefore(_ limit: RowKey?, _ source: MergeSource, _ order: RowOrder) -> Range<Int> {
        guard let limit else { return source.row..<source.batch.count }
        var end = source.row + 1
        while end < source.batch.count, order.isBefore(source.batch.key(end), limit) { end += 1 }
        return source.row..<end
    }

    private func append(
        _ rows: Range<Int>, of source: MergeSource, isStored: Bool, rule: inout MultisetRule?,
        to assembly: inout PartitionAssembly,
    ) throws {
        guard rule != nil else { return try assembly.append(source.batch, rows) }
        var start = rows.lowerBound
        for row in rows where rule?.keeps(row, of: source.batch, isStored: isStored) == false {
            if start < row { try assembly.append(source.batch, start..<row) }
            start = row + 1
        }
        if start < rows.upperBound { try assembly.append(source.batch, start..<rows.upperBound) }
    }
}
