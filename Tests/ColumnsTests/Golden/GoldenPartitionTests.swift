import Platform
import TestSupport
import Testing

@testable import Columns

/// The golden files of format 1 are read as they were meant, and what is made today is what was made then.
@Suite struct GoldenPartitionTests {
    private let folder = TemporaryFolder()
    private let zstandard = Zstandard()

    @Test func everyCaseHasAName() {
        #expect(Set(GoldenPartition.all.map(\.name)).count == GoldenPartition.all.count)
    }

    @Test(arguments: GoldenPartition.all.filter { !$0.isLarge })
    func aCaseSpellsOutItsRowsInTheirOrder(golden: GoldenPartition) {
        #expect(ExposureColumns(golden.exposures).exposures == golden.exposures)
    }

    /// The expected rows too are never changed: what is spelled out today is what was spelled out then.
    @Test(arguments: GoldenPartition.all)
    func theFileIsReadAsItWasMeant(golden: GoldenPartition) throws {
        let (rows, statistics) = (try golden.expectedRows(), try golden.expectedStatistics())
        #expect(rows.then == rows.now)
        #expect(statistics.then == statistics.now)
        let reader = try folder.openPartition(golden.bytes())
        let exposures = try reader.columns(using: zstandard).exposures
        #expect(GoldenLines.events(exposures, of: reader.statistics.key) == rows.then)
        #expect(GoldenLines.statistics(reader.statistics) == statistics.then)
    }

    /// Equal events are equal bytes, of every version of this program that writes format 1. Another version of the zstd
    /// library may compress otherwise, which is no change of the format: with one, what is compared is every block as
    /// it is before compression.
    @Test(arguments: GoldenPartition.all)
    func whatIsMadeTodayIsWhatWasMadeThen(golden: GoldenPartition) throws {
        let (then, now) = (try golden.bytes(), try golden.madeToday())
        if GoldenFolder.isWrittenWithThisLibrary {
            #expect(then == now)
        } else {
            #expect(try GoldenContent(then, PartitionFormat.file) == GoldenContent(now, PartitionFormat.file))
        }
    }

    /// What the above falls back to overlooks nothing but compression.
    @Test func contentIsComparedBlockByBlock() throws {
        let files = try GoldenPartition.encodings.map { golden in
            let codec = try #require(CodecIdentifier.allCases.first { golden.name.hasSuffix("-\($0)") })
            let form = golden.name.dropLast("\(codec)".count)
            return (form, try GoldenContent(golden.bytes(), PartitionFormat.file))
        }
        for (form, content) in files {
            for (otherForm, other) in files { #expect((content == other) == (form == otherForm)) }
        }
    }

    @Test func everyEncodingIsTheWritersChoiceSomewhere() throws {
        let blocks = try GoldenPartition.written.flatMap { try Dissection($0.bytes()).parts.map(\.block) }
        #expect(Set(blocks.map(\.encoding)) == Set(EncodingIdentifier.allCases))
        #expect(Set(blocks.map(\.codec)) == Set(CodecIdentifier.allCases))
    }

    @Test func theFilesWithOneEncodingHaveNoOther() throws {
        for golden in GoldenPartition.encodings {
            let blocks = try Dissection(golden.bytes()).parts.map(\.block).filter { $0.encoding != .text }
            #expect(Set(blocks.map(\.encoding)).count == 1)
            #expect(Set(blocks.map(\.codec)).count == 1)
        }
    }

    /// Dictionaries of so many ids are two groups.
    @Test func groupsEndWhereBlocksAreFull() throws {
        let counts = try GoldenPartition.large.map { golden in
            try Dissection(golden.bytes()).parts
                .filter { $0.section == PartitionFormat.Section.sessionDictionary.rawValue }.map(\.block.rowCount)
        }
        #expect(counts == [[65_536], [65_536, 1]])
    }
}
