import Columns

/// An item or a tag in a ranked list, with its score.
public struct RankedEntry: Sendable {
    /// The score, or how often the item was counted; 0 in a list that has neither, such as tags.
    public let score: Double
    private let table: RankedTable
    private let member: Int

    init(_ table: RankedTable, _ entry: Int) {
        self.table = table
        (member, score) = table.entry(at: entry)
    }

    /// The item's id, or the tag. It is made when it is asked for.
    public var id: String { table.id(ofMember: member) }
}

/// An ordered list of entries, best first. An entry is made when it is asked for.
public struct RankedList: RandomAccessCollection, Sendable {
    private let table: RankedTable
    private let entries: Range<Int>

    init(_ table: RankedTable, _ entries: Range<Int>) {
        self.table = table
        self.entries = entries
    }

    /// Always 0.
    public var startIndex: Int { 0 }

    /// Number of entries.
    public var endIndex: Int { entries.count }

    /// The entry at a place of the ranking, from 0.
    public subscript(position: Int) -> RankedEntry {
        precondition(indices.contains(position), "the list has \(count) entries")
        return RankedEntry(table, entries.lowerBound + position)
    }
}
