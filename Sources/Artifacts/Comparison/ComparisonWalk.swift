import Builders
import Columns
import Platform

/// Goes over the rows of two artifacts at once, in the order of their keys, which both have.
struct ComparisonWalk {
    private var first: RowReader
    private var second: RowReader
    private let memberCount: Int
    private let form: ArtifactForm

    init(_ first: Artifact, _ second: Artifact) {
        let members = MemberUnion(first.rows.memberKeys, second.rows.memberKeys)
        self.first = RowReader(first.rows, numbers: members.first)
        self.second = RowReader(second.rows, numbers: members.second)
        memberCount = members.count
        form = first.key.kind.form
    }

    mutating func run(into comparison: inout ArtifactComparison) throws {
        var comparer = ListComparer(memberCount: memberCount, topCount: comparison.topCount)
        if form == .ranking { return try compareItems(&comparer, into: &comparison) }
        while !first.isAtEnd || !second.isAtEnd {
            try Cancellation.check()
            let order = IdentifierList.order(first.keys, first.row, second.keys, second.row)
            if order < 0 {
                comparison.changes.leftCount += 1
                comparison.left.appendExample(first.key)
                _ = try first.readRow()
            } else if order > 0 {
                comparison.changes.enteredCount += 1
                comparison.entered.appendExample(second.key)
                _ = try second.readRow()
            } else {
                try compareRows(&comparer, into: &comparison)
            }
        }
    }

    private mutating func compareRows(_ comparer: inout ListComparer, into comparison: inout ArtifactComparison) throws
    {
        let key = first.key
        let lists = (try first.readRow(), try second.readRow())
        comparison.changes.commonCount += 1
        _ = comparer.compare(lists.0, lists.1, into: &comparison.measures)
        guard lists.0 != lists.1 else { return }
        comparison.changes.changedCount += 1
        if form == .tags { comparison.changed.appendExample(key) }
    }

    /// Compares the one list that both have, which may be empty.
    private mutating func compareItems(
        _ comparer: inout ListComparer, into comparison: inout ArtifactComparison,
    ) throws {
        let lists = (try first.readRow(), try second.readRow())
        var places: [Int] = []
        let common = comparer.compare(lists.0, lists.1, into: &comparison.measures) { places.append($0) }
        comparison.changes.commonCount = common.count
        comparison.changes.changedCount = common.count - common.unchangedCount
        comparison.changes.enteredCount = lists.1.count - common.count
        comparison.changes.leftCount = lists.0.count - common.count
        comparison.entered = second.examples(at: places, of: lists.1)
        places.removeAll()
        var nothing: ArtifactComparison.Measures?
        _ = comparer.compare(lists.1, lists.0, into: &nothing) { places.append($0) }
        comparison.left = first.examples(at: places, of: lists.0)
    }
}

/// Reads rows one after the other, with the numbers of both artifacts for their members.
private struct RowReader {
    let keys: IdentifierList
    /// The row that is read next.
    private(set) var row = 0
    private let rows: RankedRows
    private let numbers: [UInt32]
    private var cursor: RankedRowsCursor

    init(_ rows: RankedRows, numbers: [UInt32]) {
        keys = rows.rowKeys
        self.rows = rows
        self.numbers = numbers
        cursor = RankedRowsCursor(rows)
    }

    var isAtEnd: Bool { row == rows.rowCount }

    /// The key of the row that is read next.
    var key: String { keys.string(at: row) }

    /// The entries of the next row; none behind the last one.
    mutating func readRow() throws -> [ComparedEntry] {
        guard let count = try cursor.readRow() else { return [] }
        row += 1
        var entries: [ComparedEntry] = []
        entries.reserveCapacity(count)
        for _ in 0..<count {
            let entry = try cursor.readEntry()
            let value =
                switch entry.value {
                case .none: 0.0
                case .count(let count): Double(count)
                case .score(let score): score
                }
            entries.append(ComparedEntry(member: numbers[entry.member], value: value))
        }
        return entries
    }

    /// The first of the entries at these places of a list.
    func examples(at places: [Int], of list: [ComparedEntry]) -> [ArtifactComparison.Example] {
        places.prefix(ArtifactComparison.exampleCount).map { place in
            // Numbers ascend with the members that have them.
            let member = numbers.index(ofAscending: list[place].member)
            return ArtifactComparison.Example(
                id: rows.memberKeys.string(at: member), rank: place + 1, value: list[place].value)
        }
    }
}

extension [UInt32] {
    /// The index of an element of this ascending list.
    fileprivate func index(ofAscending number: UInt32) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension [ArtifactComparison.Example] {
    /// Adds a row unless there are enough.
    fileprivate mutating func appendExample(_ id: @autoclosure () -> String) {
        if count < ArtifactComparison.exampleCount {
            append(ArtifactComparison.Example(id: id(), rank: nil, value: nil))
        }
    }
}
