import TestSupport
import Testing

/// `explain` says why an item is a neighbour of another one, or is not.
@Suite struct ExplainCommandTests {
    private let demoFolder: DemoFolder

    init() throws {
        demoFolder = try DemoFolder()
    }

    private func write(_ sessions: [(day: Int, session: String, items: String)]) throws {
        let lines = sessions.flatMap { session in
            session.items.map { item in
                #"{"v":1,"ts":"2026-01-0\#(session.day)T08:00:00Z","tenant":"demo","surface":"home","#
                    + #""session_id":"\#(session.session)","item_id":"\#(item)"}"# + "\n"
            }
        }
        try demoFolder.write(lines.joined(), as: "exposure.jsonl")
    }

    private func run(_ settings: String = "{}") throws {
        try demoFolder.write(settings, as: "settings.json")
        try demoFolder.succeed(
            "run \(demo) --start 2026-01-01 --end 2026-01-02 --window-days 2 --input exposure.jsonl --quiet "
                + "--config settings.json")
    }

    private static let sessions = [
        (day: 1, session: "s", items: "aab"), (day: 2, session: "s", items: "c"), (day: 1, session: "t", items: "ab"),
        (day: 2, session: "u", items: "ad"), (day: 2, session: "v", items: "e"),
        (day: 2, session: "robot", items: "abcdef"),
    ]

    @Test func whatItSays() throws {
        try write(ExplainCommandTests.sessions)
        try run(
            #"{"limits":{"on_oversized_session":"drop","max_items_per_session":4,"max_neighbors_per_item":2}}"#)
        var transcript = Transcript(demoFolder)
        for pair in ["a b", "a c", "a d", "a f", "a e", "a nobody", "nobody a", "b c"] {
            try transcript.run("recsys-pipelines explain \(pair) \(demo)")
        }
        try transcript.run("recsys-pipelines explain a b \(demo) --format json")
        try transcript.run("recsys-pipelines explain a d \(demo) --format json")
        try transcript.run("recsys-pipelines explain a a \(demo)")
        try transcript.run("recsys-pipelines explain a \(demo)")
        try transcript.run("recsys-pipelines explain a b \(demo) --version 00")
        try Snapshot.expect(transcript.text, is: "explain")
    }

    @Test func scoresAndCuts() throws {
        try write(ExplainCommandTests.sessions)
        var transcript = Transcript(demoFolder)
        try run(#"{"cooc_score":"asym_shrunk","limits":{"min_cooc_support":2,"max_items_per_artifact":2}}"#)
        for pair in ["a b", "a e", "c a"] { try transcript.run("recsys-pipelines explain \(pair) \(demo)") }
        try transcript.run("recsys-pipelines explain a b \(demo) --format json")
        try run(#"{"cooc_score":"llr"}"#)
        for pair in ["a d", "a e"] { try transcript.run("recsys-pipelines explain \(pair) \(demo)") }
        try Snapshot.expect(transcript.text, is: "explain-scores")
    }

    @Test func eventsThatChangedSince() throws {
        try write(ExplainCommandTests.sessions)
        try run()
        try write([(day: 1, session: "x", items: "zb"), (day: 2, session: "x", items: "a")])
        try demoFolder.succeed("ingest exposure.jsonl \(demo) --start 2026-01-01 --end 2026-01-01 --quiet")
        let before = demoFolder.content
        var transcript = Transcript(demoFolder)
        try transcript.run("recsys-pipelines explain a b \(demo)")
        try transcript.run("recsys-pipelines explain b z \(demo)")
        try transcript.run("recsys-pipelines explain b z \(demo) --format json")
        try Snapshot.expect(transcript.text, is: "explain-changed")
        #expect(demoFolder.content.changes(since: before).isEmpty)
    }

    /// What is wrong with a partition is an error, not a count.
    @Test func aDamagedPartitionIsNotCounted() throws {
        try demoFolder.publish(through: 2)
        try demoFolder.damage("canonical/demo/home/exposures/2026-01-02.rspart")
        #expect(try demoFolder.pipelines("explain sku-0001 sku-0002 \(demo)").exitCode == 5)
    }

    @Test func anItemMayLookLikeAnOption() throws {
        try write([(day: 1, session: "s", items: "-a"), (day: 2, session: "s", items: "-")])
        try run()
        #expect(
            try demoFolder.succeed("explain \(demo) -- - a").text.contains("a is neighbour 1 of 1 of -, with score 1"))
    }
}
