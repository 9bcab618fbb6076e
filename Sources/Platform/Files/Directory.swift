package import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// System calls on folders.
package enum Directory {
    /// Creates the folder and those above it that are missing, each made durable in the folder that holds it.
    ///
    /// - Parameter isDurable: False for folders that may be missing after the machine has crashed.
    package static func create(_ path: FilePath, isDurable: Bool = true) throws(StorageError) {
        if path.isEmpty { return }
        let parent = path.removingLastComponent()
        if try File.exists(path) {
            // Whoever created it may have died before it was durable, which comes before anything is put into it.
            if isDurable, try isEmpty(path) { try synchronise(parent) }
            return
        }
        try create(parent, isDurable: isDurable)
        do throws(StorageError) {
            try File.attempt("create folder", path) { calls throws(Errno) in try calls.createFolder(path) }
        } catch {
            if error.errno != .fileExists { throw error }
        }
        if isDurable { try synchronise(parent) }
    }

    /// Makes the names in a folder durable. An empty path is the current folder.
    package static func synchronise(_ path: FilePath) throws(StorageError) {
        let folder = path.isEmpty ? FilePath(".") : path
        let descriptor = try File.open(folder, .readOnly, options: .directory)
        defer { File.discard(descriptor) }
        try File.synchronise(descriptor, path: folder)
    }

    /// The paths that a pattern (`*`, `?`, `[...]`) matches, ascending by bytes.
    package static func matches(of pattern: String) throws(StorageError) -> [FilePath] {
        var result = unsafe glob_t()
        defer { unsafe globfree(&result) }
        switch unsafe glob(pattern, GLOB_NOSORT, nil, &result) {
        case 0: break
        case GLOB_NOMATCH: return []
        default: throw StorageError("list", FilePath(pattern), .current)
        }
        let paths = unsafe (0..<Int(result.gl_pathc)).compactMap { index in
            unsafe result.gl_pathv[index].map { unsafe String(cString: $0) }
        }
        return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { FilePath($0) }
    }

    /// The names in a folder, sorted by bytes, without `.` and `..`; a folder that is missing has none.
    package static func names(in path: FilePath) throws(StorageError) -> [String] {
        do throws(StorageError) {
            let names = try File.attempt("list", path) { calls throws(Errno) in try calls.names(in: path) }
            return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        } catch {
            if error.errno == .noSuchFileOrDirectory { return [] }
            throw error
        }
    }

    /// True if `path` names a folder in which there is nothing.
    private static func isEmpty(_ path: FilePath) throws(StorageError) -> Bool {
        do throws(StorageError) {
            return try File.attempt("list", path) { calls throws(Errno) in try calls.isEmptyFolder(path) }
        } catch {
            if error.errno == .notDirectory { return false }
            throw error
        }
    }

    /// True if `path` names a folder, and not a link to one.
    package static func exists(_ path: FilePath) throws(StorageError) -> Bool {
        try File.status(at: path, followingLinks: false)?.isDirectory == true
    }

    /// Removes a file, or a folder with all that is in it. What others remove at the same time is no error.
    package static func removeTree(_ path: FilePath) throws(StorageError) {
        guard try exists(path) else { return try File.remove(path) }
        for name in try names(in: path) { try removeTree(path.appending(name)) }
        try removeFolder(path, ignoring: [.noSuchFileOrDirectory])
    }

    /// Removes a folder if nothing is in it.
    package static func removeIfEmpty(_ path: FilePath) throws(StorageError) {
        try removeFolder(path, ignoring: [.noSuchFileOrDirectory, .directoryNotEmpty, .fileExists, .notDirectory])
    }

    private static func removeFolder(_ path: FilePath, ignoring reasons: [Errno]) throws(StorageError) {
        do throws(StorageError) {
            try File.attempt("remove folder", path) { calls throws(Errno) in try calls.removeFolder(path) }
        } catch {
            if !reasons.contains(error.errno) { throw error }
        }
    }
}
