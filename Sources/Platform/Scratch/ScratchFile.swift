package import SystemPackage

/// A temporary file with a name, written from beginning to end. It is not made durable: after a crash nobody wants it.
package struct ScratchFile: ~Copyable {
    private let path: FilePath
    private let descriptor: FileDescriptor

    /// Creates the file, and the folders above it that are missing.
    package init(path: FilePath) throws(StorageError) {
        try Directory.create(path.removingLastComponent())
        let descriptor = try File.open(path, .writeOnly, options: [.create, .exclusiveCreate])
        self.path = path
        self.descriptor = descriptor
    }

    deinit {
        File.discard(descriptor)
    }

    /// Adds bytes at the end.
    package mutating func write(_ bytes: borrowing RawSpan) throws(StorageError) {
        try File.write(bytes, to: descriptor, path: path)
    }
}
