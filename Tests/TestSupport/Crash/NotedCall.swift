/// A call that changes a file system, or that says what must outlive a crash of the machine.
///
/// Paths are relative to the folder that is watched. A handle is the number of an opening, which no other opening has.
package enum NotedCall: Equatable, Sendable {
    /// Opens what `path` names; a file that is missing is created if the call may do that.
    case open(handle: Int, path: String, isTruncating: Bool = false)
    /// Writes where the last write through the handle ended.
    case write(handle: Int, bytes: [UInt8])
    /// `fsync` of a file or a folder.
    case synchronise(handle: Int)
    /// `syncfs`.
    case synchroniseAll
    case close(handle: Int)
    case rename(path: String, to: String)
    case link(path: String, to: String)
    case remove(path: String)
    case createFolder(path: String)
    case removeFolder(path: String)

    /// The path that has a new file, or another one, after the call.
    package var namedPath: String? {
        switch self {
        case .rename(_, let path), .link(_, let path): path
        default: nil
        }
    }
}
