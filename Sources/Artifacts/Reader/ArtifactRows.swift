package import Builders
package import Columns
package import Platform

/// Some rows of an artifact file, read without reading all of it: only the blocks that hold them, and the ids that they
/// have. Opening it reads the footer alone.
package struct ArtifactRows {
    package let container: ContainerReader
    package let key: ArtifactKey
    package let parameters: [ArtifactParameter]
    package let rowCount: Int
    package let entryCount: Int
    /// What entries have beside their members.
    package let valueKind: RankedRows.ValueKind
    /// The keys of the rows, ascending; none in popularity.
    package private(set) var rowKeys: DictionaryLookup
    /// The ids or tags that members are numbers of, ascending.
    package private(set) var memberKeys: DictionaryLookup
    private let checks: EntryChecks
    private var lengths: ColumnBlocks<UInt32>
    private var members: ColumnBlocks<UInt32>
    private var counts: ColumnBlocks<UInt32>
    private var scores: ColumnBlocks<UInt64>

    private typealias Section = ArtifactFormat.Section

    /// - Throws: `FormatError` if the footer is none of an artifact.
    package init(_ container: ContainerReader, using zstandard: Zstandard) throws(FormatError) {
        let metadata = try ArtifactMetadata(of: container)
        self.container = container
        key = metadata.key
        parameters = metadata.parameters
        rowCount = metadata.rowCount
        entryCount = metadata.entryCount
        valueKind = metadata.valueKind
        rowKeys = try DictionaryLookup(
            container, section: Section.rowDictionary.rawValue, count: metadata.rowKeyCount, using: zstandard)
        memberKeys = try DictionaryLookup(
            container, section: Section.memberDictionary.rawValue, count: metadata.memberKeyCount, using: zstandard)
        let checks = EntryChecks(container, metadata)
        self.checks = checks
        lengths = try ColumnBlocks(
            container, section: Section.rowLength.rawValue, count: rowCount, using: zstandard,
            check: { values, first throws(FormatError) in try checks.check(rowLengths: values, first: first) })
        members = try ColumnBlocks(
            container, section: Section.member.rawValue, count: entryCount, using: zstandard,
            check: { values, first throws(FormatError) in try checks.check(members: values, first: first) })
        counts = try ColumnBlocks(
            container, section: Section.count.rawValue, count: valueKind == .counts ? entryCount : 0,
            using: zstandard,
            check: { values, first throws(FormatError) in try checks.check(counts: values, first: first) })
        scores = try ColumnBlocks(
            container, section: Section.score.rawValue, count: valueKind == .scores ? entryCount : 0,
            using: zstandard,
            check: { values, first throws(FormatError) in try checks.check(scoreBits: values, first: first) })
    }

    /// How many entries each row of a range has.
    ///
    /// - Throws: `FormatError` if a block is damaged, as the methods below.
    package mutating func rowLengths(in range: Range<Int>) throws(FormatError) -> [UInt32] {
        try lengths.values(in: range)
    }

    /// The entries of a row, as numbers of entries of the file. The lengths of all rows before it are read.
    package mutating func entries(ofRow row: Int) throws(FormatError) -> Range<Int> {
        var start = 0
        for place in lengths.places(of: 0..<row + 1) {
            let block = lengths.starts[place]..<min(lengths.starts[place + 1], row)
            start += try lengths.values(in: block).reduce(0) { $0 + Int($1) }
        }
        let end = start + Int(try lengths.values(in: row..<row + 1)[0])
        try checkEnd(end)
        return start..<end
    }

    /// Entries that stand together in a row, in their order.
    ///
    /// - Parameter range: Numbers of entries of the file, less than `entryCount`.
    package mutating func entries(in range: Range<Int>) throws(FormatError) -> [RankedRows.Entry] {
        let members = try self.members.values(in: range)
        let values: [RankedRows.Value] =
            switch valueKind {
            case .none: members.map { _ in .none }
            case .counts: try counts.values(in: range).map { .count($0) }
            case .scores: try scores.values(in: range).map { .score(Double(bitPattern: $0)) }
            }
        let entries = zip(members, values).map { RankedRows.Entry(member: Int($0), value: $1) }
        for place in entries.indices.dropFirst() where !entries[place].mayFollow(entries[place - 1]) {
            throw checks.misplaced(entry: range.lowerBound + place)
        }
        return entries
    }

    /// The members of entries of any rows.
    package mutating func members(in range: Range<Int>) throws(FormatError) -> [UInt32] {
        try members.values(in: range)
    }

    /// The blocks that hold the lengths of rows, as indices of the container's, and of which rows each does.
    package func lengthBlocks(of range: Range<Int>) -> [(block: Int, rows: Range<Int>)] {
        lengths.places(of: range).map { (lengths.indices[$0], lengths.starts[$0]..<lengths.starts[$0 + 1]) }
    }

    /// The blocks that hold entries, as indices of the container's.
    package func entryBlocks(of range: Range<Int>) -> [Int] {
        let values: [Int] =
            switch valueKind {
            case .none: []
            case .counts: counts.places(of: range).map { counts.indices[$0] }
            case .scores: scores.places(of: range).map { scores.indices[$0] }
            }
        return members.places(of: range).map { members.indices[$0] } + values
    }

    /// The keys of rows, whose numbers ascend.
    package mutating func keys(ofRows rows: [Int]) throws(FormatError) -> IdentifierList {
        try rowKeys.identifiers(at: rows)
    }

    /// The ids of members, which ascend.
    package mutating func ids(ofMembers members: [Int]) throws(FormatError) -> IdentifierList {
        try memberKeys.identifiers(at: members)
    }

    /// Checks that a row ends within the entries that there are.
    package func checkEnd(_ end: Int) throws(FormatError) {
        guard end <= entryCount else {
            let section = Section.rowLength.rawValue
            throw container.corrupt(section: section, "the lengths of the rows do not add up")
        }
    }
}

extension RankedRows.Entry {
    /// True if the entry may stand behind another one in a row: it is worth less, or as much and has the higher id.
    fileprivate func mayFollow(_ other: RankedRows.Entry) -> Bool {
        switch (other.value, value) {
        case (.count(let before), .count(let after)):
            before > after || before == after && other.member < member
        case (.score(let before), .score(let after)):
            before > after || before == after && other.member < member
        default: true
        }
    }
}
