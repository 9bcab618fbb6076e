import Artifacts
import Builders
import Events
import Platform
import Publishing
import SystemPackage

/// Where in the object store an artifact is.
struct ArtifactPlace: Sendable {
    let surfaceKey: SurfaceKey
    let kindName: String
    let versionName: String
}

/// A file of the store, and what it must be according to its place.
struct StoredFile: Sendable {
    let path: FilePath
    let role: Role

    /// What a file is. What its place does not tell is nil.
    enum Role: Sendable {
        case partition(SurfaceKey?, dayName: String?)
        case artifact(ArtifactFileFormat, ArtifactPlace?)
        /// An artifact that a record names, in the place that the store has for it.
        case recordedArtifact(ArtifactRecord)
        case stagedArtifact(ArtifactFileFormat, versionName: String)
        case stagedNote
        case record(SurfaceKey, kindName: String)
        case historyEntry(SegmentKey)
        case manifest(SegmentKey)
        case pin(SurfaceKey)
        case collectionLog
        case ledgerEntry(SurfaceKey)
        case checkpoint
        /// A partition or an artifact, by its name, where none belongs.
        case misplaced(String)
        /// What cannot be looked into, and why.
        case unlistedFolder(StorageError)

        /// In reports.
        var name: String {
            switch self {
            case .partition: "partition"
            case .artifact, .recordedArtifact: "artifact"
            case .stagedArtifact: "staged artifact"
            case .stagedNote: "staged provenance"
            case .record: "record"
            case .historyEntry: "history entry"
            case .manifest: "manifest"
            case .pin: "pin"
            case .collectionLog: "collection log"
            case .ledgerEntry: "ledger entry"
            case .checkpoint: "checkpoint"
            case .misplaced(let name): name
            case .unlistedFolder: "folder"
            }
        }
    }
}
