import SystemPackage
import TestSupport
import Testing

/// A file system in memory with little room.
struct SmallDisk {
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

    /// Makes room for a mebibyte.
    func enlarge() throws {
        let result = try Program(path: "/bin/sh").run(
            ["-c", "mount -o remount,size=1m \(path)"], in: TemporaryFolder())
        try #require(result.exitCode == 0, "\(result.standardError)")
    }

    func unmount() {
        _ = try? Program(path: "/bin/sh").run(["-c", "umount \(path)"], in: TemporaryFolder())
    }
}
