import Columns
import TestSupport
import Testing

@testable import Scan

/// Every user has the items of their rows, in the order of the days and of the rows.
@Suite struct HistoriesTests {
    private func oracle(_ world: ScanWorld) -> [[UInt8]: [[UInt8]]] {
        var histories: [[UInt8]: [[UInt8]]] = [:]
        for event in world.days.joined() {
            if let user = event.user { histories[bytes(user), default: []].append(bytes(event.item)) }
        }
        return histories
    }

    /// Reads all users in slices, each slice in pieces, and compares them with the oracle's.
    private func check(_ world: ScanWorld, sliceCount: Int, pieceCount: Int, threadCount: Int = 2) throws {
        let scan = try world.scan(threadCount: threadCount)
        let items = try scan.dictionary(.item, order: .bytes)
        let users = try scan.dictionary(.user, order: .bytes)
        let rows = try UserRows(scan, users)
        let counts = rows.counts(users)
        let expected = oracle(world)
        #expect(users.count == expected.count)
        var histories = Histories()
        for slice in 0..<sliceCount {
            let range = (users.count * slice / sliceCount)..<(users.count * (slice + 1) / sliceCount)
            let read = try HistorySlice(scan, rows, users: range, items: items, userCodes: users)
            for piece in 0..<pieceCount {
                let start = range.lowerBound
                let part =
                    (start + range.count * piece / pieceCount)..<(start + range.count * (piece + 1) / pieceCount)
                read.gather(part, into: &histories)
                for user in part {
                    let seen = histories.items[histories.range(ofUser: user)].map {
                        bytes(items.identifiers.string(at: Int($0)))
                    }
                    #expect(seen == expected[bytes(users.identifiers.string(at: user))])
                    #expect(Int(counts[user]) == seen.count)
                }
            }
        }
    }

    @Test(arguments: IdentifierStyle.allCases, [1, 2, 7])
    func usersHaveTheirItems(style: IdentifierStyle, threadCount: Int) throws {
        let world = try ScanWorld(style, seed: 8)
        try check(world, sliceCount: 1, pieceCount: 1, threadCount: threadCount)
        for count in [2, 3, 9, 20] {
            try check(world, sliceCount: count, pieceCount: 1, threadCount: threadCount)
            try check(world, sliceCount: 1, pieceCount: count, threadCount: threadCount)
        }
        try check(world, sliceCount: 2, pieceCount: 3, threadCount: threadCount)
    }

    /// More rows than one block has, and slices that begin in the middle of blocks.
    @Test func slicesReadTheBlocksThatTheyNeed() throws {
        var generator = SplitMix64(seed: 1)
        let days = (0..<2).map { _ in
            (0..<150_000).map { index in
                Exposure(
                    user: index % 3 == 0 ? nil : "\(Int.random(in: 0..<50, using: &generator))",
                    item: "\(Int.random(in: 0..<300, using: &generator))", at: UInt64(index))
            }
        }
        let world = try ScanWorld(days)
        try check(world, sliceCount: 7, pieceCount: 2)
    }

    @Test func nobodyHasNoHistory() throws {
        let world = try ScanWorld([[Exposure()], [], [Exposure(), Exposure()]])
        try check(world, sliceCount: 1, pieceCount: 1)
    }
}
