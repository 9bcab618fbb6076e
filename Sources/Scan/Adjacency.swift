/// For each of a number of groups the list of its members, all in one piece of memory (compressed sparse rows).
package struct Adjacency: Sendable {
    /// For every group the index in `members` after its last one.
    package let ends: [Int]
    package let members: [UInt32]

    package init(ends: [Int], members: [UInt32]) {
        self.ends = ends
        self.members = members
    }

    package var groupCount: Int { ends.count }

    /// The indices in `members` of a group's.
    package func range(of group: Int) -> Range<Int> {
        (group == 0 ? 0 : ends[group - 1])..<ends[group]
    }

    /// Gathers members by group, each group's in the order in which they come. A counting sort of two passes.
    ///
    /// - Parameters:
    ///   - groups: Per piece and row 0 for a row to skip, else the group plus 1.
    ///   - members: Per piece and row the member plus 1, never 0.
    package init(groups: [[UInt32]], members: [[UInt32]], groupCount: Int) {
        var cursors = [Int](repeating: 0, count: groupCount + 1)
        for piece in groups { countGroups(piece.span, into: cursors.mutableSpan) }
        // Rows without a group are counted in slot 0 and left out.
        cursors[0] = 0
        for group in 1..<cursors.count { cursors[group] += cursors[group - 1] }
        var result = [UInt32](repeating: 0, count: cursors[groupCount])
        // Slot g now holds the end of group g - 1, which is the start of group g: moving on slot g - 1 fills group g -
        // 1.
        for (groupPiece, memberPiece) in zip(groups, members) {
            distribute(groupPiece.span, memberPiece.span, cursors: cursors.mutableSpan, into: result.mutableSpan)
        }
        cursors.removeLast()
        self.init(ends: cursors, members: result)
    }

    /// The same groups with the members of each in ascending order and once only.
    package func deduplicated() -> Adjacency {
        var ends: [Int] = []
        ends.reserveCapacity(groupCount)
        var members = members
        var end = 0
        for group in 0..<groupCount {
            let range = range(of: group)
            members[range].sort()
            end = keepDistinct(members.mutableSpan, range, at: end)
            ends.append(end)
        }
        members.removeLast(members.count - end)
        return Adjacency(ends: ends, members: members)
    }

    /// For each of `memberCount` members the groups that it is in, ascending.
    package func transposed(memberCount: Int) -> Adjacency {
        var groups = [UInt32](repeating: 0, count: members.count)
        for group in 0..<groupCount {
            for index in range(of: group) { groups[index] = UInt32(group + 1) }
        }
        return Adjacency(groups: [members.map { $0 + 1 }], members: [groups], groupCount: memberCount)
    }
}

private func countGroups(_ groups: Span<UInt32>, into counts: consuming MutableSpan<Int>) {
    for index in groups.indices { counts[Int(groups[index])] &+= 1 }
}

/// Writes each member at the cursor of its group and moves the cursor on.
private func distribute(
    _ groups: Span<UInt32>, _ members: Span<UInt32>, cursors: consuming MutableSpan<Int>,
    into result: consuming MutableSpan<UInt32>,
) {
    for index in groups.indices where groups[index] != 0 {
        let group = Int(groups[index]) &- 1
        result[cursors[group]] = members[index] &- 1
        cursors[group] &+= 1
    }
}

/// Moves the distinct ones of a sorted range down to `start`; returns the end of what was kept.
private func keepDistinct(_ members: consuming MutableSpan<UInt32>, _ range: Range<Int>, at start: Int) -> Int {
    var end = start
    for index in range where end == start || members[index] != members[end &- 1] {
        members[end] = members[index]
        end &+= 1
    }
    return end
}
