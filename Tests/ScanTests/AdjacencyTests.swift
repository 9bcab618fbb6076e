import Scan
import TestSupport
import Testing

/// Groups and their members, against lists of lists.
@Suite struct AdjacencyTests {
    /// The members of each group, as lists.
    private func lists(_ adjacency: Adjacency) -> [[UInt32]] {
        (0..<adjacency.groupCount).map { Array(adjacency.members[adjacency.range(of: $0)]) }
    }

    /// A row: a group from 0, nil for none, and a member from 0.
    private struct Row {
        let group: Int?
        let member: UInt32
    }

    private static let groupCount = 3
    private static let memberCount = 2
    private static let rows = [nil, 0, 1, 2].flatMap { group in (0..<2).map { Row(group: group, member: $0) } }

    /// What the rows make, cut into pieces before the row `cut`.
    private func adjacency(_ rows: [Row], cut: Int) -> Adjacency {
        let pieces = [rows[..<cut], rows[cut...]]
        return Adjacency(
            groups: pieces.map { $0.map { UInt32($0.group.map { $0 + 1 } ?? 0) } },
            members: pieces.map { $0.map { $0.member + 1 } }, groupCount: AdjacencyTests.groupCount)
    }

    private func oracle(_ rows: [Row]) -> [[UInt32]] {
        (0..<AdjacencyTests.groupCount).map { group in rows.filter { $0.group == group }.map(\.member) }
    }

    /// Every list of up to four rows, cut in every place.
    @Test func smallWorldsAreGatheredAsTheOracleSays() {
        for rows in SmallWorlds.lists(of: AdjacencyTests.rows, lengths: 0...4) {
            let expected = oracle(rows)
            for cut in 0...rows.count where cut == rows.count / 2 || rows.count < 4 {
                #expect(lists(adjacency(rows, cut: cut)) == expected, "\(rows) cut at \(cut)")
            }
            let whole = adjacency(rows, cut: 0)
            let distinct = whole.deduplicated()
            #expect(lists(distinct) == expected.map { Set($0).sorted() }, "\(rows)")
            for (given, lists) in [(whole, expected), (distinct, expected.map { Set($0).sorted() })] {
                let transposed = given.transposed(memberCount: AdjacencyTests.memberCount)
                let groups = (0..<UInt32(AdjacencyTests.memberCount)).map { member in
                    lists.indices.flatMap { group in lists[group].filter { $0 == member }.map { _ in UInt32(group) } }
                }
                #expect(self.lists(transposed) == groups, "\(rows)")
            }
        }
    }

    @Test func nothingIsSmallEnough() {
        let none = Adjacency(groups: [], members: [], groupCount: 0)
        #expect(none.groupCount == 0 && none.members.isEmpty)
        #expect(none.deduplicated().members.isEmpty)
        #expect(lists(none.transposed(memberCount: 2)) == [[], []])
        let empty = Adjacency(groups: [[], [0, 0]], members: [[], [1, 1]], groupCount: 2)
        #expect(lists(empty) == [[], []])
        #expect(lists(empty.deduplicated()) == [[], []])
    }

    @Test(arguments: 1...5)
    func largeWorldsAreGatheredToo(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let groupCount = Int.random(in: 1...300, using: &generator)
        let memberCount = Int.random(in: 1...50, using: &generator)
        var expected = [[UInt32]](repeating: [], count: groupCount)
        var (groups, members): ([[UInt32]], [[UInt32]]) = ([], [])
        for _ in 0..<5 {
            let count = Int.random(in: 0...1000, using: &generator)
            groups.append((0..<count).map { _ in UInt32.random(in: 0...UInt32(groupCount), using: &generator) })
            members.append((0..<count).map { _ in UInt32.random(in: 1...UInt32(memberCount), using: &generator) })
            for (group, member) in zip(groups[groups.count - 1], members[members.count - 1]) where group > 0 {
                expected[Int(group) - 1].append(member - 1)
            }
        }
        let adjacency = Adjacency(groups: groups, members: members, groupCount: groupCount)
        #expect(lists(adjacency) == expected)
        let distinct = adjacency.deduplicated()
        #expect(lists(distinct) == expected.map { Set($0).sorted() })
        let back = distinct.transposed(memberCount: memberCount).transposed(memberCount: groupCount)
        #expect(lists(back) == lists(distinct))
    }
}
