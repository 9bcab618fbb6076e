import Columns
import Platform
import TestSupport
import Testing

@testable import Artifacts

/// An artifact file that was damaged is refused or holds what it held; it is never read as another artifact, never
/// crashes the process, and never makes it take much memory. With all checksums made right again it is refused, or
/// holds what a file may hold.
///
/// Each test has a process of its own, of which it can tell what memory it took.
@Suite struct ArtifactDamageTests {
    @Test func everyBitOfTheHeaderTheFooterAndTheTail() async {
        await #expect(processExitsWith: .success) {
            for golden in ArtifactDamageWorld.all {
                let world = try ArtifactDamageWorld(golden)
                for range in [0..<world.blocks.lowerBound, world.footerAndTail] {
                    let damages = Damage.bitFlips(of: world.bytes, in: range)
                    try world.expectRefusalOrSameArtifact(damages, refusing: range.count * 8)
                }
            }
        }
    }

    @Test func tenThousandChangesOfBlocks() async {
        await #expect(processExitsWith: .success) {
            for golden in ArtifactDamageWorld.all {
                let world = try ArtifactDamageWorld(golden)
                let damages = Damage.randomChanges(of: world.bytes, in: world.blocks, count: 1_700, seed: 1)
                // Some change nothing.
                try world.expectRefusalOrSameArtifact(damages, refusing: 1_300)
            }
        }
    }

    @Test func everyTruncation() async {
        await #expect(processExitsWith: .success) {
            for (golden, access) in ArtifactDamageWorld.all.flatMap({ [($0, FileAccess.mapped), ($0, .copied)] }) {
                let world = try ArtifactDamageWorld(golden, access)
                let damages = Damage.truncations(of: world.bytes)
                try world.expectRefusalOrSameArtifact(damages, refusing: world.bytes.count)
            }
        }
    }

    @Test func changesAnywhereInFilesThatAreReadWithoutAMap() async {
        await #expect(processExitsWith: .success) {
            for golden in ArtifactDamageWorld.all {
                let world = try ArtifactDamageWorld(golden, .copied)
                let damages = Damage.randomChanges(of: world.bytes, in: world.bytes.indices, count: 200, seed: 2)
                try world.expectRefusalOrSameArtifact(damages, refusing: 150)
            }
        }
    }

    /// Two blocks in each other's place, which the table does not know.
    @Test func blocksThatWereExchanged() async {
        await #expect(processExitsWith: .success) {
            for golden in ArtifactDamageWorld.all {
                let world = try ArtifactDamageWorld(golden)
                let damages = Damage.exchanges(of: world.bytes, inTable: false)
                // Some blocks are the same.
                try world.expectRefusalOrSameArtifact(damages, refusing: damages.count { $0 != world.bytes })
            }
        }
    }

    /// Two blocks in each other's place in the table, too.
    @Test func blocksThatWereExchangedInTheTable() async {
        await #expect(processExitsWith: .success) {
            var refusals = 0
            for golden in ArtifactDamageWorld.all {
                let world = try ArtifactDamageWorld(golden)
                let forgeries = Damage.exchanges(of: world.bytes, inTable: true)
                refusals += try world.expectRefusalOrGoodArtifact(forgeries, refusing: 0)
            }
            // Blocks of different sections may stand in any order.
            #expect(refusals >= 50)
        }
    }

    @Test func forgedFooters() async {
        await #expect(processExitsWith: .success) {
            for golden in ArtifactDamageWorld.all {
                let world = try ArtifactDamageWorld(golden)
                let forgeries = Damage.randomChanges(of: world.bytes, in: world.footerAndTail, count: 1_000, seed: 3)
                try world.expectRefusalOrGoodArtifact(forgeries.lazy.map { FileRepair.repaired($0) }, refusing: 500)
            }
        }
    }

    @Test func forgedBlocks() async {
        await #expect(processExitsWith: .success) {
            for golden in ArtifactDamageWorld.all {
                let world = try ArtifactDamageWorld(golden)
                let forgeries = Damage.randomChanges(of: world.bytes, in: world.blocks, count: 1_700, seed: 4)
                try world.expectRefusalOrGoodArtifact(
                    forgeries.lazy.map { FileRepair.repaired($0, blocks: true) }, refusing: 400)
            }
        }
    }
}
