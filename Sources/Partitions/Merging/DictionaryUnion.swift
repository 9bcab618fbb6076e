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
    /// - Throws: `FormatError` if a dictionary is damaged; `StorageError`.
    func unite(_ layout: PartitionLayout, spoolingTo spool: BlockSpool) throws -> DictionaryUnion {
        let cursors = try files.indices.flatMap(cursors)
        let maps = files.map { file in
            CodeMapBuilder(count: file.reader.statistics.distinctCount(column), isSequential: file.isRun, in: folder)
        }
        let texts = IdentifierTexts(in: folder)
        var dictionary = DictionarySpool(column, layout, to: spool, using: zstandard)
        var latest: [UInt8] = []
        let isBefore = { (left: Int, right: Int) in cursors[left].isBefore(cursors[right]) }
        var heap = IndexHeap(cursors.indices.filter { !cursors[$0].isAtEnd }, isBefore: isBefore)
        while let first = heap.first {
            let cursor = cursors[first]
            try cursor.withCurrent { identifier in
                if texts.count > 0, ByteStrings.compare(latest.span, identifier) == 0 { return }
                try dictionary.append(identifier)
                try texts.append(identifier)
                latest.removeAll(keepingCapacity: true)
                latest.append(contentsOf: identifier)
            }
            try maps[cursor.source].set(cursor.index, to: UInt32(texts.count))
            try cursor.advance()
            if cursor.isAtEnd {
                heap.removeFirst(isBefore: isBefore)
            } else {
                heap.firstHasChanged(isBefore: isBefore)
            }
        }
        try dictionary.finish()
        try texts.finish()
        return DictionaryUnion(
            count: texts.count, blocks: dictionary.blocks, codeMaps: try maps.map { try $0.finish() }, texts: texts)
    }

    private func cursors(of file: Int) throws -> [IdentifierCursor] {
        let reader = files[file].reader
        try reader.container.checkIdentifierCount(
            section: column.dictionary.rawValue, count: reader.statistics.distinctCount(column))
        return files[file].isRun
            ? [try .ascending(source: file, reader, column, using: zstandard)]
            : try IdentifierCursor.sorting(source: file, reader, column, in: folder, using: zstandard)
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
