import Artifacts
import Builders
import Columns
import Events
import FoundationEssentials
import Ingest
import Partitions
import Platform
import Publishing
import SystemPackage

/// The folders of a store, and what a file in them must be.
struct StoreTree: Sendable {
    /// A folder, and what a file is that stands so many folders below it.
    private struct Branch: Sendable {
        let root: FilePath
        let role: @Sendable ([String]) -> StoredFile.Role?
    }

    private let root: FilePath
    private let branches: [Branch]

    init(_ layout: OutputLayout) {
        root = layout.configuration.outDirectory.absolute
        branches = [
            Branch(root: layout.partitions.root, role: StoreTree.partition),
            Branch(root: layout.staging.root, role: StoreTree.staged),
            Branch(root: layout.objectStore.root, role: StoreTree.artifact),
            Branch(root: layout.registry.root, role: StoreTree.registered),
            Branch(root: layout.ledger.root, role: StoreTree.ledgerEntry),
            Branch(root: layout.checkpoints, role: StoreTree.checkpoint),
        ]
    }

    /// The folders of the store whose files are verified.
    var folders: [FilePath] { branches.map(\.root) }

    /// All files that are there, by their paths, and what there is besides.
    func files() -> StoreFiles {
        var files = StoreFiles()
        for branch in branches { files.add(below: branch.root) { path in place(of: path, in: branch) ?? .other } }
        return files
    }

    /// The files at `path`, or below it if it is a folder.
    ///
    /// - Throws: `StorageError`, of kind `notFound` if there is nothing.
    func files(at path: FilePath) throws(StorageError) -> StoreFiles {
        guard let status = try File.status(at: path) else {
            throw StorageError("open", path, .noSuchFileOrDirectory)
        }
        var files = StoreFiles()
        if status.isDirectory {
            files.add(below: path, place: place)
        } else {
            files.add(path, status, place(of: path))
        }
        return files
    }

    /// What the file at `path` is by its place in the store or, outside of it, by its name.
    private func place(of path: FilePath) -> StoreFiles.Place {
        for branch in branches { if let place = place(of: path, in: branch) { return place } }
        let absolute = path.absolute
        // Scratch, rejects and locks are files of the store too. Folders on the way to a branch are gone through.
        if absolute.starts(with: root) {
            return branches.contains { $0.root.absolute.starts(with: absolute) } ? .other : .leftOut
        }
        switch path.extension {
        case PartitionFormat.fileExtension: return .file(.partition(nil, dayName: nil))
        case ArtifactFormat.fileExtension: return .file(.artifact(.rsart, nil))
        default: return .other
        }
    }

    /// Nil outside of the branch.
    private func place(of path: FilePath, in branch: Branch) -> StoreFiles.Place? {
        var relative = path.absolute
        guard relative.removePrefix(branch.root.absolute) else { return nil }
        // What was taken out is no part of the store. Locks stand beside what is kept in a folder of its own.
        if let first = relative.components.first?.string, [Quarantine.folderName, "locks"].contains(first) {
            return .leftOut
        }
        if let role = branch.role(relative.components.map(\.string)) { return .file(role) }
        switch path.extension {
        case PartitionFormat.fileExtension: return .file(.misplaced("partition"))
        case ArtifactFormat.fileExtension: return .file(.misplaced("artifact"))
        default: return .other
        }
    }

    private static func partition(_ names: [String]) -> StoredFile.Role? {
        guard names.count == 4, names[2] == "exposures", let key = surfaceKey(names),
            FilePath(names[3]).extension == PartitionFormat.fileExtension
        else { return nil }
        return .partition(key, dayName: FilePath(names[3]).stem ?? "")
    }

    private static func artifact(_ names: [String]) -> StoredFile.Role? {
        guard names.count == 4, let key = surfaceKey(names),
            let format = ArtifactFileFormat(fileExtension: FilePath(names[3]).extension)
        else { return nil }
        let versionName = FilePath(names[3]).stem ?? ""
        return .artifact(format, ArtifactPlace(surfaceKey: key, kindName: names[2], versionName: versionName))
    }

    private static func staged(_ names: [String]) -> StoredFile.Role? {
        guard names.count == 6, surfaceKey(names) != nil else { return nil }
        if names[5].hasSuffix(StagingArea.noteSuffix) { return .stagedNote }
        guard let format = ArtifactFileFormat(fileExtension: FilePath(names[5]).extension) else { return nil }
        return .stagedArtifact(format, versionName: FilePath(names[5]).stem ?? "")
    }

    private static func registered(_ names: [String]) -> StoredFile.Role? {
        guard let tree = names.first, names.last?.hasSuffix(".json") == true else { return nil }
        let inner = Array(names.dropFirst())
        switch tree {
        case "records":
            return inner.count == 4 ? surfaceKey(inner).map { .record($0, kindName: inner[2]) } : nil
        case "history": return owner(inner).map { .historyEntry($0) }
        case "current": return owner(inner).map { .manifest($0) }
        case "pins": return inner.count == 4 ? surfaceKey(inner).map { .pin($0) } : nil
        case "collected": return inner.count == 3 ? surfaceKey(inner).map { _ in .collectionLog } : nil
        default: return nil
        }
    }

    private static func ledgerEntry(_ names: [String]) -> StoredFile.Role? {
        guard names.count == 3, names[2].hasSuffix(".json") else { return nil }
        return surfaceKey(names).map { .ledgerEntry($0) }
    }

    private static func checkpoint(_ names: [String]) -> StoredFile.Role? {
        owner(names) != nil && names.last == "checkpoint.json" ? .checkpoint : nil
    }

    /// Of `<tenant>/<surface>/...`.
    private static func surfaceKey(_ names: [String]) -> SurfaceKey? {
        guard names.count >= 2, let tenant = try? PathSegment(names[0]), let surface = try? PathSegment(names[1])
        else { return nil }
        return SurfaceKey(tenant: tenant, surface: surface)
    }

    /// Of `<tenant>/<surface>/<file>` or `<tenant>/<surface>/segments/<segment>/<file>`.
    private static func owner(_ names: [String]) -> SegmentKey? {
        guard let key = surfaceKey(names) else { return nil }
        if names.count == 3 { return SegmentKey(key) }
        guard names.count == 5, names[2] == "segments", let segment = try? PathSegment(names[3]) else { return nil }
        return SegmentKey(key, segment: segment)
    }
}

extension FilePath {
    /// The path from the root, without `.` and `..`.
    var absolute: FilePath {
        let start = isAbsolute ? self : FilePath(FileManager.default.currentDirectoryPath).pushing(self)
        return start.lexicallyNormalized()
    }
}
