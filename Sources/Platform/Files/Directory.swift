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
        if try File.exists(path) { return }
        let parent = path.removingLastComponent()
        try create(parent, isDurable: isDurable)
        let result = unsafe path.withPlatformString { unsafe mkdir($0, 0o755) }
        if result != 0 {
            let reason = Errno.current
            guard reason == .fileExists else { throw StorageError("create folder", path, reason) }
        }
        if isDurable { try synchronise(parent) }
    }

    /// Makes the names in a folder durable. An empty path is the current folder.
    package static func synchronise(_ path: FilePath) throws(StorageError) {
        let folder = path.isEmpty ? FilePath(".") : path
        let descriptor = try File.open(folder, .readOnly, options: .directory)
        defer { try? descriptor.close() }
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
        guard let stream = unsafe opendir(path.string) else {
            let reason = Errno.current
            if reason == .noSuchFileOrDirectory { return [] }
            throw StorageError("list", path, reason)
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        // The end of the folder and a failure look alike but for the reason.
        errno = 0
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
                    unsafe String(cString: $0)
                }
            }
            if name != "." && name != ".." { names.append(name) }
            errno = 0
        }
        guard errno == 0 else { throw StorageError("list", path, .current) }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// True if `path` names a folder, and not a link to one.
    package static func exists(_ path: FilePath) throws(StorageError) -> Bool {
        var record = stat()
        guard unsafe lstat(path.string, &record) == 0 else {
            let reason = Errno.current
            if reason == .noSuchFileOrDirectory || reason == .notDirectory { return false }
            throw StorageError("inspect", path, reason)
        }
        return record.st_mode & S_IFMT == S_IFDIR
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
        if unsafe path.withPlatformString({ unsafe rmdir($0) }) == 0 { return }
        let reason = Errno.current
        guard reasons.contains(reason) else { throw StorageError("remove folder", path, reason) }
    }
}
