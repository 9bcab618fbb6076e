import Foundation
package import SystemPackage

/// All that is below a folder at some time: files with their bytes, and folders.
package struct FolderContent: Sendable {
    /// By path relative to the folder; nil for folders.
    private let entries: [String: [UInt8]?]

    /// What is below `folder` now; a folder that is missing is empty.
    package init(of folder: FilePath) {
        var entries: [String: [UInt8]?] = [:]
        for case let name as String in FileManager.default.enumerator(atPath: folder.string) ?? .init() {
            entries.updateValue(FolderContent.bytes(of: folder.appending(name)), forKey: name)
        }
        self.entries = entries
    }

    /// The paths of files and folders that came, went or changed from `before` to this, ascending.
    package func changes(since before: FolderContent) -> [String] {
        Set(entries.keys).union(before.entries.keys).filter { entries[$0] != before.entries[$0] }.sorted()
    }

    /// The paths of all files, ascending.
    package var files: [String] { entries.filter { $0.value != nil }.map(\.key).sorted() }

    /// The bytes of a file, or nil if there is none.
    package func bytes(_ path: String) -> [UInt8]? { entries[path] ?? nil }

    private static func bytes(of path: FilePath) -> [UInt8]? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path.string)
        guard attributes?[.type] as? FileAttributeType != .typeDirectory else { return nil }
        return Array(FileManager.default.contents(atPath: path.string) ?? Data())
    }
}
