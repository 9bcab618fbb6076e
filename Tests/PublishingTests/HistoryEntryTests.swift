import Builders
import Events
import TestSupport
import Testing

@testable import Publishing

/// An entry of the history comes back as it was, or not at all.
@Suite struct HistoryEntryTests {
    private let owner = SegmentKey.fixture(segment: "all")

    private func entry(number: Int = 2, replacing: Int? = 1, reason: String? = "looks <wrong> \"\u{2028}\"")
        -> HistoryEntry
    {
        let time = Timestamp(secondsSinceEpoch: 1_767_744_000)
        return HistoryEntry(
            number: number, replacedNumber: replacing, action: .rollback, runIdentifier: "run", actor: "me@host",
            reason: reason, manifest: Manifest(owner, current: [.cooc: "file:///x"], updatedAt: time))
    }

    @Test(arguments: [nil, "", "because", "line\nbreak", "</script>é👩"])
    func roundTrip(reason: String?) {
        for entry in [entry(reason: reason), entry(number: 1, replacing: nil, reason: reason)] {
            #expect(HistoryEntry(encoded: entry.encoded, owner: owner) == entry)
        }
    }

    @Test func theBytes() {
        let expected = """
            {
              "v": 1,
              "number": 2,
              "replaces": 1,
              "action": "rollback",
              "run_id": "run",
              "actor": "me@host",
              "reason": "bad day",
              "manifest": {
                "v": 1,
                "tenant": "demo",
                "surface": "home",
                "current": {
                  "cooc": "file:///x"
                },
                "updated_at": "2026-01-07T00:00:00Z"
              }
            }

            """
        #expect(String(decoding: entry(reason: "bad day").encoded, as: UTF8.self) == expected)
    }

    @Test(
        arguments: [
            ("\"v\": 1", "\"v\": 2"), ("\"number\": 2", "\"number\": \"2\""), ("\"number\": 2", "\"number\": 1"),
            ("rollback", "rollbock"), ("\"run_id\"", "\"run\""), ("\"demo\"", "\"domo\""), ("\"home\"", "\"Home\""),
            ("2026-01-07T", "2026-02-30T"), ("}", ""), ("\"manifest\"", "\"manifests\""),
        ])
    func whatIsWrongIsRefused(old: String, new: String) {
        let text = String(decoding: entry().encoded, as: UTF8.self)
        let damaged = text.replacing(old, with: new)
        #expect(damaged != text)
        #expect(HistoryEntry(encoded: Array(damaged.utf8), owner: owner) == nil)
    }

    @Test func everyTruncation() {
        let bytes = entry().encoded
        // The line break at the end is no part of the JSON.
        #expect(
            SmallWorlds.truncations(of: bytes.dropLast()).allSatisfy {
                HistoryEntry(encoded: Array($0), owner: owner) == nil
            })
    }
}
