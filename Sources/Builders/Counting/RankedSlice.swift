import Columns
import Platform
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

    /// The rows `0..<rowCount`, made by `body` on several threads in slices of about equal work.
    ///
    /// - Parameter work: The work of all rows up to and including a row, ascending.
    static func build(
        rowCount: Int, memberCount: Int, threadCount: Int, work: (Int) -> Int,
        _ body: @Sendable (inout MemberCounter, inout RankedSlice, Int) -> Void,
    ) throws -> RankedSlice {
        let boundaries = balancedBoundaries(rowCount: rowCount, sliceCount: threadCount * 16, work: work)
        let slices = try Parallel.map(
            count: boundaries.count - 1, threadCount: threadCount,
            makeState: { MemberCounter(memberCount: memberCount) },
            { counter, index in
                var slice = RankedSlice()
                for row in boundaries[index]..<boundaries[index + 1] { body(&counter, &slice, row) }
                return slice
            })
        return slices.reduce(into: RankedSlice()) { $0.append($1) }
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

    private mutating func append(_ other: RankedSlice) {
        let offset = members.count
        rows += other.rows
        ends += other.ends.map { $0 + offset }
        members += other.members
        counts += other.counts
    }
}

/// Where to cut `0..<rowCount` so that the pieces are about equally much work.
private func balancedBoundaries(rowCount: Int, sliceCount: Int, work: (Int) -> Int) -> [Int] {
    guard rowCount > 0 else { return [0] }
    let total = max(1, work(rowCount - 1))
    var boundaries = [0]
    for row in 0..<rowCount where work(row) * sliceCount >= total * boundaries.count && row + 1 < rowCount {
        boundaries.append(row + 1)
    }
    return boundaries + [rowCount]
}
