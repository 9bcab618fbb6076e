package import Platform
import Synchronization
package import SystemPackage

/// Makes the calls, and notes in their order those that matter to what is on the disk below a folder.
///
/// Nothing waits for the disk: that it was asked to is noted, which is enough.
package final class CallRecorder: ForwardingFileSystem {
    private struct Notes {
        var calls: [NotedCall] = []
        var handles: [FileDescriptor: Int] = [:]
        var openingCount = 0
    }

    package let base: any FileSystemCalls
    /// With a slash at its end.
    private let prefix: String
    /// Held while a call is made, so that the order of the notes is that of the calls.
    private let notes = Mutex(Notes())

    package init(below folder: FilePath, _ base: any FileSystemCalls = FileSystem.calls) {
        prefix = folder.string + "/"
        self.base = HastyFileSystem(base)
    }

    /// What was noted so far.
    package var calls: [NotedCall] { notes.withLock { $0.calls } }

    /// What is noted while `body` runs; its error ends the recording, and is thrown.
    package static func calls(below folder: FilePath, of body: () throws -> Void) throws -> [NotedCall] {
        let recorder = CallRecorder(below: folder)
        try FileSystem.$calls.withValue(recorder) { try body() }
        return recorder.calls
    }

    package func open(
        _ path: FilePath, _ mode: FileDescriptor.AccessMode, _ options: FileDescriptor.OpenOptions,
    ) throws(Errno) -> FileDescriptor {
        try notes.withLock { notes throws(Errno) in
            let descriptor = try base.open(path, mode, options)
            guard let name = name(path) else { return descriptor }
            notes.openingCount += 1
            notes.handles[descriptor] = notes.openingCount
            let isTruncating = options.contains(.truncate)
            notes.calls.append(.open(handle: notes.openingCount, path: name, isTruncating: isTruncating))
            return descriptor
        }
    }

    package func close(_ descriptor: FileDescriptor) throws(Errno) {
        try notes.withLock { notes throws(Errno) in
            if let handle = notes.handles.removeValue(forKey: descriptor) { notes.calls.append(.close(handle: handle)) }
            try base.close(descriptor)
        }
    }

    package func write(_ descriptor: FileDescriptor, _ bytes: RawSpan) throws(Errno) -> Int {
        try notes.withLock { notes throws(Errno) in
            let count = try base.write(descriptor, bytes)
            if let handle = notes.handles[descriptor] {
                let written = bytes.extracting(first: count)
                notes.calls.append(.write(handle: handle, bytes: written.copiedBytes))
            }
            return count
        }
    }

    package func synchronise(_ descriptor: FileDescriptor) throws(Errno) {
        notes.withLock { notes in
            if let handle = notes.handles[descriptor] { notes.calls.append(.synchronise(handle: handle)) }
        }
    }

    package func synchroniseFileSystem(of descriptor: FileDescriptor) throws(Errno) {
        notes.withLock { $0.calls.append(.synchroniseAll) }
    }

    package func rename(_ source: FilePath, to destination: FilePath) throws(Errno) {
        try note({ path throws(Errno) in .rename(path: path, to: try inside(destination)) }, source) {
            calls throws(Errno) in
            try calls.rename(source, to: destination)
        }
    }

    package func link(_ source: FilePath, to destination: FilePath) throws(Errno) {
        try note({ path throws(Errno) in .link(path: path, to: try inside(destination)) }, source) {
            calls throws(Errno) in
            try calls.link(source, to: destination)
        }
    }

    package func remove(_ path: FilePath) throws(Errno) {
        try note({ .remove(path: $0) }, path) { calls throws(Errno) in try calls.remove(path) }
    }

    package func createFolder(_ path: FilePath) throws(Errno) {
        try note({ .createFolder(path: $0) }, path) { calls throws(Errno) in try calls.createFolder(path) }
    }

    package func removeFolder(_ path: FilePath) throws(Errno) {
        try note({ .removeFolder(path: $0) }, path) { calls throws(Errno) in try calls.removeFolder(path) }
    }

    private func note(
        _ call: (String) throws(Errno) -> NotedCall, _ path: FilePath,
        _ body: (any FileSystemCalls) throws(Errno) -> Void,
    ) throws(Errno) {
        try notes.withLock { notes throws(Errno) in
            try body(base)
            if let name = name(path) { notes.calls.append(try call(name)) }
        }
    }

    /// The path below the folder, or nil if it is elsewhere.
    private func name(_ path: FilePath) -> String? {
        let path = path.string
        if path + "/" == prefix { return "" }
        return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : nil
    }

    /// The path below the folder. What is in it is not moved out of it.
    private func inside(_ path: FilePath) throws(Errno) -> String {
        guard let name = name(path) else { throw .improperLink }
        return name
    }
}
