import Columns
import Partitions
import Platform
import TestSupport
import Testing

@testable import Scan

/// The dictionaries of many days become one, and every code of a day keeps its id.
@Suite struct WindowDictionaryTests {
    /// Checks the dictionary of a column against sets of what the events say.
    private func check(
        _ world: ScanWorld, _ column: IdentifierColumn, threadCount: Int = 2, keyByteCount: Int = 1 << 20,
        comment: Comment? = nil,
    ) throws {
        let scan = try world.scan(threadCount: threadCount)
        let byBytes = try scan.dictionary(column, order: .bytes, keyByteCount: keyByteCount)
        let byAppearance = try scan.dictionary(column, order: .appearance, keyByteCount: keyByteCount)
        let expected = Set(world.days.joined().compactMap { $0.text(column).map(bytes) })
        let identifiers = byBytes.identifiers.indices.map { bytes(byBytes.identifiers.string(at: $0)) }
        #expect(identifiers == expected.sorted { $0.lexicographicallyPrecedes($1) }, comment)
        #expect(byBytes.count == expected.count && byAppearance.count == expected.count, comment)
        #expect(byAppearance.identifiers.isEmpty)
        var numbers: [[UInt8]: UInt32] = [:]
        for index in scan.partitions.indices {
            let local = try scan.partitions[index].dictionary(column, using: Zstandard())
            let codes = (byBytes.codes(ofPartition: index), byAppearance.codes(ofPartition: index))
            #expect(codes.0.count == local.count && codes.1.count == local.count)
            for position in local.indices {
                let id = bytes(local.string(at: position))
                #expect(identifiers[Int(codes.0[position])] == id, comment)
                let number = numbers[id] ?? UInt32(numbers.count)
                numbers[id] = number
                #expect(codes.1[position] == number, comment)
            }
        }
    }

    @Test(arguments: IdentifierStyle.allCases, [1, 2, 7])
    func everyCodeKeepsItsId(style: IdentifierStyle, threadCount: Int) throws {
        let world = try ScanWorld(style, seed: 21)
        for column in IdentifierColumn.allCases { try check(world, column, threadCount: threadCount) }
    }

    /// The same ids stand as numbers and as text: a dictionary of numbers alone is stored as such, another is not.
    @Test func anIdIsTheSameInEveryForm() throws {
        let numbers = ["7", "10", "0123abcd-4567-89ab-cdef-000000000001"]
        let worlds = SmallWorlds.lists(of: numbers + ["é"], lengths: 0...2).filter { Set($0).count == $0.count }
        for first in worlds {
            for second in worlds {
                let days = [first, second].map { day in day.map { Exposure(user: $0, session: $0, item: $0) } }
                let world = try ScanWorld(days)
                try check(world, .item, comment: "\(days)")
                try check(world, .user, comment: "\(days)")
            }
        }
    }

    /// So many ids that there are shards, and so little memory for their keys that there are passes over them.
    @Test(arguments: [1, 100_000, 1 << 30])
    func passesDoNotShow(keyByteCount: Int) throws {
        var generator = SplitMix64(seed: 5)
        let days = (0..<3).map { _ in
            (0..<20_000).map { _ in Exposure(item: "\(Int.random(in: 0..<30_000, using: &generator))") }
        }
        try check(ScanWorld(days), .item, keyByteCount: keyByteCount)
    }

    /// Numbers close together and far apart are told apart in different ways, on either side of what memory allows.
    @Test(arguments: [1, 1_000_000, 1 << 40], [1, 100_000, 1 << 30])
    func numbersMayBeFarApart(distance: Int, keyByteCount: Int) throws {
        var generator = SplitMix64(seed: 9)
        let days = (0..<3).map { _ in
            (0..<300).map { _ in Exposure(item: "\(Int.random(in: 0..<1000, using: &generator) * distance)") }
        }
        try check(ScanWorld(days), .item, keyByteCount: keyByteCount)
    }

    /// Numbers, UUIDs and texts are told apart even where they have the same bits.
    @Test func keysOfDifferentFormsDiffer() {
        let texts = [
            "0", "1", "00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000001", "x", "01",
        ]
        let keys = IdentifierKey.keys(of: [.text(IdentifierList(texts))])
        for first in keys.indices {
            for second in keys.indices where first != second { #expect(keys[first] != keys[second]) }
        }
        #expect(IdentifierKey.keys(of: [.decimal([0, 1]), .uuid(high: [0, 0], low: [0, 1])]) == Array(keys[..<4]))
    }
}
