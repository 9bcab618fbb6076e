import Artifacts
package import Builders
package import Events
package import Platform
package import SystemPackage

extension Registry {
    /// The records of a kind, ascending by version, and why others cannot be read.
    ///
    /// - Throws: `StorageError` if the folder cannot be listed.
    package func records(
        of surfaceKey: SurfaceKey, kind: ArtifactKind,
    ) throws -> (records: [ArtifactRecord], failures: [any Failure]) {
        let folder = recordFolder(surfaceKey, kind)
        var (records, failures): ([ArtifactRecord], [any Failure]) = ([], [])
        for name in try Registry.fileNames(in: folder) {
            do {
                records.append(try record(at: folder.appending(name), surfaceKey, kind))
            } catch let failure as any Failure {
                failures.append(failure)
            }
        }
        return (records, failures)
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

    /// Writes those records under temporary names that are not there yet.
    ///
    /// - Throws: `PublishingError` if a record of that version is damaged, or describes something else;
    ///   `StorageError`.
    func prepare(_ records: [ArtifactRecord]) throws -> AtomicFileGroup {
        let group = AtomicFileGroup()
        for record in records {
            let path = path(of: record)
            if try File.exists(path) {
                try check(record, at: path)
                group.confirm(path)
            } else {
                try group.prepareAlways(record.encoded, as: path)
            }
        }
        return group
    }

    /// Gives prepared records their names.
    ///
    /// - Throws: `PublishingError` if somebody has written another record of one of these versions in the meantime;
    ///   `StorageError`.
    func create(_ group: AtomicFileGroup, _ records: [ArtifactRecord]) throws {
        let recordsByPath = Dictionary(records.map { (path(of: $0), $0) }) { first, _ in first }
        for path in try group.create() { if let record = recordsByPath[path] { try check(record, at: path) } }
    }

    /// - Throws: `PublishingError` unless the record at `path` describes the same artifact.
    private func check(_ record: ArtifactRecord, at path: FilePath) throws {
        let existing = try self.record(at: path, record.key.owner.surfaceKey, record.key.kind)
        guard existing.key == record.key, existing.format == record.format, existing.digest == record.digest else {
            throw PublishingError.corruptRegistry(path: path, reason: "describes another artifact")
        }
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

    /// Where that record is.
    func path(of record: ArtifactRecord) -> FilePath {
        recordPath(of: record.key.owner.surfaceKey, kind: record.key.kind, version: record.version.hexadecimal)
    }

    /// The folder of the records of a kind.
    func recordFolder(_ surfaceKey: SurfaceKey, _ kind: ArtifactKind) -> FilePath {
        root.appending("records/\(surfaceKey.tenant)/\(surfaceKey.surface)/\(kind.rawValue)")
    }

    /// The names of the finished files in a folder of the registry, ascending.
    static func fileNames(in folder: FilePath) throws(StorageError) -> [String] {
        try Directory.names(in: folder).filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }
    }
}
