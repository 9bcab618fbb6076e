import Foundation
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
        try resize(kibibytes: 1 << 10)
    }

    /// Makes room for so much, which is not less than what is there.
    func resize(kibibytes: Int) throws {
        let result = try Program(path: "/bin/sh").run(
            ["-c", "mount -o remount,size=\(kibibytes)k \(path)"], in: TemporaryFolder())
        try #require(result.exitCode == 0, "\(result.standardError)")
    }

    /// How many pages of 4 KiB are taken.
    var usedPageCount: Int {
        get throws {
            let attributes = try FileManager.default.attributesOfFileSystem(forPath: path.string)
            let (size, free) = (attributes[.systemSize] as? Int, attributes[.systemFreeSize] as? Int)
            return (try #require(size) - (try #require(free))) / 4_096
        }
    }

    /// Takes the file system away.
    func unmount() {
        _ = try? Program(path: "/bin/sh").run(["-c", "umount \(path)"], in: TemporaryFolder())
    }

    /// Takes the file system away, and the folder where it was.
    func remove() {
        unmount()
        try? FileManager.default.removeItem(atPath: path.string)
    }
}
