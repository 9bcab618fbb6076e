import Artifacts
import Columns
import Platform

/// A dictionary of a file under its name.
struct NamedDictionary {
    /// Without `_dictionary`, which the name of its section ends in.
    let name: String
    let lookup: DictionaryLookup
    private let uses: Uses

    /// What the ids are used by.
    private enum Uses {
        case rowsOfPartition(PartitionReader, IdentifierColumn)
        case entriesOfRows(ArtifactRows)
        case entriesOfMembers(ArtifactRows)
    }

    /// The dictionary of a file with that name, or with that of its section.
    ///
    /// - Throws: `DumpError` if there is none; `FormatError` if the file's footer cannot be relied on.
    init(_ name: String, of dump: DumpFile) throws {
        let all: [NamedDictionary]
        switch try dump.content.get() {
        case .partition(let reader):
            let rows = try PartitionRows(reader, using: Zstandard())
            all = IdentifierColumn.allCases.map { column in
                NamedDictionary(column.codes.name, rows.dictionary(column), .rowsOfPartition(reader, column))
            }
        case .artifact(let rows):
            all = [
                NamedDictionary("row", rows.rowKeys, .entriesOfRows(rows)),
                NamedDictionary("member", rows.memberKeys, .entriesOfMembers(rows)),
            ]
        }
        guard let dictionary = all.first(where: { [$0.name, "\($0.name)_dictionary"].contains(name) }) else {
            throw DumpError.noSuchName(name, of: "dictionary", path: dump.file.path, names: all.map(\.name))
        }
        self = dictionary
    }

    private init(_ name: String, _ lookup: DictionaryLookup, _ uses: Uses) {
        self.name = name
        self.lookup = lookup
        self.uses = uses
    }

    /// What `useCounts` counts: rows or entries.
    var useName: String {
        switch uses {
        case .rowsOfPartition: "rows"
        case .entriesOfRows, .entriesOfMembers: "entries"
        }
    }

    /// For each id how many rows of a partition have it; how many entries the row of an artifact has; how many entries
    /// are of a member. All blocks that say so are read.
    ///
    /// - Throws: `FormatError` if one is damaged; `Interruption`.
    func useCounts() throws -> [Int] {
        var counts = [Int](repeating: 0, count: lookup.count)
        switch uses {
        case .rowsOfPartition(let reader, let column):
            var rows = try PartitionRows(reader, using: Zstandard())
            for range in NamedDictionary.pieces(of: reader.rowCount) {
                try Cancellation.check()
                for code in try rows.codes(column, in: range) where code > 0 { counts[Int(code) - 1] += 1 }
            }
        case .entriesOfRows(var rows):
            if lookup.count == 0 { return [] }
            for range in NamedDictionary.pieces(of: rows.rowCount) {
                for (row, length) in zip(range, try rows.rowLengths(in: range)) { counts[row] = Int(length) }
            }
        case .entriesOfMembers(var rows):
            for range in NamedDictionary.pieces(of: rows.entryCount) {
                try Cancellation.check()
                for member in try rows.members(in: range) { counts[Int(member)] += 1 }
            }
        }
        return counts
    }

    private static func pieces(of count: Int) -> [Range<Int>] {
        stride(from: 0, to: count, by: 1 << 16).map { $0..<min(count, $0 + 1 << 16) }
    }
}
