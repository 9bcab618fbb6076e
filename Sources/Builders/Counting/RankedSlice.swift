/// Consecutive rows of a result, made by one thread.
struct RankedSlice: Sendable {
    private(set) var rows: [UInt32] = []
    private(set) var ends: [Int] = []
    private(set) var members: [UInt32] = []
    /// Per member how often it was counted; empty if it has a score, or nothing.
    private(set) var counts: [UInt32] = []
    /// Per member its score, a finite number; empty if it has a count, or nothing.
    private(set) var scores: [Double] = []

    mutating func append(_ key: RankingKey) {
        members.append(key.code)
        counts.append(key.count)
    }

    /// Appends a member with neither a count nor a score.
    mutating func append(_ member: UInt32) {
        members.append(member)
    }

    /// Appends a member with a score, which is finite.
    mutating func append(_ member: UInt32, score: Double) {
        members.append(member)
        scores.append(score)
    }

    /// Makes a row of what was appended since the last call; where that is nothing only if `keepingEmpty` says so.
    mutating func endRow(_ row: Int, keepingEmpty: Bool = false) {
        guard keepingEmpty || members.count > ends.last ?? 0 else { return }
        rows.append(UInt32(row))
        ends.append(members.count)
    }

    /// Removes all rows and keeps the memory for others.
    mutating func removeAll() {
        rows.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        members.removeAll(keepingCapacity: true)
        counts.removeAll(keepingCapacity: true)
        scores.removeAll(keepingCapacity: true)
    }
}
