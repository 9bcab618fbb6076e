import TestSupport
import Testing

@testable import Builders

/// The definitions of the kinds by example, one rule at a time.
@Suite struct KindTests {
    /// The rows of a kind as text: `key: id count, ...`.
    private func rows(
        _ kind: ArtifactKind, _ days: [Exposure]..., change: (inout BuildParameters) -> Void = { _ in },
    ) throws -> [String] {
        var parameters = BuildParameters()
        change(&parameters)
        return try BuilderWorld(days).build([kind], parameters).flatMap { $0.rows.plain }.map { row in
            let entries = row.entries.map { String(decoding: $0.id, as: UTF8.self) + " \($0.count)" }
            return "\(String(decoding: row.key, as: UTF8.self)): \(entries.joined(separator: ", "))"
        }
    }

    private func session(_ session: String, _ items: String...) -> [Exposure] {
        items.map { Exposure(session: session, item: $0) }
    }

    private func user(_ user: String?, _ items: String..., at time: UInt64 = 0) -> [Exposure] {
        items.map { Exposure(user: user, item: $0, at: time) }
    }

    @Test func popularityBreaksTiesById() throws {
        let events = session("s", "b", "a", "c", "c", "é", "Z")
        #expect(try rows(.popularity, events) == [": c 2, Z 1, a 1, b 1, é 1"])
        #expect(try rows(.popularity, events) { $0.maximumItemsPerArtifact = 3 } == [": c 2, Z 1, a 1"])
        #expect(try rows(.popularity) == [])
    }

    @Test func popularityKeepsAThousandItemsUnlessTold() throws {
        let events = (0..<1001).map { Exposure(item: "\($0)") }
        #expect(try BuilderWorld([events]).build([.popularity]).first?.rows.entryCount == 1000)
        let all = try rows(.popularity, events) { $0.maximumItemsPerArtifact = 2000 }
        #expect(all.first?.split(separator: ",").count == 1001)
    }

    @Test func coocCountsSessionsNotEvents() throws {
        #expect(try rows(.cooc, session("s", "a", "b", "a", "b", "b")) == ["a: b 1", "b: a 1"])
        #expect(try rows(.cooc, session("s", "a", "a")) == [])
        #expect(try rows(.cooc, session("s", "a"), session("t", "b")) == [])
        #expect(try rows(.cooc, session("s", "a"), session("s", "b")) == ["a: b 1", "b: a 1"])
        #expect(try rows(.cooc, session("s", "a", "b"), session("s", "a", "b")) == ["a: b 1", "b: a 1"])
    }

    @Test func coocListsTheBestNeighbors() throws {
        let events = session("1", "a", "b", "c") + session("2", "a", "c") + session("3", "b", "d")
        #expect(try rows(.cooc, events) == ["a: c 2, b 1", "b: a 1, c 1, d 1", "c: a 2, b 1", "d: b 1"])
        #expect(try rows(.cooc, events) { $0.maximumNeighborsPerItem = 1 } == ["a: c 2", "b: a 1", "c: a 2", "d: b 1"])
        #expect(try rows(.cooc, events) { $0.minimumCoocSupport = 2 } == ["a: c 2", "c: a 2"])
        #expect(try rows(.cooc, events) { $0.minimumCoocSupport = 3 } == [])
        #expect(
            try rows(.cooc, events) { $0.maximumItemsPerArtifact = 3 }
                == ["a: c 2, b 1", "b: a 1, c 1, d 1", "c: a 2, b 1"])
        #expect(try rows(.cooc, events) { $0.maximumItemsPerArtifact = 1 } == ["a: c 2, b 1"])
    }

    /// The cut counts all sessions of an item, those of itself alone too.
    @Test func coocCutsRowsBySessions() throws {
        let events = session("1", "a", "b") + session("2", "c", "d") + session("3", "d") + session("4", "d")
        #expect(try rows(.cooc, events) { $0.maximumItemsPerArtifact = 1 } == ["d: c 1"])
        #expect(try rows(.cooc, events) { $0.maximumItemsPerArtifact = 2 } == ["a: b 1", "d: c 1"])
    }

    @Test func implicitSkipsEventsWithoutAUser() throws {
        let events = user("v", "b", "a", "b") + user(nil, "c") + user("u", "c")
        #expect(try rows(.implicit, events) == ["u: c 1", "v: b 2, a 1"])
        #expect(try rows(.implicit, events) { $0.maximumItemsPerUser = 1 } == ["u: c 1", "v: b 2"])
        #expect(try rows(.implicit, user(nil, "c")) == [])
        #expect(try rows(.implicit, user("u", "a"), user("u", "b", "b")) == ["u: b 2, a 1"])
    }

    @Test func sessionSeqDropsTheFirstEventOfTheWindow() throws {
        #expect(try rows(.sessionSeq, user("u", "a", "b", "a")) == ["u: a 1, b 1"])
        #expect(try rows(.sessionSeq, user("u", "a"), user("u", "b")) == ["u: b 1"])
        #expect(try rows(.sessionSeq, user("u", "b", at: 5) + user("u", "a", at: 4)) == ["u: b 1"])
        #expect(try rows(.sessionSeq, user("u", "b", "a", at: 5)) == ["u: a 1"])
        #expect(try rows(.sessionSeq, user("u", "a", at: 9), [], user("u", "b", at: 1)) == ["u: b 1"])
        #expect(try rows(.sessionSeq, user("u", "a", "a", "a")) == ["u: a 2"])
    }

    @Test func sessionSeqKeepsUsersWithASingleEvent() throws {
        let events = user("w", "a") + user("u", "a") + user(nil, "x", "y") + user("v", "a", "b")
        #expect(try rows(.sessionSeq, events) == ["u: ", "v: b 1", "w: "])
        #expect(try rows(.sessionSeq, user(nil, "x", "y")) == [])
    }

    @Test func idsAreBytes() throws {
        let events = session("s", "e\u{301}", "\u{E9}", "10", "9", "", "\0")
            .filter { !$0.item.isEmpty }
        #expect(try rows(.popularity, events) == [": \0 1, 10 1, 9 1, e\u{301} 1, \u{E9} 1"])
        let users = user("e\u{301}", "a", "b") + user("\u{E9}", "c", "d")
        #expect(try rows(.implicit, users) == ["e\u{301}: a 1, b 1", "\u{E9}: c 1, d 1"])
    }
}
