import Builders
package import Columns
import Events
package import Platform
import SystemPackage

/// An artifact opened for serving: verified once, then answering look-ups from memory without parsing anything.
///
/// Safe to share between threads.
public final class ArtifactReader: Sendable {
    package let artifact: Artifact
    /// The SHA-256 of the file: its version.
    public let version: String

    /// Opens an artifact file (`.rsart`) and verifies all of it.
    ///
    /// - Throws: An error whose description says what is wrong, where, and what to do: there is no such file, it is of
    ///   another format or version, or damaged.
    public convenience init(path: String) throws {
        try self.init(MappedFile(path: FilePath(path)))
    }

    package init(_ file: MappedFile) throws(FormatError) {
        artifact = try ArtifactDecoder.decode(file)
        version = SHA256Digest(of: file.bytes).hexadecimal
    }

    /// The kind: `popularity`, `cooc`, `implicit`, `content_sim` or `session_seq`.
    public var kind: String { artifact.key.kind.rawValue }

    /// Whose events it was made from.
    public var tenant: String { artifact.key.owner.tenant.text }

    /// Where they were shown.
    public var surface: String { artifact.key.owner.surface.text }

    /// The variant of the artifacts that it belongs to, if any.
    public var segment: String? { artifact.key.owner.segment?.text }

    /// The first UTC day of the window, `YYYY-MM-DD`.
    public var firstDay: String { artifact.key.window.start.description }

    /// The last UTC day of the window, `YYYY-MM-DD`.
    public var lastDay: String { artifact.key.window.end.description }

    /// The most popular items, at most `n`, most exposures first; none unless this is a popularity artifact.
    public func top(n: Int) -> RankedList {
        guard artifact.key.kind == .popularity, artifact.rows.rowCount > 0 else { return RankedList(self, 0..<0) }
        return RankedList(self, artifact.rows.entries(ofRow: 0).prefix(max(0, n)))
    }

    /// The neighbours of an item, best first, or nil if it has none; for a cooc artifact.
    public func neighbors(of item: String) -> RankedList? {
        artifact.key.kind == .cooc ? row(item) : nil
    }

    /// The items of a user, best first, or nil if the user is unknown; for an implicit or session_seq artifact.
    public func items(for user: String) -> RankedList? {
        artifact.key.kind == .implicit || artifact.key.kind == .sessionSeq ? row(user) : nil
    }

    /// The tags of an item in the order of the catalog, or nil if it has none; for a content_sim artifact.
    public func tags(of item: String) -> RankedList? {
        artifact.key.kind == .contentSim ? row(item) : nil
    }

    private func row(_ key: String) -> RankedList? {
        artifact.rows.rowKeys.index(ofSorted: key.utf8.span).map { RankedList(self, artifact.rows.entries(ofRow: $0)) }
    }
}
