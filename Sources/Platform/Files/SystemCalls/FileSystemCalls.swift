package import SystemPackage

/// Every call to the system that has to do with files, one method each. Nothing else in the product makes any.
///
/// A method does what the call does, not more: it may be interrupted, and read or write less than it was asked to. What
/// is built on it (`File`, `Directory`) repeats and checks. So a test can put another implementation in the place of
/// the system's, which notes the calls, or lets one of them fail.
package protocol FileSystemCalls: Sendable {
    /// `open(2)`.
    func open(
        _ path: FilePath, _ mode: FileDescriptor.AccessMode, _ options: FileDescriptor.OpenOptions,
    ) throws(Errno) -> FileDescriptor
    /// `close(2)`. The descriptor is gone whatever the outcome.
    func close(_ descriptor: FileDescriptor) throws(Errno)
    /// `read(2)` into a part of `target` or, with an offset, `pread(2)`: how many bytes came, 0 at the end of the file.
    func read(
        _ descriptor: FileDescriptor, into target: inout MutableRawSpan, _ range: Range<Int>, at offset: Int?,
    ) throws(Errno) -> Int
    /// `write(2)`: how many bytes went.
    func write(_ descriptor: FileDescriptor, _ bytes: RawSpan) throws(Errno) -> Int
    /// `fsync(2)`, of a file or a folder.
    func synchronise(_ descriptor: FileDescriptor) throws(Errno)
    /// `syncfs(2)`: all of the file system that the descriptor is on.
    func synchroniseFileSystem(of descriptor: FileDescriptor) throws(Errno)
    /// `flock(2)`, without waiting: `Errno.wouldBlock` if somebody holds a lock that excludes this one.
    func lock(_ descriptor: FileDescriptor, isShared: Bool) throws(Errno)
    /// `mmap(2)` of the first bytes, to be read.
    func map(_ descriptor: FileDescriptor, byteCount: Int) throws(Errno) -> MappedMemory
    /// `fstat(2)`.
    func status(of descriptor: FileDescriptor) throws(Errno) -> File.Status
    /// `stat(2)` or, of a link itself, `lstat(2)`.
    func status(at path: FilePath, followingLinks: Bool) throws(Errno) -> File.Status
    /// `opendir(3)` and `readdir(3)` to the end: the names but `.` and `..`, in any order.
    func names(in path: FilePath) throws(Errno) -> [String]
    /// `opendir(3)` and `readdir(3)` until there is a name but `.` and `..`.
    func isEmptyFolder(_ path: FilePath) throws(Errno) -> Bool
    /// `rename(2)`.
    func rename(_ source: FilePath, to destination: FilePath) throws(Errno)
    /// `link(2)`.
    func link(_ source: FilePath, to destination: FilePath) throws(Errno)
    /// `unlink(2)`.
    func remove(_ path: FilePath) throws(Errno)
    /// `mkdir(2)`.
    func createFolder(_ path: FilePath) throws(Errno)
    /// `rmdir(2)`.
    func removeFolder(_ path: FilePath) throws(Errno)
}

/// Memory that a file was mapped to.
@safe package struct MappedMemory: @unchecked Sendable {
    let address: UnsafeMutableRawPointer
}

extension FileSystem {
    /// Who makes the calls: the system itself, but for tests. Threads of `Parallel` take it over.
    @TaskLocal package static var calls: any FileSystemCalls = LocalFileSystem()
}
