import Platform
import SystemPackage

/// Files that are to be verified.
struct StoreFiles {
    /// What a path is by its place.
    enum Place {
        case file(StoredFile.Role)
        /// A file that nobody knows what it must be.
        case other
        /// A folder or a file that is no business of a verification.
        case leftOut
    }

    private(set) var files: [StoredFile] = []
    /// What nobody knows what it must be: unfinished files, pipes and devices among them. It is never opened.
    private(set) var others: [FilePath] = []

    mutating func add(_ others: [StoredFile]) {
        files += others
    }

    mutating func add(_ other: StoreFiles) {
        files += other.files
        others += other.others
    }

    /// Adds what `path` names.
    ///
    /// - Parameter status: Nil if it is a link to nothing.
    mutating func add(_ path: FilePath, _ status: File.Status?, _ place: Place) {
        let isUnfinished = path.lastComponent?.string.hasPrefix(AtomicFile.temporaryPrefix) == true
        switch place {
        case .leftOut: break
        case .file(let role) where !isUnfinished && status?.isRegularFile != false:
            files.append(StoredFile(path: path, role: role))
        case .file, .other: others.append(path)
        }
    }

    /// Adds all files below a folder, which need not be there. Links are followed.
    ///
    /// A folder that cannot be listed is added itself, with the reason.
    ///
    /// - Parameter parents: The folders that hold this one: a link that leads back to one of them is passed over.
    mutating func add(below folder: FilePath, parents: Set<File.Identity> = [], place: (FilePath) -> Place) {
        do {
            guard let status = try File.status(at: folder), !parents.contains(status.identity) else { return }
            for name in try Directory.names(in: folder) {
                add(folder.appending(name), parents: parents.union([status.identity]), place: place)
            }
        } catch {
            files.append(StoredFile(path: folder, role: .unlistedFolder(error)))
        }
    }

    private mutating func add(_ path: FilePath, parents: Set<File.Identity>, place: (FilePath) -> Place) {
        let found = place(path)
        if case .leftOut = found { return }
        do {
            let status = try File.status(at: path)
            guard status?.isDirectory == true else { return add(path, status, found) }
            add(below: path, parents: parents, place: place)
        } catch {
            files.append(StoredFile(path: path, role: .unlistedFolder(error)))
        }
    }
}
