import Builders
import Events
import Foundation
import Publishing
import SystemPackage
import TestSupport
import Testing

@testable import Pipeline

/// A store, and what a verification makes of it.
struct VerifiedWorld {
    let world: PipelineWorld

    init(of world: PipelineWorld) {
        self.world = world
    }

    /// A store with every role: two days published, of which one of a segment, and an artifact staged.
    init(_ format: ArtifactFileFormat = .rsart) throws {
        var world = PipelineWorld()
        world.configuration.artifactFormat = format
        let days = [ExampleDay("2026-01-01"), ExampleDay("2026-01-02")]
        let input = try world.write(days)
        try world.run(input, "2026-01-01", "2026-01-02")
        let pipeline = world.pipeline()
        let segment = SegmentKey(world.owner.surfaceKey, segment: try PathSegment("vip"))
        let window = Window.fixture("2026-01-01", "2026-01-02")
        _ = try pipeline.stage([.popularity, .cooc], of: segment, over: window, isDryRun: false)
        _ = try pipeline.publishStaged(segment, window, isDryRun: false)
        self.world = world
    }

    func report(_ level: VerificationLevel = .full, _ paths: [String]? = nil) throws -> VerificationReport {
        try Verification(world.pipeline(), level: level).run(
            paths.map { names in names.map { world.folder.path.appending($0) } })
    }

    /// The names of the files with problems.
    func problems(_ report: VerificationReport) -> [String] {
        report.problems.map { name($0.path) }
    }

    /// The path below the folder of the test.
    func name(_ path: FilePath) -> String {
        String(path.string.dropFirst(world.folder.path.string.utf8.count + 1))
    }

    /// Files of the store below `out`, without locks.
    var names: [String] { world.folder.fileNames.filter { $0.hasPrefix("out/") && !$0.hasSuffix(".lock") } }

    /// The first file of the store with such a name.
    func file(_ beginning: String, _ end: String = "") throws -> String {
        try #require(names.first { $0.hasPrefix("out/" + beginning) && $0.hasSuffix(end) })
    }

    /// Replaces a text that stands in a file.
    func edit(_ name: String, _ old: String, _ new: String) throws {
        let text = String(decoding: try world.folder.read(name), as: UTF8.self)
        #expect(text.contains(old))
        _ = try world.folder.write(Array(text.replacing(old, with: new).utf8), as: name)
    }
}
