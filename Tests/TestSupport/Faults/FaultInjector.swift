package import Platform
import Synchronization
package import SystemPackage

/// Makes the calls, or lets them fail as storage does that has a fault. Nothing waits for the disk.
package final class FaultInjector: ForwardingFileSystem {
    /// What became of the calls.
    package struct Account: Sendable {
        /// All calls in their order; an interrupted one and its repetition are two.
        package var calls: [FileCall] = []
        /// The one that failed, and what it was about.
        package var failedCall: (call: FileCall, place: String)?
        /// True if a call failed that was to make something durable.
        package var hasFailedToSynchronise = false
        /// Files that were synchronised again after that had failed.
        package var repeatedSynchronisationCount = 0
        /// What is open.
        package var openDescriptors: Set<FileDescriptor> = []
        fileprivate var distrustedFiles: Set<File.Identity> = []
    }

    package let base: any FileSystemCalls
    private let fault: StorageFault
    private let state = Mutex(Account())

    package init(_ fault: StorageFault, _ base: any FileSystemCalls = FileSystem.calls) {
        self.fault = fault
        self.base = HastyFileSystem(base)
    }

    /// What was called so far.
    package var account: Account { state.withLock { $0 } }

    package func open(
        _ path: FilePath, _ mode: FileDescriptor.AccessMode, _ options: FileDescriptor.OpenOptions,
    ) throws(Errno) -> FileDescriptor {
        try admit(options.contains(.create) ? .create : .open, path.string)
        let descriptor = try base.open(path, mode, options)
        state.withLock { _ = $0.openDescriptors.insert(descriptor) }
        return descriptor
    }

    /// It is closed even if that fails.
    package func close(_ descriptor: FileDescriptor) throws(Errno) {
        state.withLock { _ = $0.openDescriptors.remove(descriptor) }
        try base.close(descriptor)
        try admit(.close, "")
    }

    package func read(
        _ descriptor: FileDescriptor, into target: inout MutableRawSpan, _ range: Range<Int>, at offset: Int?,
    ) throws(Errno) -> Int {
        try admit(.read, "")
        let part = fault == .short ? range.lowerBound..<min(range.upperBound, range.lowerBound + 1) : range
        return try base.read(descriptor, into: &target, part, at: offset)
    }

    package func write(_ descriptor: FileDescriptor, _ bytes: RawSpan) throws(Errno) -> Int {
        try admit(.write, "")
        return try base.write(descriptor, fault == .short ? bytes.extracting(first: 1) : bytes)
    }

    package func synchronise(_ descriptor: FileDescriptor) throws(Errno) {
        let file = try base.status(of: descriptor).identity
        state.withLock { state in
            if state.distrustedFiles.contains(file) { state.repeatedSynchronisationCount += 1 }
        }
        do throws(Errno) {
            try admit(.synchronise, "")
        } catch {
            state.withLock { _ = $0.distrustedFiles.insert(file) }
            throw error
        }
    }

    package func synchroniseFileSystem(of descriptor: FileDescriptor) throws(Errno) {
        try admit(.synchroniseFileSystem, "")
    }

    package func lock(_ descriptor: FileDescriptor, isShared: Bool) throws(Errno) {
        try admit(.lock, "")
        try base.lock(descriptor, isShared: isShared)
    }

    package func map(_ descriptor: FileDescriptor, byteCount: Int) throws(Errno) -> MappedMemory {
        try admit(.map, "")
        return try base.map(descriptor, byteCount: byteCount)
    }

    package func status(of descriptor: FileDescriptor) throws(Errno) -> File.Status {
        try admit(.status, "")
        return try base.status(of: descriptor)
    }

    package func status(at path: FilePath, followingLinks: Bool) throws(Errno) -> File.Status {
        try admit(.status, path.string)
        return try base.status(at: path, followingLinks: followingLinks)
    }

    package func names(in path: FilePath) throws(Errno) -> [String] {
        try admit(.names, path.string)
        return try base.names(in: path)
    }

    package func isEmptyFolder(_ path: FilePath) throws(Errno) -> Bool {
        try admit(.names, path.string)
        return try base.isEmptyFolder(path)
    }

    package func rename(_ source: FilePath, to destination: FilePath) throws(Errno) {
        try admit(.rename, destination.string)
        try base.rename(source, to: destination)
    }

    package func link(_ source: FilePath, to destination: FilePath) throws(Errno) {
        try admit(.link, destination.string)
        try base.link(source, to: destination)
    }

    package func remove(_ path: FilePath) throws(Errno) {
        try admit(.remove, path.string)
        try base.remove(path)
    }

    package func createFolder(_ path: FilePath) throws(Errno) {
        try admit(.createFolder, path.string)
        try base.createFolder(path)
    }

    package func removeFolder(_ path: FilePath) throws(Errno) {
        try admit(.removeFolder, path.string)
        try base.removeFolder(path)
    }

    /// Counts a call, and throws if it is to fail.
    private func admit(_ call: FileCall, _ place: String) throws(Errno) {
        try state.withLock { state throws(Errno) in
            let index = state.calls.count
            state.calls.append(call)
            guard let reason = reason(call, index, place) else { return }
            if reason == .interrupted { throw reason }
            if state.failedCall == nil { state.failedCall = (call, place) }
            if call == .synchronise || call == .synchroniseFileSystem { state.hasFailedToSynchronise = true }
            throw reason
        }
    }

    private func reason(_ call: FileCall, _ index: Int, _ place: String) -> Errno? {
        switch fault {
        case .none, .short: nil
        case .failing(let number, let reason): index == number ? reason : nil
        case .unreadable(let end): call == .open && place.hasSuffix(end) ? .ioError : nil
        case .full(let number): index >= number && call.needsRoom ? .noSpace : nil
        // Whether an interrupted call for the disk has done its work nobody knows, so that it is a failure.
        case .interrupting: index.isMultiple(of: 2) && !isForTheDisk(call) ? .interrupted : nil
        }
    }

    private func isForTheDisk(_ call: FileCall) -> Bool {
        call == .synchronise || call == .synchroniseFileSystem
    }
}
