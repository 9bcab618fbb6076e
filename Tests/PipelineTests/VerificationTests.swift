import Builders
import Events
import Foundation
import Platform
import Publishing
import SystemPackage
import TestSupport
import Testing

@testable import Pipeline

/// A verification finds every file that is not what was written, says where, and changes nothing.
@Suite struct VerificationTests {
    private let verified: VerifiedWorld
    private var world: PipelineWorld { verified.world }
    private var names: [String] { verified.names }

    init() throws { verified = try VerifiedWorld() }

    private func report(_ level: VerificationLevel = .full, _ paths: [String]? = nil) throws -> VerificationReport {
        try verified.report(level, paths)
    }

    private func problems(_ report: VerificationReport) -> [String] { verified.problems(report) }

    private func file(_ beginning: String, _ end: String = "") throws -> String { try verified.file(beginning, end) }

    @Test(arguments: [VerificationLevel.quick, .full, .deep], [ArtifactFileFormat.rsart, .jsonV1])
    func aStoreAsItWasWrittenIsWhole(level: VerificationLevel, format: ArtifactFileFormat) throws {
        let verified = try VerifiedWorld(format)
        let world = verified.world
        let before = FolderSnapshot(below: world.folder.path.string)
        let report = try verified.report(level)
        #expect(report.problems.isEmpty)
        #expect(report.others.isEmpty)
        let counts = Dictionary(uniqueKeysWithValues: report.counts.map { ($0.role, $0.fileCount) })
        #expect(
            counts == [
                "artifact": 10, "checkpoint": 1, "history entry": 3, "ledger entry": 1, "manifest": 2, "partition": 2,
                "record": 10, "staged artifact": 2, "staged provenance": 2,
            ])
        let byteCount = report.counts.reduce(0) { $0 + $1.byteCount }
        #expect(try byteCount == verified.names.reduce(0) { try $0 + world.folder.read($1).count })
        #expect(FolderSnapshot(below: world.folder.path.string).changes(since: before).isEmpty)
    }

    /// Cutting a file off in the middle, and emptying it, is found by the quickest verification.
    @Test func everyFileThatIsCutOffIsNamed() throws {
        // One of each folder: those beside it are of the same role.
        let folders = Dictionary(grouping: names) { FilePath($0).removingLastComponent() }
        for name in folders.values.compactMap(\.first) {
            let bytes = try world.folder.read(name)
            for count in [bytes.count / 2, 0] {
                _ = try world.folder.write(Array(bytes.prefix(count)), as: name)
                let report = try report(.quick)
                #expect(problems(report).contains(name) || isNamed(name, in: report), "\(name) \(count)")
                #expect(report.problems.allSatisfy { $0.failure.kind == .corruption || $0.failure.kind == .notFound })
            }
            _ = try world.folder.write(bytes, as: name)
        }
        #expect(try report(.quick).problems.isEmpty)
    }

    /// True if a message about another file names this one.
    private func isNamed(_ name: String, in report: VerificationReport) -> Bool {
        report.problems.contains { $0.failure.message.contains(world.folder.path.appending(name).string) }
    }

    @Test(arguments: ["canonical", "objectstore", "artifacts"])
    func everyBitOfDataCounts(folder: String) throws {
        let name = try file(folder, "t")
        let bytes = try world.folder.read(name)
        for place in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 9)) {
            var damaged = bytes
            damaged[place] ^= 4
            _ = try world.folder.write(damaged, as: name)
            #expect(problems(try report(.full, [name])) == [name], "byte \(place)")
        }
    }

    @Test func aQuickVerificationReadsNoData() throws {
        let name = try file("canonical")
        var bytes = try world.folder.read(name)
        bytes[40] ^= 1
        _ = try world.folder.write(bytes, as: name)
        #expect(try report(.quick).problems.isEmpty)
        #expect(problems(try report(.full)) == [name])
    }

    @Test func theWhiteSpaceOfPublishedJSONCounts() throws {
        let verified = try VerifiedWorld(.jsonV1)
        let world = verified.world
        let name = try #require(world.folder.fileNames.first { $0.hasPrefix("out/objectstore") })
        var bytes = try world.folder.read(name)
        #expect(bytes[1] == UInt8(ascii: "\n"))
        bytes[1] = UInt8(ascii: " ")
        _ = try world.folder.write(bytes, as: name)
        let problem = try #require(try verified.report(.full).problems.first)
        #expect(problem.failure.message.contains("its SHA-256 is"))
    }

    @Test func theContentOfPublishedJSONIsItsVersion() throws {
        let verified = try VerifiedWorld(.jsonV1)
        let world = verified.world
        let name = try #require(world.folder.fileNames.first { $0.hasPrefix("out/objectstore") })
        let text = String(decoding: try world.folder.read(name), as: UTF8.self)
        let changed = text.replacingOccurrences(of: "item 1\"", with: "item 2\"")
        #expect(changed != text)
        _ = try world.folder.write(Array(changed.utf8), as: name)
        let problem = try #require(try verified.report(.full).problems.first)
        #expect(problem.failure.message.contains("its content is"))
    }

    /// Both are intact, each is in the other's place.
    @Test(arguments: ["canonical", "objectstore/demo/home/cooc"])
    func filesThatWereSwappedAreNamed(folder: String) throws {
        let swapped = names.filter { $0.hasPrefix("out/\(folder)") }.prefix(2)
        let (first, second) = (try world.folder.read(swapped[0]), try world.folder.read(swapped[1]))
        _ = try world.folder.write(second, as: swapped[0])
        _ = try world.folder.write(first, as: swapped[1])
        #expect(Set(swapped).isSubset(of: Set(problems(try report(.full)))))
    }

    @Test func aPartitionThatWasMadeAnewElsewhereIsNotThatOfTheLedger() throws {
        let name = try file("canonical")
        let other = PipelineWorld()
        let input = try other.write([ExampleDay("2026-01-01", count: 41)])
        try other.run(input, "2026-01-01", "2026-01-01")
        _ = try world.folder.write(try other.folder.read(name), as: name)
        #expect(try report(.full).problems.isEmpty)
        let problem = try #require(try report(.deep).problems.first)
        #expect(problem.failure.message.contains("which the ledger does not know; its last entry on the day"))
    }

    @Test func whatIsNamedAndMissingIsNamed() throws {
        let blob = try file("objectstore")
        let record = try file("registry/records")
        try FileManager.default.removeItem(atPath: world.folder.path.appending(blob).string)
        let report = try report(.quick)
        #expect(problems(report) == [record])
        #expect(report.problems[0].failure.kind == .notFound)
        #expect(report.problems[0].failure.message.contains(blob))
    }

    @Test func aRecordThatIsMissingIsMissedByItsManifest() throws {
        let record = try file("registry/records/demo/home/popularity")
        try FileManager.default.removeItem(atPath: world.folder.path.appending(record).string)
        let named = problems(try report(.quick))
        #expect(!named.isEmpty)
        #expect(named.allSatisfy { $0.contains("registry/history") || $0.contains("registry/current") })
    }

    @Test func pathsAreVerifiedAlone() throws {
        let (partition, blob) = (try file("canonical"), try file("objectstore"))
        // The ledger is what a partition is compared with.
        for name in names where name != partition && name != blob && !name.hasPrefix("out/ledger") {
            _ = try world.folder.write([], as: name)
        }
        let report = try report(.deep, [partition, blob])
        #expect(report.problems.isEmpty)
        #expect(report.counts.map(\.fileCount) == [1, 1])
    }

    @Test func aRecordBringsItsArtifact() throws {
        let report = try report(.deep, [try file("registry/records")])
        #expect(report.problems.isEmpty)
        #expect(report.counts.map(\.role) == ["artifact", "record"])
    }

    @Test func copiesOutsideOfTheStoreAreVerifiedByThemselves() throws {
        let bytes = try world.folder.read(try file("objectstore"))
        _ = try world.folder.write(bytes, as: "copy.rsart")
        #expect(try report(.deep, ["copy.rsart"]).problems.isEmpty)
        _ = try world.folder.write(bytes.dropLast(1) + [1], as: "copy.rsart")
        #expect(problems(try report(.quick, ["copy.rsart"])) == ["copy.rsart"])
    }

    @Test func unfinishedAndForeignFilesAreNotLookedAt() throws {
        _ = try world.folder.write([1], as: "out/canonical/demo/home/exposures/.tmp-1-2026-01-03.rspart")
        _ = try world.folder.write([1], as: "out/objectstore/README.txt")
        let report = try report(.deep)
        #expect(report.problems.isEmpty)
        #expect(report.others.count == 2)
    }

    @Test func anEmptyStoreIsMostLikelyTheWrongFolder() throws {
        #expect(try failureKind { _ = try VerifiedWorld(of: PipelineWorld()).report() } == .notFound)
    }

    @Test func whatIsNoFileOfTheProductIsAUsageError() throws {
        #expect(try failureKind { _ = try report(.quick, ["events.jsonl"]) } == .usage)
        #expect(try failureKind { _ = try report(.quick, ["nothing"]) } == .notFound)
    }
}
