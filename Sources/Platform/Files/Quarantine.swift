package import SystemPackage

/// Files that were taken out of a store and may still be wanted back: `<root>/.quarantine/<name>/<path below root>`.
///
/// It is below the folder that it serves, so that nothing is copied from one file system to another.
package struct Quarantine: Sendable {
    /// The name of the folder below the root. No tenant has it.
    package static let folderName = ".quarantine"

    private let root: FilePath

    /// - Parameter root: The folder whose files are taken out.
    package init(root: FilePath) {
        self.root = root
    }

    private var folder: FilePath { root.appending(Quarantine.folderName) }

    /// Takes files out of the store. Each has its new name durably before it loses its old one.
    ///
    /// - Parameters:
    ///   - paths: Files below the root.
    ///   - name: What was not used before.
    /// - Throws: `StorageError`. Each file is then in its place, in quarantine, or in both.
    package func take(_ paths: [FilePath], as name: String) throws(StorageError) {
        let target = folder.appending(name)
        var (sources, targets): (Set<FilePath>, Set<FilePath>) = ([], [])
        for path in paths {
            let newPath = self.path(of: path, below: target)
            try Directory.create(newPath.removingLastComponent())
            try File.link(path, to: newPath)
            targets.insert(newPath.removingLastComponent())
            sources.insert(path.removingLastComponent())
        }
        for folder in targets { try Directory.synchronise(folder) }
        for path in paths { try File.remove(path) }
        for folder in sources { try Directory.synchronise(folder) }
    }

    /// The folders of files that were taken out at a time before `second` since 1970.
    package func folders(takenBefore second: Int) throws(StorageError) -> [FilePath] {
        var folders: [FilePath] = []
        for name in try Directory.names(in: folder) {
            let path = folder.appending(name)
            if let status = try File.status(at: path, followingLinks: false), status.modifiedAtSecond < second {
                folders.append(path)
            }
        }
        return folders
    }

    /// Deletes a folder of files that were taken out.
    package func delete(_ path: FilePath) throws(StorageError) {
        try Directory.removeTree(path)
        try Directory.removeIfEmpty(folder)
    }

    private func path(of path: FilePath, below target: FilePath) -> FilePath {
        var relative = path
        let isBelow = relative.removePrefix(root)
        precondition(isBelow, "only what is in the store is taken out of it")
        return target.pushing(relative)
    }
}
