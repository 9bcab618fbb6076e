package import SystemPackage

/// The calls that may fail, by what they do.
package enum FileCall: String, Sendable, CaseIterable {
    case open, create, close, read, write, synchronise, synchroniseFileSystem, lock, map, status, names, rename, link
    case remove, createFolder, removeFolder

    /// Why such a call fails when storage does.
    package var reasons: [Errno] {
        switch self {
        case .open: [.ioError, .permissionDenied, .tooManyOpenFiles]
        case .create: [.noSpace, .permissionDenied, .tooManyOpenFiles, .ioError]
        case .close, .read, .removeFolder: [.ioError]
        case .write: [.noSpace, .ioError]
        case .synchronise, .synchroniseFileSystem: [.ioError, .noSpace]
        case .lock: [.noLocks]
        case .map: [.noMemory]
        case .status: [.ioError, .permissionDenied]
        case .names: [.ioError, .tooManyOpenFiles]
        case .rename, .link: [.noSpace, .ioError, .permissionDenied]
        case .remove: [.ioError, .permissionDenied]
        case .createFolder: [.noSpace, .permissionDenied]
        }
    }

    /// True if a file system without room refuses such a call.
    package var needsRoom: Bool {
        switch self {
        case .create, .write, .rename, .link, .createFolder: true
        default: false
        }
    }
}

/// What is wrong with the storage.
package enum StorageFault: Sendable, Equatable, CustomStringConvertible {
    case none
    /// One call fails, all others work.
    case failing(call: Int, Errno)
    /// A file whose path ends so cannot be opened.
    case unreadable(String)
    /// From that call on there is no room.
    case full(fromCall: Int)
    /// Every call is interrupted now and then.
    case interrupting
    /// A read or a write transfers one byte.
    case short

    package var description: String {
        switch self {
        case .none: "no fault"
        case .failing(let call, let reason): "call \(call) fails: \(reason)"
        case .unreadable(let end): "\(end) cannot be opened"
        case .full(let call): "full from call \(call) on"
        case .interrupting: "interruptions"
        case .short: "one byte at a time"
        }
    }
}
