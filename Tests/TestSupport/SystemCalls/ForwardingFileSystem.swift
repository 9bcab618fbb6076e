package import Platform
package import SystemPackage

/// Calls that are handed on, all but those that a type does itself.
package protocol ForwardingFileSystem: FileSystemCalls {
    /// Who makes the calls in the end.
    var base: any FileSystemCalls { get }
}

extension ForwardingFileSystem {
    package func open(
        _ path: FilePath, _ mode: FileDescriptor.AccessMode, _ options: FileDescriptor.OpenOptions,
    ) throws(Errno) -> FileDescriptor {
        try base.open(path, mode, options)
    }

    package func close(_ descriptor: FileDescriptor) throws(Errno) {
        try base.close(descriptor)
    }

    package func read(
        _ descriptor: FileDescriptor, into target: inout MutableRawSpan, _ range: Range<Int>, at offset: Int?,
    ) throws(Errno) -> Int {
        try base.read(descriptor, into: &target, range, at: offset)
    }

    package func write(_ descriptor: FileDescriptor, _ bytes: RawSpan) throws(Errno) -> Int {
        try base.write(descriptor, bytes)
    }

    package func synchronise(_ descriptor: FileDescriptor) throws(Errno) {
        try base.synchronise(descriptor)
    }

    package func synchroniseFileSystem(of descriptor: FileDescriptor) throws(Errno) {
        try base.synchroniseFileSystem(of: descriptor)
    }

    package func lock(_ descriptor: FileDescriptor, isShared: Bool) throws(Errno) {
        try base.lock(descriptor, isShared: isShared)
    }

    package func map(_ descriptor: FileDescriptor, byteCount: Int) throws(Errno) -> MappedMemory {
        try base.map(descriptor, byteCount: byteCount)
    }

    package func status(of descriptor: FileDescriptor) throws(Errno) -> File.Status {
        try base.status(of: descriptor)
    }

    package func status(at path: FilePath, followingLinks: Bool) throws(Errno) -> File.Status {
        try base.status(at: path, followingLinks: followingLinks)
    }

    package func names(in path: FilePath) throws(Errno) -> [String] {
        try base.names(in: path)
    }

    package func isEmptyFolder(_ path: FilePath) throws(Errno) -> Bool {
        try base.isEmptyFolder(path)
    }

    package func rename(_ source: FilePath, to destination: FilePath) throws(Errno) {
        try base.rename(source, to: destination)
    }

    package func link(_ source: FilePath, to destination: FilePath) throws(Errno) {
        try base.link(source, to: destination)
    }

    package func remove(_ path: FilePath) throws(Errno) {
        try base.remove(path)
    }

    package func createFolder(_ path: FilePath) throws(Errno) {
        try base.createFolder(path)
    }

    package func removeFolder(_ path: FilePath) throws(Errno) {
        try base.removeFolder(path)
    }
}
