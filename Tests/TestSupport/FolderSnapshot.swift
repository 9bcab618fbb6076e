import Foundation
import SystemPackage

/// Everything below a folder: which files and folders there are, which inodes they have, when they were changed, and
/// what the files hold.
package struct FolderSnapshot: Equatable {
    private struct Entry: Equatable {
        let inode: UInt64
        let changedAt: Date
        /// Nil for a folder.
        let content: Data?
    }

    private let entries: [String: Entry]

    /// The names of all files, relative to the folder, sorted.
    package var fileNames: [String] { entries.filter { $0.value.content != nil }.keys.sorted() }

    /// What the file of that name holds, as text.
    package func text(_ name: String) -> String? {
        entries[name]?.content.map { String(decoding: $0, as: UTF8.self) }
    }

    /// What the file of that name holds; nil if there is none.
    package func bytes(_ name: String) -> [UInt8]? {
        entries[name]?.content.map { Array($0) }
    }

    /// The names that were added, removed, replaced or written since, be it with the same bytes; sorted.
    package func changes(since earlier: FolderSnapshot) -> [String] {
        Set(entries.keys).union(earlier.entries.keys).filter { entries[$0] != earlier.entries[$0] }.sorted()
    }

    /// The names of files that hold other bytes than in `other`, or are in one of the two only; sorted.
    package func differences(from other: FolderSnapshot) -> [String] {
        Set(fileNames).union(other.fileNames).filter { entries[$0]?.content != other.entries[$0]?.content }.sorted()
    }

    /// What is below the folder at a path now.
    ///
    /// - Parameter ignored: The name of a folder in it that is left out.
    package init(below folder: String, ignoring ignored: String? = nil) {
        let manager = FileManager.default
        var entries: [String: Entry] = [:]
        for name in [""] + ((manager.enumerator(atPath: folder)?.allObjects as? [String]) ?? []) {
            if let ignored, name == ignored || name.hasPrefix("\(ignored)/") { continue }
            let path = name.isEmpty ? folder : "\(folder)/\(name)"
            let attributes = (try? manager.attributesOfItem(atPath: path)) ?? [:]
            let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
            entries[name] = Entry(
                inode: attributes[.systemFileNumber] as? UInt64 ?? 0,
                changedAt: attributes[.modificationDate] as? Date ?? .distantPast,
                content: isFolder ? nil : manager.contents(atPath: path))
        }
        self.entries = entries
    }
}

extension TemporaryFolder {
    /// What is in the folder now.
    package var snapshot: FolderSnapshot { FolderSnapshot(below: path.string) }

    /// Writes a text, creating the folders above it that are missing.
    package func write(_ text: String, as name: String) throws {
        let file = URL(fileURLWithPath: path.appending(name).string)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// The bytes of a file.
    package func read(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path.appending(name).string)))
    }

    /// Removes a file, or a folder with all that is in it.
    package func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: path.appending(name).string)
    }

    /// Gives a file or a folder another name.
    package func move(_ name: String, to newName: String) throws {
        try FileManager.default.moveItem(atPath: path.appending(name).string, toPath: path.appending(newName).string)
    }

    /// The names of the files below the folder that have this in their paths, relative to it, sorted.
    package func fileNames(containing part: String) -> [String] {
        fileNames.filter { $0.contains(part) }
    }
}
