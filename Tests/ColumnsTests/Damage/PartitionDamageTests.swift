import Platform
import TestSupport
import Testing

@testable import Columns

/// A partition file that was damaged is refused or holds what it held; it is never read as other rows, never crashes
/// the process, and never makes it take much memory.
///
/// Each test has a process of its own, of which it can tell what memory it took.
@Suite struct PartitionDamageTests {
    @Test func theFileIsGoodAndHasEverythingInIt() throws {
        let (bytes, columns) = (DamageWorld.bytes, DamageWorld.columns)
        let reader = try TemporaryFolder().openPartition(bytes)
        #expect(columns.exposures == GoldenPartition.medley)
        #expect(columns.flaw(by: reader.statistics) == nil)
        let blocks = try Dissection(bytes).parts.map(\.block)
        #expect(Set(blocks.map(\.encoding)) == Set(EncodingIdentifier.allCases))
        #expect(Set(blocks.map(\.codec)) == Set(CodecIdentifier.allCases))
        #expect(bytes.count < 2_000)
    }

    @Test func everyBitOfTheHeader() async {
        await #expect(processExitsWith: .success) {
            let damages = Damage.bitFlips(of: DamageWorld.bytes, in: DamageWorld.header)
            try DamageWorld().expectRefusalOrSameRows(damages, refusing: FileFormat.headerByteCount * 8)
            try DamageWorld(.copied).expectRefusalOrSameRows(damages, refusing: FileFormat.headerByteCount * 8)
        }
    }

    @Test func everyBitOfTheFooterAndTheTail() async {
        await #expect(processExitsWith: .success) {
            let damages = Damage.bitFlips(of: DamageWorld.bytes, in: DamageWorld.footerAndTail)
            try DamageWorld().expectRefusalOrSameRows(damages, refusing: DamageWorld.footerAndTail.count * 8)
        }
    }

    @Test func tenThousandChangesOfBlocks() async {
        await #expect(processExitsWith: .success) {
            let damages = Damage.randomChanges(of: DamageWorld.bytes, in: DamageWorld.blocks, count: 10_000, seed: 1)
            // Some change nothing.
            try DamageWorld().expectRefusalOrSameRows(damages, refusing: 9_000)
        }
    }

    @Test func changesAnywhereInAFileThatIsReadWithoutAMap() async {
        await #expect(processExitsWith: .success) {
            let bytes = DamageWorld.bytes
            let damages = Damage.randomChanges(of: bytes, in: bytes.indices, count: 1_000, seed: 2)
            try DamageWorld(.copied).expectRefusalOrSameRows(damages, refusing: 900)
        }
    }

    @Test func everyTruncation() async {
        await #expect(processExitsWith: .success) {
            let bytes = DamageWorld.bytes
            for access in [FileAccess.mapped, .copied] {
                let damages = Damage.truncations(of: bytes)
                try DamageWorld(access).expectRefusalOrSameRows(damages, refusing: bytes.count)
            }
        }
    }

    /// Two blocks in each other's place, which the table does not know.
    @Test func blocksThatWereExchanged() async {
        await #expect(processExitsWith: .success) {
            let bytes = DamageWorld.bytes
            let damages = Damage.exchanges(of: bytes, inTable: false)
            let sameCount = damages.count { $0 == bytes }
            #expect(sameCount < damages.count / 10)
            try DamageWorld().expectRefusalOrSameRows(damages, refusing: damages.count - sameCount)
        }
    }
}

/// The same with all checksums made right again: the file is refused, or holds rows that a file may hold.
@Suite struct PartitionForgeryDamageTests {
    @Test func everyBitOfTheHeader() async {
        await #expect(processExitsWith: .success) {
            let forgeries = Damage.bitFlips(of: DamageWorld.bytes, in: DamageWorld.header).map {
                FileRepair.repaired($0)
            }
            // Optional features are no business of the reader; and the checksum itself is repaired.
            try DamageWorld().expectRefusalOrGoodRows(forgeries, refusing: (32 - 4 - 8) * 8)
        }
    }

    @Test func everyBitOfTheFooterAndTheTail() async {
        await #expect(processExitsWith: .success) {
            let forgeries = Damage.bitFlips(of: DamageWorld.bytes, in: DamageWorld.footerAndTail).lazy.map {
                FileRepair.repaired($0)
            }
            try DamageWorld().expectRefusalOrGoodRows(forgeries, refusing: DamageWorld.footerAndTail.count * 6)
        }
    }

    @Test func tenThousandChangesOfBlocks() async {
        await #expect(processExitsWith: .success) {
            let forgeries = Damage.randomChanges(
                of: DamageWorld.bytes, in: DamageWorld.blocks, count: 10_000, seed: 3
            ).lazy.map { FileRepair.repaired($0, blocks: true) }
            try DamageWorld().expectRefusalOrGoodRows(forgeries, refusing: 5_000)
        }
    }

    @Test func changesOfTheSectionTableAndItsChecksums() async {
        await #expect(processExitsWith: .success) {
            let forgeries = Damage.randomChanges(
                of: DamageWorld.bytes, in: DamageWorld.footerAndTail, count: 3_000, seed: 4
            ).lazy.map { FileRepair.repaired($0, blocks: true) }
            try DamageWorld(.copied).expectRefusalOrGoodRows(forgeries, refusing: 1_500)
        }
    }

    /// Two blocks in each other's place in the table too.
    @Test func blocksThatWereExchanged() async {
        await #expect(processExitsWith: .success) {
            let forgeries = Damage.exchanges(of: DamageWorld.bytes, inTable: true)
            // Blocks of different sections may stand in any order; those of one section have an order.
            let refusals = try DamageWorld().expectRefusalOrGoodRows(forgeries, refusing: 1)
            #expect(refusals < forgeries.count)
        }
    }

    /// A block of one section as one of another.
    @Test func blocksThatWereGivenToOtherSections() async {
        await #expect(processExitsWith: .success) {
            let dissection = try Dissection(DamageWorld.bytes)
            let forgeries = dissection.assignments.map(\.assembled)
            let least = forgeries.count - dissection.parts.count * 4
            try DamageWorld().expectRefusalOrGoodRows(forgeries, refusing: least)
        }
    }
}

extension Dissection {
    /// The file with one of its blocks as each part of each section.
    fileprivate var assignments: [Dissection] {
        parts.indices.flatMap { index in
            PartitionFormat.Section.allCases.flatMap { section in
                (UInt8(0)...5).map { part in
                    var forged = self
                    (forged.parts[index].section, forged.parts[index].part) = (section.rawValue, part)
                    return forged
                }
            }
        }
    }
}
