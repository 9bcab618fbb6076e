import Artifacts
package import Builders
package import Events
package import Platform
package import SystemPackage

/// Records, history and current manifests on disk.
///
///     records/<tenant>/<surface>/<kind>/<version>.json                 created once, never changed
///     history/<tenant>/<surface>[/segments/<segment>]/<number>.json    created once, never changed
///     current/<tenant>/<surface>[/segments/<segment>]/manifest.json    replaced in one step
package struct Registry: Sendable {
    package let root: FilePath
    /// How the blobs that it names are read.
    package let access: FileAccess

    package init(root: FilePath, access: FileAccess = .mapped) {
        self.root = root
        self.access = access
    }

    /// Where the manifest of `owner` is, if there is one.
    package func manifestPath(_ owner: SegmentKey) -> FilePath {
        root.appending("current").appending(owner.folders).appending("manifest.json")
    }

    /// The current manifest, or nil if nothing was ever published.
    ///
    /// - Throws: `PublishingError` if the file is damaged; `NewerVersionError`; `StorageError`.
    package func manifest(of owner: SegmentKey) throws -> Manifest? {
        let path = manifestPath(owner)
        guard try File.exists(path) else { return nil }
        let bytes = try File.read(path)
        guard let manifest = Manifest(encoded: bytes, owner: owner) else {
            try NewerVersionError.check(bytes, at: path)
            throw PublishingError.corruptRegistry(path: path, reason: "not a manifest of \(owner)")
        }
        return manifest
    }

    /// All that was ever current, oldest first.
    package func history(of owner: SegmentKey) throws -> [HistoryEntry] {
        try historyNames(owner).map { try historyEntry(owner, $0) }
    }

    /// The entry of the history that was written last.
    func lastHistoryEntry(of owner: SegmentKey) throws -> HistoryEntry? {
        try historyNames(owner).last.map { try historyEntry(owner, $0) }
    }

    /// The number of the entry of the history that made `manifest` current, or nil if there is none.
    package func historyNumber(of manifest: Manifest) throws -> Int? {
        // It is nearly always the last; the others are not read.
        for name in try historyNames(manifest.owner).reversed() {
            let entry = try historyEntry(manifest.owner, name)
            if entry.manifest == manifest { return entry.number }
        }
        return nil
    }

    /// The records of a kind, ascending by version.
    package func records(of surfaceKey: SurfaceKey, kind: ArtifactKind) throws -> [ArtifactRecord] {
        let folder = recordFolder(surfaceKey, kind)
        return try Directory.names(in: folder).filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }
            .map { try record(at: folder.appending($0), surfaceKey, kind) }
    }

    /// The record of one version.
    ///
    /// - Throws: `PublishingError` if there is none, or it is damaged.
    package func record(of surfaceKey: SurfaceKey, kind: ArtifactKind, version: String) throws -> ArtifactRecord {
        let path = recordPath(of: surfaceKey, kind: kind, version: version)
        guard try File.exists(path) else {
            throw PublishingError.notFound(
                what: "\(path): no record of \(kind.rawValue) \(version)",
                remedy: "list what there is: recsys-pipelines versions \(SegmentKey(surfaceKey).flags)")
        }
        return try record(at: path, surfaceKey, kind)
    }

    /// The record of the blob that a manifest names.
    ///
    /// - Parameter place: The file that has the manifest.
    /// - Throws: `PublishingError` if there is none, or it is damaged, or of another segment.
    package func record(
        of owner: SegmentKey, kind: ArtifactKind, uri: String, namedIn place: FilePath,
    ) throws -> ArtifactRecord {
        let record = try record(of: owner.surfaceKey, kind: kind, version: Registry.version(inURI: uri))
        guard record.key.owner == owner else {
            throw PublishingError.corruptRegistry(path: place, reason: "names \(uri) of \(record.key)")
        }
        return record
    }

    /// The version of the blob that a URI names.
    package static func version(inURI uri: String) -> String { FilePath(uri).stem ?? uri }

    /// Creates the record unless there is one of that version, which stays as it is.
    ///
    /// - Throws: `PublishingError` if that one is damaged, or describes something else.
    func create(_ record: ArtifactRecord) throws {
        let (surfaceKey, kind) = (record.key.owner.surfaceKey, record.key.kind)
        let path = recordFolder(surfaceKey, kind).appending("\(record.version).json")
        let isThere = try File.exists(path)
        if !isThere, try AtomicFile.create(record.encoded.rawSpan, at: path) { return }
        let existing = try self.record(at: path, surfaceKey, kind)
        guard existing.key == record.key, existing.format == record.format, existing.digest == record.digest else {
            throw PublishingError.corruptRegistry(path: path, reason: "describes another artifact")
        }
        // Whoever created it may have died before its name was durable.
        try Directory.synchronise(path.removingLastComponent())
    }

    /// Makes `manifest` current, if `expected` still is, after noting it in the history.
    ///
    /// - Throws: `PublishingError` if another manifest has become current; `StorageError`.
    func swap(_ entry: HistoryEntry, expecting expected: Manifest?) throws {
        let owner = entry.manifest.owner
        let path = manifestPath(owner)
        let entryPath = historyPath(owner, entry.number)
        guard try AtomicFile.create(entry.encoded.rawSpan, at: entryPath) else {
            throw PublishingError.lostRace(path: entryPath)
        }
        guard try manifest(of: owner) == expected else { throw PublishingError.lostRace(path: path) }
        try AtomicFile.write(entry.manifest.encoded.rawSpan, to: path)
    }

    /// The names of the history's files, oldest first.
    private func historyNames(_ owner: SegmentKey) throws(StorageError) -> [String] {
        try Directory.names(in: historyFolder(owner)).filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }
    }

    private func historyEntry(_ owner: SegmentKey, _ name: String) throws -> HistoryEntry {
        try historyEntry(at: historyFolder(owner).appending(name), owner)
    }

    /// The entry of the history at `path`.
    ///
    /// - Throws: `PublishingError` if it is damaged, or is none of that owner; `NewerVersionError`; `StorageError`.
    package func historyEntry(at path: FilePath, _ owner: SegmentKey) throws -> HistoryEntry {
        let bytes = try File.read(path)
        guard let entry = HistoryEntry(encoded: bytes, owner: owner),
            path.lastComponent?.string == Registry.historyName(entry.number)
        else {
            try NewerVersionError.check(bytes, at: path)
            throw PublishingError.corruptRegistry(path: path, reason: "not an entry of the history of \(owner)")
        }
        return entry
    }

    /// The record at `path`.
    ///
    /// - Throws: `PublishingError` if it is damaged, or is none of that surface, kind and version; `NewerVersionError`;
    ///   `StorageError`.
    package func record(
        at path: FilePath, _ surfaceKey: SurfaceKey, _ kind: ArtifactKind,
    ) throws -> ArtifactRecord {
        let bytes = try File.read(path)
        guard let record = ArtifactRecord(encoded: bytes),
            path.lastComponent?.string == "\(record.version).json",
            record.key.owner.surfaceKey == surfaceKey, record.key.kind == kind
        else {
            try NewerVersionError.check(bytes, at: path)
            throw PublishingError.corruptRegistry(path: path, reason: "not a record of that version")
        }
        return record
    }

    /// Where the record of a version is, if there is one.
    package func recordPath(of surfaceKey: SurfaceKey, kind: ArtifactKind, version: String) -> FilePath {
        recordFolder(surfaceKey, kind).appending("\(version).json")
    }

    private func recordFolder(_ surfaceKey: SurfaceKey, _ kind: ArtifactKind) -> FilePath {
        root.appending("records/\(surfaceKey.tenant)/\(surfaceKey.surface)/\(kind.rawValue)")
    }

    /// Where the entry of the history with that number is, if there is one.
    package func historyPath(_ owner: SegmentKey, _ number: Int) -> FilePath {
        historyFolder(owner).appending(Registry.historyName(number))
    }

    private func historyFolder(_ owner: SegmentKey) -> FilePath {
        root.appending("history").appending(owner.folders)
    }

    private static func historyName(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 8 - digits.utf8.count)) + digits + ".json"
    }
}

extension SegmentKey {
    /// `<tenant>/<surface>`, and `/segments/<segment>` where there is one.
    package var folders: String {
        segment.map { "\(tenant)/\(surface)/segments/\($0)" } ?? "\(tenant)/\(surface)"
    }
}
