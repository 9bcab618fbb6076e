package import SystemPackage

/// A file that a user names as the place of a result.
package enum OutputFile {
    /// Writes to `path` what `body` hands to the function that it is given.
    ///
    /// A file appears whole or not at all; into a pipe or a device the bytes are written as they come.
    ///
    /// - Returns: What `body` returns.
    /// - Throws: `StorageError`; whatever `body` throws.
    package static func write<Result>(
        to path: FilePath, _ body: ((RawSpan) throws -> Void) throws -> Result,
    ) throws -> Result {
        if let status = try File.status(at: path), !status.isRegularFile {
            let descriptor = try File.open(path, .writeOnly)
            defer { File.discard(descriptor) }
            return try body { try File.write($0, to: descriptor, path: path) }
        }
        var target = try AtomicFile(path: path)
        let result = try body { try target.write($0) }
        try target.commit()
        return result
    }
}
