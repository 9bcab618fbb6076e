import Columns

/// An id or a tag in a ranked list, with its score.
public struct RankedEntry: Hashable, Sendable {
    /// The item's id, or the tag.
    public let id: String
    /// The score, or how often it was counted; 0 in a list that has neither, such as tags.
    public let score: Double
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
        let entry = entries.lowerBound + position
        let score =
            !reader.counts.isEmpty ? Double(reader.counts[entry]) : reader.scores.isEmpty ? 0 : reader.scores[entry]
        return RankedEntry(id: reader.memberKeys.string(at: Int(reader.members[entry])), score: score)
    }
}
