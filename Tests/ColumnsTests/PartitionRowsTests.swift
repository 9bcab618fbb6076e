import Platform
import TestSupport
import Testing

@testable import Columns

/// Any rows of a partition can be read, whatever its blocks hold.
@Suite struct PartitionRowsTests {
    private let folder = TemporaryFolder()

    /// A partition of random events in blocks of at most `longest` values.
    private func rows(_ events: ExposureColumns, longest: Int, seed: UInt64) throws -> PartitionRows {
        let bytes = PartitionEncoder.encode(events, key: .fixture(), using: Zstandard())
        let chopped = try ChoppedFile.bytes(of: folder.openPartition(bytes).container, longest: longest, seed: seed)
        return try PartitionRows(folder.openPartition(chopped), using: Zstandard())
    }

    @Test(arguments: IdentifierStyle.allCases, [1, 3, 50])
    func randomRows(style: IdentifierStyle, longest: Int) throws {
        var generator = SplitMix64(seed: UInt64(longest))
        let events = ExposureColumns(Exposure.random(count: 40, identifiers: style, using: &generator))
        let exposures = events.exposures
        var rows = try rows(events, longest: longest, seed: 7)
        for _ in 0..<50 {
            let start = Int.random(in: 0..<40, using: &generator)
            let range = start..<Int.random(in: start...40, using: &generator)
            let selection = (0..<range.count).filter { _ in .random(using: &generator) }
            let read = try rows.events(selection, of: range)
            #expect(read.exposures == selection.map { exposures[range.lowerBound + $0] })
        }
    }

    /// Spans follow each other from the first row to the last, and each column has all of a span in one block.
    @Test(arguments: [1, 2, 5, 40])
    func spansCoverAllRows(longest: Int) throws {
        var generator = SplitMix64(seed: 3)
        let events = ExposureColumns(Exposure.random(count: 40, identifiers: .text, using: &generator))
        let rows = try rows(events, longest: longest, seed: UInt64(longest))
        let container = rows.reader.container
        #expect(rows.spans.flatMap(\.rows) == Array(0..<40))
        for section in PartitionFormat.Section.allCases where section.rawValue > 15 && section != .arrival {
            var covered = 0
            for index in container.blockIndices(section: section.rawValue) {
                let count = rows.spans.filter { $0.blocks[section] == index }.reduce(0) { $0 + $1.rows.count }
                #expect(count == container.entries[index].rowCount)
                covered += count
            }
            #expect(covered == 40)
        }
    }

    @Test func noRows() throws {
        let rows = try rows(ExposureColumns(), longest: 1, seed: 1)
        #expect(rows.spans.isEmpty)
    }

    /// Rows that a writer has put in the wrong order are not given out.
    @Test func rowsOutOfOrderAreRefused() throws {
        let events = ExposureColumns([Exposure(user: "a", at: 1), Exposure(user: "a", at: 2)])
        let bytes = PartitionEncoder.encode(events, key: .fixture(), using: Zstandard())
        var dissection = try Dissection(bytes)
        dissection.replace(.timeOfDay, with: [UInt64(2), 1])
        var rows = try PartitionRows(folder.openPartition(dissection.assembled), using: Zstandard())
        #expect(throws: FormatError.self) { try rows.events([0, 1], of: 0..<2) }
        #expect(try rows.events([1], of: 0..<2).exposures == [Exposure(user: "a", at: 1)])
    }
}
