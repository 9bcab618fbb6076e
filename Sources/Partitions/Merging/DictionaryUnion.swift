import Columns
import Platform
import SystemPackage

/// The ids of one column of several partition files, each once, in the order of the format.
struct DictionaryUnion {
    /// Number of distinct ids.
    let count: Int
    /// The dictionary of all ids, encoded.
    let blocks: [SpooledBlock]
    /// Per file, what its codes are in the union.
    let codeMaps: [CodeMap]
    /// The ids by their place in the union.
    let texts: IdentifierTexts
}

/// Unites the dictionaries of one column.
struct DictionaryUniter {
    let column: IdentifierColumn
    let files: [MergedFile]
    let folder: FilePath
    let zstandard: Zstandard

    /// - Parameter spool: Takes the encoded dictionary.
    /// - Throws: `FormatError` if a dictionary is damaged; `StorageError`; `Interruption`.
    func unite(_ layout: PartitionLayout, spoolingTo spool: BlockSpool) throws -> DictionaryUnion {
        var cursors = try files.indices.flatMap(cursors)
        let maps = files.map { file in
            CodeMapBuilder(count: file.reader.statistics.distinctCount(column), isSequential: file.isRun, in: folder)
        }
        var union = UnionWriter(
            dictionary: DictionarySpool(column, layout, to: spool, using: zstandard),
            texts: IdentifierTexts(in: folder))
        let entries = cursors.indices.filter { !cursors[$0].isAtEnd }
            .map { KeyedHeap.Entry(key: cursors[$0].key, index: $0) }
        var heap = KeyedHeap(entries) { cursors[$0].isBefore(cursors[$1]) }
        var latestCodes = [UInt32](repeating: 0, count: files.count)
        while let first = heap.first {
            try cursors[first].appendCurrent(to: &union)
            let (source, index) = (cursors[first].source, cursors[first].index)
            guard latestCodes[source] != union.code else {
                throw files[source].reader.container.corrupt(
                    repeatedIdentifier: index, in: column.dictionary.rawValue)
            }
            latestCodes[source] = union.code
            try maps[source].set(index, to: union.code)
            try cursors[first].advance()
            if cursors[first].isAtEnd {
                heap.removeFirst { cursors[$0].isBefore(cursors[$1]) }
            } else {
                heap.firstHasChanged(key: cursors[first].key) { cursors[$0].isBefore(cursors[$1]) }
            }
        }
        try union.finish()
        return DictionaryUnion(
            count: union.texts.count, blocks: union.dictionary.blocks, codeMaps: try maps.map { try $0.finish() },
            texts: union.texts)
    }

    private func cursors(of file: Int) throws -> [IdentifierCursor] {
        let reader = files[file].reader
        try reader.container.checkIdentifierCount(
            section: column.dictionary.rawValue, count: reader.statistics.distinctCount(column))
        if column == .user, !files[file].isRun {
            try reader.container.checkAscending(section: column.dictionary.rawValue, using: zstandard)
        }
        return files[file].isRun
            ? [try .ascending(source: file, reader, column, using: zstandard)]
            : try IdentifierCursor.sorting(source: file, reader, column, in: folder, using: zstandard)
    }
}

/// Writes the ids of a union, which come in order and more than once.
struct UnionWriter {
    private(set) var dictionary: DictionarySpool
    let texts: IdentifierTexts
    private var latest: [UInt8] = []

    init(dictionary: DictionarySpool, texts: IdentifierTexts) {
        self.dictionary = dictionary
        self.texts = texts
    }

    /// The code of the id that was added last.
    var code: UInt32 { UInt32(texts.count) }

    /// Adds an id, unless it was added last.
    mutating func append(_ identifier: Span<UInt8>) throws(StorageError) {
        if texts.count > 0, ByteStrings.areEqual(latest.span, identifier) { return }
        try dictionary.append(identifier)
        try texts.append(identifier)
        latest.removeAll(keepingCapacity: true)
        latest.append(contentsOf: identifier)
    }

    mutating func finish() throws(StorageError) {
        try dictionary.finish()
        try texts.finish()
    }
}

/// Collects the codes of one file's ids, which come in the order of the union.
private final class CodeMapBuilder {
    private let map: CodeMap
    /// The codes by the place in the file's dictionary; nil if they come in its order.
    private var codes: [UInt32]?

    init(count: Int, isSequential: Bool, in folder: FilePath) {
        map = CodeMap(in: folder)
        codes = isSequential ? nil : [UInt32](repeating: 0, count: count)
    }

    func set(_ index: Int, to code: UInt32) throws(StorageError) {
        if codes != nil { codes?[index] = code } else { try map.append(code) }
    }

    func finish() throws(StorageError) -> CodeMap {
        for code in codes ?? [] { try map.append(code) }
        codes = nil
        try map.finish()
        return map
    }
}
