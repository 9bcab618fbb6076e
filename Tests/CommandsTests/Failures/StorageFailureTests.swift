import Foundation
import SystemPackage
import TestSupport
import Testing

/// Storage that fails is exit code 7, and nothing half-written is left.
@Suite struct StorageFailureTests {
    private let demoFolder: DemoFolder

    init() throws {
        demoFolder = try DemoFolder()
    }

    @Test func anOutputFolderBelowAFile() throws {
        try demoFolder.write("x", as: "file")
        let result = try demoFolder.pipelines("ingest exposure.jsonl --out-dir file/out --format json")
        #expect(result.exitCode == 7)
        #expect(result.standardError.hasPrefix("error: file/out: cannot create folder: Not a directory\n  a part of"))
        #expect(result.object?["kind"] as? String == "storage")
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: fullDevice), "there is no full device on this system"))
    func standardOutputThatIsFull() throws {
        try demoFolder.publish(through: 1)
        for line in ["versions \(demo)", "versions \(demo) --format json", "export cooc \(demo)"] {
            let result = try demoFolder.pipelines(line, output: .file(fullDevice))
            #expect(result.exitCode == 7, "\(line)")
            #expect(result.standardError.hasPrefix("error: standard output: cannot write: No space left on device\n"))
        }
    }

    @Test(.enabled(if: SmallDisk.isPossible, "only root can mount a file system in memory, and only on Linux"))
    func aFullDisk() throws {
        let disk = try SmallDisk(kibibytes: 16, at: demoFolder.folder.path.appending("disk"))
        defer { disk.unmount() }
        try demoFolder.succeed(
            "ingest exposure.jsonl --out-dir disk/out \(demo) --start 2026-01-01 --end 2026-01-01")
        let before = FolderSnapshot(below: disk.path.string)
        let result = try demoFolder.pipelines("ingest exposure.jsonl --out-dir disk/out --format json")
        #expect(result.exitCode == 7, "\(result.standardError)")
        #expect(result.standardError.contains("No space left on device\n  free some space"))
        #expect(result.object?["exit_code"] as? Int == 7)
        let changes = FolderSnapshot(below: disk.path.string).differences(from: before)
        #expect(changes.isEmpty, "\(changes)")
        try disk.enlarge()
        try demoFolder.succeed("ingest exposure.jsonl --out-dir disk/out")
    }

    /// Artifacts that were written whole may stay with their records, since no manifest names them; nothing else does.
    @Test(
        .enabled(if: SmallDisk.isPossible, "only root can mount a file system in memory, and only on Linux"),
        arguments: ["objectstore", "registry"])
    func aFullDiskAtPublish(place: String) throws {
        try prepareToPublish()
        let disk = try SmallDisk(kibibytes: 4, at: demoFolder.folder.path.appending("disk"))
        defer { disk.unmount() }
        let settings = place == "registry" ? "registry_dir" : "object_store_dir"
        try demoFolder.write("{\"\(settings)\":\"disk/\(place)\"}", as: "settings.json")
        let before = demoFolder.content
        let publish = "publish \(StorageFailureTests.owner) --config settings.json"
        let result = try demoFolder.pipelines("\(publish) --format json")
        #expect(result.exitCode == 7, "\(result.standardError)")
        #expect(result.standardError.contains("No space left on device\n  free some space"))
        expectNothingIsCurrent(since: before)
        let names = FolderSnapshot(below: disk.path.string).fileNames
        #expect(!names.contains { $0.contains(".tmp-") || $0.contains("current/") }, "\(names)")
        try disk.enlarge()
        try demoFolder.succeed(publish)
    }

    /// The limit of file sizes is a full disk that everybody can have.
    @Test func aLimitOfFileSizesAtIngest() throws {
        try demoFolder.succeed("ingest exposure.jsonl \(demo) --start 2026-01-01 --end 2026-01-01")
        let before = demoFolder.content
        let result = try runWithLimit("ingest exposure.jsonl --format json")
        #expect(result.exitCode == 7, "\(result.standardError)")
        #expect(result.standardError.contains(": cannot write: File too large\n  raise the limit of file sizes"))
        #expect(result.object?["exit_code"] as? Int == 7)
        let changes = demoFolder.content.differences(from: before).filter { !$0.hasPrefix("locks/") }
        #expect(changes.isEmpty, "\(changes)")
        try demoFolder.succeed("ingest exposure.jsonl")
    }

    @Test func aLimitOfFileSizesAtPublish() throws {
        try prepareToPublish()
        let before = demoFolder.content
        let result = try runWithLimit("publish \(StorageFailureTests.owner)")
        #expect(result.exitCode == 7, "\(result.standardError)")
        #expect(result.standardError.contains(": cannot write: File too large\n  raise the limit of file sizes"))
        expectNothingIsCurrent(since: before)
        try demoFolder.succeed("publish \(StorageFailureTests.owner)")
    }

    private static let owner = "\(demo) --start 2026-01-01 --end 2026-01-03"

    /// Publishes a day, and stages artifacts of three.
    private func prepareToPublish() throws {
        try demoFolder.succeed("ingest exposure.jsonl")
        try demoFolder.succeed("compute cooc implicit session_seq \(StorageFailureTests.owner)")
        try demoFolder.publish(through: 1)
    }

    private func expectNothingIsCurrent(since before: FolderSnapshot, sourceLocation: SourceLocation = #_sourceLocation)
    {
        let changes = demoFolder.content.differences(from: before).filter { !$0.hasPrefix("locks/") }
        #expect(
            changes.allSatisfy { name in
                ["objectstore/", "registry/records/"].contains { name.hasPrefix($0) } && !name.contains(".tmp-")
            }, "\(changes)",
            sourceLocation: sourceLocation)
    }

    /// Runs `recsys-pipelines` while no file may have more than 512 bytes, of which the reports have fewer.
    private func runWithLimit(_ line: String) throws -> ProgramResult {
        try Program(path: "/bin/sh").run(
            ["-c", "ulimit -f 1; exec \(Program.pipelines.path) \(line)"], in: demoFolder.folder)
    }
}

/// A device that has no room for anything.
private let fullDevice = "/dev/full"
