import TestSupport
import Testing

/// `versions` lists what was published, `rollback` makes an earlier manifest current.
@Suite struct RollbackCommandTests {
    private let demoFolder: DemoFolder

    init() throws {
        demoFolder = try DemoFolder()
        try demoFolder.publish()
    }

    /// The version of popularity that is current, and those of all days in their order.
    private func popularity() throws -> (current: String, all: [String]) {
        let result = try demoFolder.succeed("versions \(demo) --kind popularity --format json")
        let versions = try #require(result.object?["versions"] as? [[String: Any]])
        let current = versions.first { $0["current"] as? Bool == true }?["version"] as? String
        return (try #require(current), versions.compactMap { $0["version"] as? String })
    }

    @Test func whatTheySay() throws {
        var transcript = Transcript(demoFolder)
        try transcript.run("recsys-pipelines versions \(demo)")
        try transcript.run("recsys-pipelines rollback \(demo) --dry-run")
        try transcript.run("recsys-pipelines rollback \(demo) --reason 'looks wrong'")
        try transcript.run("recsys-pipelines versions \(demo) --kind cooc")
        try transcript.run("recsys-pipelines versions \(demo) --kind popularity --format json")
        try transcript.run("recsys-pipelines rollback \(demo) --steps 9")
        try transcript.run("recsys-pipelines rollback \(demo) --to 0000")
        try transcript.run("recsys-pipelines rollback \(demo) --segment none --format json")
        try Snapshot.expect(transcript.text, is: "versions-rollback")
    }

    @Test func aRollbackGoesBackAndForth() throws {
        let before = try popularity()
        #expect(before.current == before.all[2])
        try demoFolder.succeed("rollback \(demo)")
        #expect(try popularity().current == before.all[1])
        // The last change is the rollback, so going back by one takes it back.
        try demoFolder.succeed("rollback \(demo)")
        #expect(try popularity().current == before.all[2])
        try demoFolder.succeed("rollback \(demo) --steps 4")
        #expect(try popularity().current == before.all[0])
        try demoFolder.succeed("rollback \(demo) --to \(before.all[1].prefix(12))")
        #expect(try popularity().current == before.all[1])
        #expect(try popularity().all == before.all)
    }

    @Test func theHistoryTellsWhoAndWhy() throws {
        try demoFolder.succeed("rollback \(demo) --reason 'items of the 3rd'")
        let text = String(
            decoding: try #require(
                demoFolder.content.bytes(
                    "registry/history/demo/home/00000004.json")), as: UTF8.self)
        #expect(text.contains("\"action\": \"rollback\""))
        #expect(text.contains("\"reason\": \"items of the 3rd\""))
        #expect(text.contains(/"actor": ".+@.+"/))
    }

    /// Somebody who mistypes a tenant leaves no trace of it.
    @Test func aTypingErrorLeavesNothingBehind() throws {
        let before = demoFolder.content
        let result = try demoFolder.pipelines("rollback --tenant dmeo --surface home")
        #expect(result.exitCode == 8)
        #expect(demoFolder.content.changes(since: before).isEmpty)
    }
}
