package import Builders
package import Events
package import Platform
package import SystemPackage

/// A publication, a rollback or a look-up in the registry that failed.
package enum PublishingError: Failure {
    /// The manifest is not what was written.
    case corruptManifest(path: FilePath, SegmentKey)
    /// There is no manifest, and the history says that there was one.
    case lostManifest(path: FilePath, SegmentKey)
    /// A version that the history names was taken out as garbage.
    case collected(kind: ArtifactKind, version: String, log: FilePath)
    /// A file of the registry is not what was written.
    case corruptRegistry(path: FilePath, reason: String)
    /// A blob is not the one that its record describes.
    case corruptBlob(path: FilePath, reason: String)
    /// A blob that a manifest or a record names is not there.
    case missingBlob(path: FilePath, namedIn: FilePath)
    /// More than one artifact is staged for the same key.
    case severalStaged(path: FilePath)
    /// A manifest names an artifact of this store in another place.
    case elsewhere(uri: String, path: FilePath, namedIn: FilePath)
    /// What was written came back different.
    case writtenWrong(path: FilePath)
    /// Somebody else changed the manifest since it was read.
    case lostRace(path: FilePath)
    /// The registry has no such thing.
    case notFound(what: String, remedy: String)

    /// Nothing of that owner was ever published.
    static func nothingPublished(_ owner: SegmentKey) -> PublishingError {
        .notFound(
            what: "\(owner): nothing is published",
            remedy: "check the spelling of tenant, surface, segment and --out-dir, or publish something first")
    }

    package var kind: FailureKind {
        switch self {
        case .corruptManifest, .lostManifest, .elsewhere, .corruptRegistry, .corruptBlob, .severalStaged: .corruption
        case .writtenWrong: .storage
        case .lostRace: .conflict
        case .notFound, .missingBlob, .collected: .notFound
        }
    }

    package var message: String {
        switch self {
        case .corruptManifest(let path, let owner):
            "\(path): not a manifest of \(owner): it is damaged, or was copied from another place"
        case .lostManifest(let path, _): "\(path): this manifest is missing, the history says that there was one"
        case .collected(let kind, let version, let log):
            "\(kind.rawValue) \(version): was removed as garbage, says \(log)"
        case .corruptRegistry(let path, let reason), .corruptBlob(let path, let reason): "\(path): \(reason)"
        case .missingBlob(let path, let place): "\(path): this blob is missing, \(place) names it"
        case .severalStaged(let path): "\(path): more than one artifact is staged here"
        case .elsewhere(let uri, let path, let place):
            "\(place): names \(uri), which this store has as \(path): whoever reads the manifest is sent elsewhere"
        case .writtenWrong(let path): "\(path): what was written came back different; nothing was published"
        case .lostRace(let path): "\(path): changed by somebody else in the meantime"
        case .notFound(let what, _): what
        }
    }

    package var remedy: String? {
        switch self {
        case .corruptManifest(_, let owner), .lostManifest(_, let owner):
            "make the last manifest of the history current again: recsys-pipelines rollback \(owner.flags)"
        case .collected:
            "take record and blob back from .quarantine if they are still there, or compute and publish its window"
        case .corruptRegistry: "restore the file from a copy"
        case .corruptBlob: "restore the blob from a copy, or move it away, then compute and publish its window again"
        case .missingBlob: "restore the blob from a copy, or compute and publish its window again"
        case .severalStaged: "compute them again, which leaves the new one"
        case .elsewhere:
            "if the store was moved here, publish the last window again, which names the artifacts where they are now"
        case .writtenWrong: "check the storage, then run the same command again"
        case .lostRace: "look at what is current now, then run the same command again"
        case .notFound(_, let remedy): remedy
        }
    }
}
