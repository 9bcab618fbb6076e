import Events
import Ingest
import Partitions
import Publishing
import SystemPackage
import TestSupport
import Testing

@testable import Pipeline

/// Everything is kept below the output folder unless a setting says otherwise.
@Suite struct OutputLayoutTests {
    private func places(_ layout: OutputLayout) -> [FilePath] {
        [
            layout.rawEvents, layout.partitions.root, layout.staging.root, layout.objectStore.root,
            layout.registry.root, layout.ledger.root, layout.partitionLocks, layout.publishingLocks.root,
            layout.stagingLocks,
        ]
    }

    @Test func belowTheOutputFolder() {
        var configuration = Configuration()
        configuration.outDirectory = "some where/out"
        let names =
            ["raw_events", "canonical", "artifacts", "objectstore", "registry", "ledger"] + (0..<3).map { _ in "locks" }
        #expect(places(OutputLayout(configuration)) == names.map { FilePath("some where/out").appending($0) })
        #expect(OutputLayout(Configuration()).registry.root == ".out/registry")
    }

    @Test func elsewhere() {
        var configuration = Configuration()
        configuration.rawEventsDirectory = "/a"
        configuration.canonicalDirectory = "/b"
        configuration.artifactsDirectory = "/c"
        configuration.objectStoreDirectory = "/d"
        configuration.registryDirectory = "/e"
        configuration.checkpointDirectory = "/f"
        let layout = OutputLayout(configuration)
        #expect(places(layout) == ["/a", "/b", "/c", "/d", "/e", ".out/ledger", "/b/locks", "/e/locks", "/c/locks"])
        #expect(layout.checkpoint(.fixture()) == "/f/demo/home/checkpoint.json")
    }

    @Test func checkpointsOfSegments() {
        let layout = OutputLayout(Configuration())
        #expect(layout.checkpoint(.fixture()) == ".out/checkpoints/demo/home/checkpoint.json")
        #expect(
            layout.checkpoint(.fixture(segment: "new"))
                == ".out/checkpoints/demo/home/segments/new/checkpoint.json")
    }
}
