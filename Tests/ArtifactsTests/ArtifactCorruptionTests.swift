import Artifacts
import Builders
import Columns
import Platform
import SystemPackage
import TestSupport
import Testing

/// A damaged artifact file is refused. None is ever read as another artifact.
@Suite struct ArtifactCorruptionTests {
    private let folder = TemporaryFolder()

    /// Files of a few rows with blocks that are compressed and blocks that are not.
    private static let tiny = [ArtifactKind.cooc, .contentSim].map { kind in
        let long = String(repeating: "long", count: 40)
        let rows = RankedRows(
            [("1", [(long, 3), ("7", 2)]), ("2", [("7", 1 << 30)])], isCounted: kind != .contentSim)
        return encoded(
            Artifact(ArtifactKey(.fixture(), kind, .fixture()), rows: rows, parameters: BuildParameters()))
    }

    @Test(arguments: tiny)
    func everyBitFlip(bytes: [UInt8]) throws {
        #expect(try folder.refusal(bytes) == nil)
        let unnoticed = try SmallWorlds.bitFlips(of: bytes).first { try folder.refusal($0.bytes) == nil }
        #expect(unnoticed?.bit == nil)
    }

    @Test(arguments: tiny)
    func everyTruncation(bytes: [UInt8]) throws {
        for prefix in SmallWorlds.truncations(of: bytes) {
            let code = try folder.refusal(Array(prefix))
            guard code == (prefix.count < 64 ? .notRecognised : .corrupt) else {
                Issue.record("\(prefix.count) bytes: \(code.map { "\($0)" } ?? "accepted")")
                return
            }
        }
        #expect(try (1...bytes.count).allSatisfy { try folder.refusal(Array(bytes.dropFirst($0))) != nil })
    }

    @Test(arguments: tiny)
    func appendedAndZeroedBytes(bytes: [UInt8]) throws {
        for more in [[0], [0x0A], bytes, Array(bytes.suffix(32))] {
            #expect(try folder.refusal(bytes + more) != nil)
        }
        for start in stride(from: 0, to: bytes.count, by: 16) {
            var zeroed = bytes
            for index in start..<min(start + 16, bytes.count) { zeroed[index] = 0 }
            #expect(try zeroed == bytes || folder.refusal(zeroed) != nil)
        }
    }

    @Test func aPartitionIsNoArtifact() throws {
        let partition = PartitionEncoder.encode(ExposureColumns([Exposure()]), key: .fixture(), using: Zstandard())
        let error = #expect(throws: FormatError.self) { try ArtifactDecoder.decode(folder.open(partition)) }
        #expect(error?.code == .notRecognised)
        #expect(error?.detail == "not a recsys-pipelines artifact file")
    }

    @Test func anErrorSaysWhere() throws {
        var bytes = ArtifactCorruptionTests.tiny[0]
        bytes[FileFormat.headerByteCount] ^= 1
        let error = #expect(throws: FormatError.self) { try ArtifactDecoder.decode(folder.open(bytes)) }
        #expect(error?.detail.hasPrefix("corrupt at section row_dictionary, block 0, offset 32: ") == true)
        #expect(error?.kind == .corruption)
        #expect(error?.path == folder.path.appending("fixture.rsart"))
    }

    @Test func aNewerVersionIsNotTakenForDamage() throws {
        var bytes = ArtifactCorruptionTests.tiny[0]
        bytes[8] = 2
        var checksum = ByteWriter()
        checksum.append(Checksum.xxh3(Array(bytes[..<24]).rawSpan))
        bytes.replaceSubrange(24..<32, with: checksum.bytes)
        let error = #expect(throws: FormatError.self) { try ArtifactDecoder.decode(folder.open(bytes)) }
        #expect(error?.detail == "needs a newer recsys-pipelines (format 2, this one reads 1)")
        #expect(error?.kind == .usage)
    }
}
