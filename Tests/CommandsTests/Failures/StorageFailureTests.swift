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
    }
}

/// A file system in memory with little room.
private struct SmallDisk {
    let path: FilePath

    /// True if mounting works here: it is tried.
    static let isPossible: Bool = {
        let folder = TemporaryFolder()
        guard let disk = try? SmallDisk(kibibytes: 4, at: folder.path.appending("disk")) else { return false }
        disk.unmount()
        return true
    }()

    init(kibibytes: Int, at path: FilePath) throws {
        self.path = path
        let folder = TemporaryFolder()
        let result = try Program(path: "/bin/sh").run(
            ["-c", "mkdir \(path) && mount -t tmpfs -o size=\(kibibytes)k tmpfs \(path)"], in: folder)
        try #require(result.exitCode == 0, "\(result.standardError)")
    }

    func unmount() {
        _ = try? Program(path: "/bin/sh").run(["-c", "umount \(path)"], in: TemporaryFolder())
    }
}

/// A device that has no room for anything.
private let fullDevice = "/dev/full"
