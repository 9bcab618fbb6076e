import Synchronization
package import SystemPackage

/// Where a computation keeps what may outgrow memory: in memory as long as there is room, else in files without a name.
///
/// Nothing is created on disk before the first file is. Safe to share between threads.
package final class ScratchSpace: Sendable {
    private struct State {
        var freeByteCount: Int
        var folder: ScratchFolder?
    }

    private let root: FilePath
    private let name: String
    private let state: Mutex<State>

    /// - Parameters:
    ///   - root: Where computations of all processes keep their folders.
    ///   - name: The name of this one's folder, which no other has.
    ///   - memoryByteCount: How much may be kept in memory, all arrays together.
    package init(root: FilePath, name: String, memoryByteCount: Int) {
        self.root = root
        self.name = name
        state = Mutex(State(freeByteCount: memoryByteCount))
    }

    /// Memory alone, for what is known to fit.
    package static let memory = ScratchSpace(root: "", name: "", memoryByteCount: .max)

    /// A new file without a name.
    ///
    /// - Throws: `StorageError`; `LockHeldError` if other processes take the folder away again and again.
    func makeFile() throws -> UnnamedFile {
        let folder = try state.withLock { state in
            let folder = try state.folder ?? ScratchFolder(root: root, name: name)
            state.folder = folder
            return folder.path
        }
        return try UnnamedFile(in: folder)
    }

    /// Takes so much of the memory that is left; false if that is less.
    fileprivate func reserve(_ byteCount: Int) -> Bool {
        state.withLock { state in
            guard state.freeByteCount >= byteCount else { return false }
            state.freeByteCount -= byteCount
            return true
        }
    }

    fileprivate func release(_ byteCount: Int) {
        state.withLock { $0.freeByteCount += byteCount }
    }
}

/// A part of the memory of a space, which gets it back when the object goes.
final class ScratchReservation: Sendable {
    private let space: ScratchSpace
    private let byteCount = Mutex(0)

    init(of space: ScratchSpace) {
        self.space = space
    }

    deinit {
        space.release(byteCount.withLock { $0 })
    }

    /// Takes more; false if there is not as much left.
    func grow(by count: Int) -> Bool {
        guard space.reserve(count) else { return false }
        byteCount.withLock { $0 += count }
        return true
    }
}
