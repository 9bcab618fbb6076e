import Builders
import Columns
import Platform

/// What must hold of the values of an artifact's columns, whoever reads them.
struct EntryChecks {
    private let container: ContainerReader
    private let metadata: ArtifactMetadata

    init(_ container: ContainerReader, _ metadata: ArtifactMetadata) {
        self.container = container
        self.metadata = metadata
    }

    /// Checks that no row is empty that may not be.
    ///
    /// - Parameter first: The row that the first length is of; below the entry that the first value is of.
    func check(rowLengths: [UInt32], first: Int) throws(FormatError) {
        if metadata.key.kind.mayHaveEmptyRows { return }
        if let index = rowLengths.firstIndex(of: 0) {
            let row = first + index
            throw container.corrupt(
                section: ArtifactFormat.Section.rowLength.rawValue, at: row, "row \(row) has no entry")
        }
    }

    /// Checks that members are numbers of ids.
    func check(members: [UInt32], first: Int) throws(FormatError) {
        let count = metadata.memberKeyCount
        if let index = members.firstIndex(where: { Int($0) >= count }) {
            throw corrupt(.member, entry: first + index, "member \(members[index]) is beyond the dictionary")
        }
    }

    /// Checks that everything was counted.
    func check(counts: [UInt32], first: Int) throws(FormatError) {
        if let index = counts.firstIndex(of: 0) { throw corrupt(.count, entry: first + index, "the count is zero") }
    }

    /// Checks that scores are numbers, each in its only spelling.
    func check(scoreBits: [UInt64], first: Int) throws(FormatError) {
        if let index = scoreBits.firstIndex(where: { !Double(bitPattern: $0).isFinite || $0 == (-0.0).bitPattern }) {
            throw corrupt(.score, entry: first + index, "the score is no finite number, or a negative zero")
        }
    }

    /// The error of an entry that may not stand after the one before it.
    func misplaced(entry: Int) -> FormatError {
        corrupt(
            metadata.valueKind == .scores ? .score : .count, entry: entry,
            "it may not stand after the one before it in its row")
    }

    private func corrupt(_ section: ArtifactFormat.Section, entry: Int, _ reason: String) -> FormatError {
        container.corrupt(section: section.rawValue, at: entry, "in entry \(entry): \(reason)")
    }
}
