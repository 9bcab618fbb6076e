import Foundation
import FuzzTargets
import TestSupport
import Testing

/// What fuzzing begins with, and what it has found, is judged as a fuzzer judges it.
@Suite struct ReplayTests {
    @Test(arguments: FuzzTarget.allCases)
    func everythingHolds(target: FuzzTarget) throws {
        let inputs = try FuzzFixtures.inputs(of: target)
        #expect(inputs.contains { $0.name.hasPrefix("seed") })
        let folder = TrialFolder()
        for (name, input) in inputs {
            #expect(throws: Never.self, "\(target.fixtureFolder)/\(name)") { try target.judge(input, in: folder) }
        }
    }

    /// A judge that everything is refused by would not notice a thing.
    @Test(arguments: FuzzTarget.allCases)
    func seedsAreAccepted(target: FuzzTarget) throws {
        let folder = TrialFolder()
        for (name, input) in try FuzzFixtures.inputs(of: target) where name.hasPrefix("seed") {
            #expect(try target.judge(input, in: folder), "\(target.fixtureFolder)/\(name)")
        }
    }

    /// Golden files have every encoding, also in ways that this version does not write.
    @Test(arguments: [(FuzzTarget.partition, "rspart"), (.window, "rspart"), (.artifact, "rsart")])
    func goldenFilesAreAccepted(target: FuzzTarget, pathExtension: String) throws {
        let folder = TrialFolder()
        for name in try GoldenFolder.names where name.hasSuffix(".\(pathExtension)") {
            let input = try #require(GoldenFolder.bytes(name))
            #expect(try target.judge(input, in: folder), "\(name)")
        }
    }
}

/// The files of `Fixtures/fuzz`.
enum FuzzFixtures {
    static func inputs(of target: FuzzTarget) throws -> [(name: String, input: [UInt8])] {
        let root = (0..<3).reduce(URL(filePath: #filePath)) { place, _ in place.deletingLastPathComponent() }
        let folder = root.appending(path: "Fixtures/fuzz/\(target.fixtureFolder)")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return try names.sorted().map { ($0, [UInt8](try Data(contentsOf: folder.appending(path: $0)))) }
    }
}
