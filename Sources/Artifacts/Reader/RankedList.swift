import Builders
import Columns

/// An id or a tag in a ranked list, with how often it was counted.
public struct RankedEntry: Hashable, Sendable {
    /// The item's id, or the tag.
    public let id: String
    /// At least 1; 0 in a list that counts nothing, such as tags.
    public let count: UInt64
}

/// An ordered list of entries, best first. An entry is made when it is asked for.
public struct RankedList: RandomAccessCollection, Sendable {
    private let reader: ArtifactReader
    private let entries: Range<Int>

    init(_ reader: ArtifactReader, _ entries: Range<Int>) {
        self.reader = reader
        self.entries = entries
    }

    /// Always 0.
    public var startIndex: Int { 0 }

    /// Number of entries.
    public var endIndex: Int { entries.count }

    /// The entry at a place of the ranking, from 0.
    public subscript(position: Int) -> RankedEntry {
        precondition(indices.contains(position), "the list has \(count) entries")
        let rows = reader.artifact.rows
        let entry = entries.lowerBound + position
        return RankedEntry(
            id: rows.memberKeys.string(at: Int(rows.members[entry])),
            count: rows.counts.isEmpty ? 0 : rows.counts[entry])
    }
}
