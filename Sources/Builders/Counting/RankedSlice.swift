import Columns
import Scan

/// Consecutive rows of a result, made by one thread.
struct RankedSlice: Sendable {
    private(set) var rows: [UInt32] = []
    private(set) var ends: [Int] = []
    private(set) var members: [UInt32] = []
    private(set) var counts: [UInt64] = []

    mutating func append(_ key: RankingKey) {
        members.append(key.code)
        counts.append(UInt64(key.count))
    }

    /// Makes a row of what was appended since the last call; where that is nothing only if `keepingEmpty` says so.
    mutating func endRow(_ row: Int, keepingEmpty: Bool = false) {
        guard keepingEmpty || members.count > ends.last ?? 0 else { return }
        rows.append(UInt32(row))
        ends.append(members.count)
    }

    mutating func append(_ other: RankedSlice) {
        let offset = members.count
        rows += other.rows
        ends += other.ends.map { $0 + offset }
        members += other.members
        counts += other.counts
    }

    /// Removes all rows and keeps the memory for others.
    mutating func removeAll() {
        rows.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        members.removeAll(keepingCapacity: true)
        counts.removeAll(keepingCapacity: true)
    }

    /// The rows at `indices`, which are ascending.
    func selecting(_ indices: [Int]) -> RankedSlice {
        var selection = RankedSlice()
        for index in indices {
            let range = (index == 0 ? 0 : ends[index - 1])..<ends[index]
            selection.rows.append(rows[index])
            selection.members += members[range]
            selection.counts += counts[range]
            selection.ends.append(selection.members.count)
        }
        return selection
    }

    /// The rows with their keys. Both lists are in ascending order of bytes.
    func ranked(rowKeys: IdentifierList, candidates: IdentifierList) -> RankedRows {
        RankedRows(
            rowKeys: rowKeys.selecting(rows), rowEnds: ends, candidates: candidates, members: members, counts: counts)
    }
}
