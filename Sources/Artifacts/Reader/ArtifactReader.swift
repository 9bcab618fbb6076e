package import Builders
package import Columns
import Events
package import Platform
import SystemPackage

/// An artifact opened for serving: verified once, then answering look-ups from memory without parsing anything.
///
/// A look-up by key takes less than a microsecond at the median. In memory are the ids, 4, 8 or 12 bytes
/// an entry, and 30 to 36 bytes a row. Safe to share between threads.
public final class ArtifactReader: Sendable {
    private let key: ArtifactKey
    let table: RankedTable
    /// The SHA-256 of the file: its version.
    public let version: String

    /// Opens an artifact file (`.rsart`) and verifies all of it.
    ///
    /// - Parameters:
    ///   - path: The artifact file.
    ///   - version: The version that it must be, which a manifest has as the file's name. A file of another is refused
    ///     before memory is taken for what it holds: a small file of a stranger may say that it holds much.
    /// - Throws: An error whose description says what is wrong, where, and what to do: there is no such file, it is of
    ///   another format or version, or damaged.
    public convenience init(path: String, version: String? = nil) throws {
        try self.init(DataFile(path: FilePath(path)), version: version)
    }

    package init(_ file: DataFile, version: String? = nil) throws(FormatError) {
        do {
            self.version = try SHA256Digest(of: file).hexadecimal
        } catch {
            throw FormatError(error)
        }
        if let version, version != self.version {
            throw FormatError(.mismatched, file.path, "its SHA-256 is \(self.version), not \(version)")
        }
        var scan = try ArtifactScan(file)
        key = scan.metadata.key
        table = try RankedTable(&scan)
    }

    /// The kind: `popularity`, `cooc`, `implicit`, `content_sim` or `session_seq`.
    public var kind: String { key.kind.rawValue }

    /// Whose events it was made from.
    public var tenant: String { key.owner.tenant.text }

    /// Where they were shown.
    public var surface: String { key.owner.surface.text }

    /// The variant of the artifacts that it belongs to, if any.
    public var segment: String? { key.owner.segment?.text }

    /// What its rows are.
    package var form: ArtifactForm { key.kind.form }

    /// The first UTC day of the window, `YYYY-MM-DD`.
    public var firstDay: String { key.window.start.description }

    /// The last UTC day of the window, `YYYY-MM-DD`.
    public var lastDay: String { key.window.end.description }

    /// The keys of the rows, ascending by bytes: items, or users; none in a popularity artifact.
    public var keys: [String] { (0..<table.rows.count).map { table.rows.key(ofRow: $0) } }

    /// The most popular items, at most `n`, most exposures first; none unless this is a popularity artifact.
    public func top(n: Int) -> RankedList {
        RankedList(table, key.kind.form == .ranking ? 0..<min(max(0, n), table.entryCount) : 0..<0)
    }

    /// The neighbours of an item, best first, or nil if it has none; for a cooc artifact.
    public func neighbors(of item: String) -> RankedList? {
        key.kind.form == .neighbors ? row(item) : nil
    }

    /// The items of a user, best first, or nil if the user is unknown; for an implicit or session_seq artifact.
    public func items(for user: String) -> RankedList? {
        key.kind.form == .users ? row(user) : nil
    }

    /// The tags of an item in the order of the catalog, or nil if it has none; for a content_sim artifact.
    public func tags(of item: String) -> RankedList? {
        key.kind.form == .tags ? row(item) : nil
    }

    private func row(_ key: String) -> RankedList? {
        table.rows.entries(of: key.utf8.span).map { RankedList(table, $0) }
    }
}
