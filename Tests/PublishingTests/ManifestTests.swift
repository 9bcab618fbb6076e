import Builders
import Events
import TestSupport
import Testing

@testable import Publishing

/// The manifest is a contract with the services that read it: its bytes are fixed.
@Suite struct ManifestTests {
    @Test func theBytesAreThoseOfTheContract() throws {
        let owner = SegmentKey(SurfaceKey(tenant: try PathSegment("demo"), surface: try PathSegment("home")))
        let day = try #require(Day("2026-01-07"))
        let manifest = Manifest(
            owner, current: [.popularity: "file:///p.rsart", .cooc: "file:///c.rsart"],
            updatedAt: Timestamp(day: day, nanosecondOfDay: 3_600_000_000_000))
        let expected = """
            {
              "v": 1,
              "tenant": "demo",
              "surface": "home",
              "current": {
                "cooc": "file:///c.rsart",
                "popularity": "file:///p.rsart"
              },
              "updated_at": "2026-01-07T01:00:00Z"
            }

            """
        #expect(String(decoding: manifest.encoded, as: UTF8.self) == expected)
        #expect(Manifest(encoded: manifest.encoded, owner: owner) == manifest)
    }

    @Test(
        arguments: [
            ("\"v\": 1", "\"v\": 2"), ("demo", "domo"), ("\"home\"", "7"), ("file:///x\"", "x\", 7"),
            ("2026-01-07T", "2026-02-30T"), ("\"current\"", "\"currant\""), ("}", ""), ("{", "[{"),
        ])
    func whatIsWrongIsRefused(old: String, new: String) {
        let owner = SegmentKey.fixture()
        let time = Timestamp(secondsSinceEpoch: 1_767_744_000)
        let manifest = Manifest(owner, current: [.cooc: "file:///x"], updatedAt: time)
        let text = String(decoding: manifest.encoded, as: UTF8.self)
        let damaged = text.replacing(old, with: new)
        #expect(damaged != text)
        #expect(Manifest(encoded: Array(damaged.utf8), owner: owner) == nil)
        #expect(Manifest(encoded: manifest.encoded, owner: owner) == manifest)
        #expect(
            SmallWorlds.truncations(of: manifest.encoded.dropLast()).allSatisfy {
                Manifest(encoded: Array($0), owner: owner) == nil
            })
    }
}
