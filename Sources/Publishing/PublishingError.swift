import Events
package import Platform
package import SystemPackage

/// A publication, a rollback or a look-up in the registry that failed.
package enum PublishingError: Failure {
    /// A file of the registry is not what was written.
    case corruptRegistry(path: FilePath, reason: String)
    /// A blob is not the one that its record describes.
    case corruptBlob(path: FilePath, reason: String)
    /// A blob that a manifest or a record names is not there.
    case missingBlob(path: FilePath, namedIn: FilePath)
    /// More than one artifact is staged for the same key.
    case severalStaged(path: FilePath)
    /// What was written came back different.
    case writtenWrong(path: FilePath)
    /// Somebody else changed the manifest since it was read.
    case lostRace(path: FilePath)
    /// The registry has no such thing.
    case notFound(what: String, remedy: String)
    /// A URI that names no place this build can read.
    case unsupportedURI(String, path: FilePath)

    /// Nothing of that owner was ever published.
    static func nothingPublished(_ owner: SegmentKey) -> PublishingError {
        .notFound(
            what: "\(owner): nothing is published",
            remedy: "check the spelling of tenant, surface, segment and --out-dir, or publish something first")
    }

    package var kind: FailureKind {
        switch self {
        case .corruptRegistry, .corruptBlob, .severalStaged, .unsupportedURI: .corruption
        case .writtenWrong: .storage
        case .lostRace: .conflict
        case .notFound, .missingBlob: .notFound
        }
    }

    package var message: String {
        switch self {
        case .corruptRegistry(let path, let reason), .corruptBlob(let path, let reason): "\(path): \(reason)"
        case .missingBlob(let path, let place): "\(path): this blob is missing, \(place) names it"
        case .severalStaged(let path): "\(path): more than one artifact is staged here"
        case .writtenWrong(let path): "\(path): what was written came back different; nothing was published"
        case .lostRace(let path): "\(path): changed by somebody else in the meantime"
        case .notFound(let what, _): what
        case .unsupportedURI(let uri, let path): "\(path): cannot read \"\(uri)\", only file:// is supported"
        }
    }

    package var remedy: String? {
        switch self {
        case .corruptRegistry: "restore the file from a copy; registry/history has every manifest"
        case .corruptBlob: "restore the blob from a copy, or move it away, then compute and publish its window again"
        case .missingBlob: "restore the blob from a copy, or compute and publish its window again"
        case .severalStaged: "compute them again, which leaves the new one"
        case .writtenWrong: "check the storage, then run the same command again"
        case .lostRace: "look at what is current now, then run the same command again"
        case .notFound(_, let remedy): remedy
        case .unsupportedURI: "use a version that supports that store"
        }
    }
}
