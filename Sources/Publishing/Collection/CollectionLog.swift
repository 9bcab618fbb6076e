import Artifacts
import Builders
package import Events
import FoundationEssentials
package import Platform
package import SystemPackage

/// What a garbage collection took out of a surface: written before anything goes, and never changed.
struct CollectionLog {
    let run: RunIdentifier
    let policy: CollectionPolicy
    let records: [ArtifactRecord]
    /// Blobs that no record describes: what crashes left.
    let unrecorded: [FilePath]

    /// The file's bytes.
    var encoded: [UInt8] {
        JSONWriter.text(style: .indented) { json in
            json.object { json in
                json.member("v", 1)
                json.member("run_id", run.description)
                json.member("at", run.startedAt.description)
                json.member("actor", Actor.description)
                json.member("grace_days", policy.graceDayCount)
                json.member("keep_versions", policy.keptVersionCount)
                json.key("versions")
                json.array { json in for record in records { json.object { $0.members(of: record) } } }
                json.key("unrecorded")
                json.array { json in for path in unrecorded { json.string(path.string) } }
            }
        } + [UInt8(ascii: "\n")]
    }

    /// The members as they are spelled.
    fileprivate struct Stored: Decodable {
        struct Version: Decodable {
            let artifact_type: String
            let version: String
        }

        let v: Int
        let versions: [Version]
    }
}

extension JSONWriter {
    fileprivate mutating func members(of record: ArtifactRecord) {
        member("artifact_type", record.key.kind.rawValue)
        member("version", record.version.hexadecimal)
        if let segment = record.key.owner.segment { member("segment", segment.text) }
        member("first_day", record.key.window.start.description)
        member("last_day", record.key.window.end.description)
        member("bytes", record.byteCount)
    }
}

extension Registry {
    /// Notes what a collection takes out of a surface.
    func create(_ log: CollectionLog, of surfaceKey: SurfaceKey) throws(StorageError) {
        _ = try AtomicFile.create(
            log.encoded.rawSpan, at: collectionFolder(surfaceKey).appending("\(log.run).json"))
    }

    /// The versions of a surface that were taken out as garbage, each with the log that says so; and why other logs
    /// cannot be read.
    ///
    /// - Throws: `StorageError` if the folder cannot be listed.
    package func collectedVersions(
        of surfaceKey: SurfaceKey,
    ) throws -> (versions: [CollectedVersion: FilePath], failures: [any Failure]) {
        let folder = collectionFolder(surfaceKey)
        var (versions, failures): ([CollectedVersion: FilePath], [any Failure]) = ([:], [])
        for name in try Registry.fileNames(in: folder) {
            do {
                for version in try collectedVersions(at: folder.appending(name)) {
                    versions[version] = folder.appending(name)
                }
            } catch let failure as any Failure {
                failures.append(failure)
            }
        }
        return (versions, failures)
    }

    /// The versions that the log at `path` names.
    ///
    /// - Throws: `PublishingError` if it is damaged; `NewerVersionError`; `StorageError`.
    package func collectedVersions(at path: FilePath) throws -> [CollectedVersion] {
        let bytes = try File.read(path)
        guard let stored = try? JSONDecoder().decode(CollectionLog.Stored.self, from: Data(bytes)), stored.v == 1 else {
            try NewerVersionError.check(bytes, at: path)
            throw PublishingError.corruptRegistry(path: path, reason: "not the log of a garbage collection")
        }
        return stored.versions.compactMap { version in
            ArtifactKind(rawValue: version.artifact_type).map {
                CollectedVersion(kind: $0, version: version.version)
            }
        }
    }

    private func collectionFolder(_ surfaceKey: SurfaceKey) -> FilePath {
        root.appending("collected/\(surfaceKey.tenant)/\(surfaceKey.surface)")
    }
}
