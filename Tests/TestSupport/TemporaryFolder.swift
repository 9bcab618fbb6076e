package import Foundation
package import SystemPackage

/// A folder for one test, which goes when the object goes.
package final class TemporaryFolder: Sendable {
    package let path: FilePath

    /// A folder of the system whose files are in memory, if it has one.
    private static let memory = URL(fileURLWithPath: "/dev/shm")

    /// - Parameter isInMemory: True for one in a file system in memory, where there is one.
    package init(isInMemory: Bool = false) {
        let name = "recsys-tests-\(UUID().uuidString)"
        let memory = TemporaryFolder.memory
        let isPossible = isInMemory && FileManager.default.isWritableFile(atPath: memory.path)
        let root = isPossible ? memory : FileManager.default.temporaryDirectory
        let folder = root.appendingPathComponent(name)
        try! FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = FilePath(folder.path)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path.string)
    }

    /// The names of all files and folders below the folder, relative to it, sorted.
    package var entryNames: [String] {
        let enumerator = FileManager.default.enumerator(atPath: path.string)
        return ((enumerator?.allObjects as? [String]) ?? []).sorted()
    }

    /// The names of all files below the folder, relative to it, sorted.
    package var fileNames: [String] {
        entryNames.filter {
            let attributes = try? FileManager.default.attributesOfItem(atPath: path.appending($0).string)
            return attributes?[.type] as? FileAttributeType == .typeRegular
        }
    }

    /// The number of the file in its file system: another one once the file has been replaced.
    package func inode(of name: String) throws -> UInt64 {
        let attributes = try FileManager.default.attributesOfItem(atPath: path.appending(name).string)
        return attributes[.systemFileNumber] as? UInt64 ?? 0
    }

    /// When the file was last written.
    package func modificationDate(of name: String) throws -> Date? {
        let attributes = try FileManager.default.attributesOfItem(atPath: path.appending(name).string)
        return attributes[.modificationDate] as? Date
    }

    /// Makes a named pipe that nobody writes to: opened like a file, it keeps its reader waiting for ever.
    package func makePipe(_ name: String) throws {
        let process = try Process.run(
            URL(fileURLWithPath: "/usr/bin/env"), arguments: ["mkfifo", path.appending(name).string])
        process.waitUntilExit()
    }

    /// Makes a link with that name.
    package func makeLink(_ name: String, to destination: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: path.appending(name).string, withDestinationPath: destination)
    }

    /// Makes a folder, and those above it.
    package func createFolder(_ name: String) throws {
        try FileManager.default.createDirectory(
            atPath: path.appending(name).string, withIntermediateDirectories: true)
    }

    /// Writes a file without the care that durable files need.
    package func write(_ bytes: [UInt8], as name: String) throws -> FilePath {
        let file = path.appending(name)
        guard let handle = FileHandle(forUpdatingAtPath: file.string) else {
            try Data(bytes).write(to: URL(fileURLWithPath: file.string))
            return file
        }
        // In place: file systems hurry to the disk with a file that was emptied before it was written.
        try handle.write(contentsOf: Data(bytes))
        try handle.truncate(atOffset: UInt64(bytes.count))
        try handle.close()
        return file
    }
}
