import Artifacts
import Builders
import Events
import TestSupport
import Testing

@testable import Publishing

/// A record comes back as it was, or not at all.
@Suite struct ArtifactRecordTests {
    private func record(_ kind: ArtifactKind = .cooc, segment: String? = nil) -> ArtifactRecord {
        let world = PublishingWorld(owner: .fixture(segment: segment))
        return ArtifactRecord(world.file(kind), uri: "file:///a%20b", provenance: world.provenance)
    }

    @Test(arguments: ArtifactKind.allCases, [nil, "all", "é <&>"])
    func roundTrip(kind: ArtifactKind, segment: String?) {
        let record = record(kind, segment: segment)
        #expect(ArtifactRecord(encoded: record.encoded) == record)
        #expect(ArtifactRecord(encoded: record.encoded)?.key == record.key)
    }

    @Test(
        arguments: [
            ("\"v\": 1", "\"v\": 0"), ("cooc", "coop"), ("\"version\": \"", "\"version\": \"x"), ("demo", ".."),
            ("home", "a/b"), ("all", "_"), ("\"first_day\": \"2026-01-07", "\"first_day\": \"2026-01-08"),
            ("\"last_day\": \"2026-01-07", "\"last_day\": \"2026-02-29"), ("rsart", "parquet"),
            ("\"bytes\": ", "\"bytes\": -"),
            ("\"bytes\": ", "\"bytes\": 1.5"), ("\"sha256\": \"", "\"sha256\": \"0"), ("\"run_id\"", "\"run\""),
            ("\"sources\": [", "\"sources\": [7,"), ("\"uri\"", "\"url\""), ("}\n", ""),
        ])
    func whatIsWrongIsRefused(old: String, new: String) {
        let text = String(decoding: record(segment: "all").encoded, as: UTF8.self)
        let damaged = text.replacing(old, with: new)
        #expect(damaged != text)
        #expect(ArtifactRecord(encoded: Array(damaged.utf8)) == nil)
    }

    /// The version of an `.rsart` is the SHA-256 of its bytes.
    @Test func aVersionThatIsNotTheDigestIsRefused() {
        let record = record()
        let text = String(decoding: record.encoded, as: UTF8.self)
        let other = String(repeating: "0", count: 64)
        let damaged = text.replacing("\"sha256\": \"\(record.digest)\"", with: "\"sha256\": \"\(other)\"")
        #expect(damaged != text)
        #expect(ArtifactRecord(encoded: Array(damaged.utf8)) == nil)
    }

    @Test func everyTruncation() {
        let bytes = record(segment: "all").encoded
        #expect(SmallWorlds.truncations(of: bytes.dropLast()).allSatisfy { ArtifactRecord(encoded: Array($0)) == nil })
    }
}
