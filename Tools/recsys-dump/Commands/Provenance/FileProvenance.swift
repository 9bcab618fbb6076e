import Artifacts
import Builders
import Columns
import Events
import Pipeline
import Platform
import Publishing
import SystemPackage

/// What is known of the making of a file.
enum FileProvenance: Sendable {
    /// Nothing, and why.
    case unknown(String)
    /// What is noted of it is damaged.
    case damaged(PublishingError)
    /// The ledger has a say about the day of a partition.
    case ledger(LedgerHistory, PartitionOrigin)
    /// A record, or the note beside a staged artifact, says what made an artifact.
    case noted(ArtifactOrigin)

    /// Looks up what made a file: in the store that is named or, without one, in that in which it lies.
    ///
    /// - Throws: `StorageError` if what is noted cannot be read.
    init(of dump: DumpFile, digest: SHA256Digest, in layout: OutputLayout?) throws {
        let place = StorePlace(dump.file.path)
        guard let layout = layout ?? place?.layout else {
            self = .unknown("the file lies in no output folder; name one with --out-dir")
            return
        }
        switch try? dump.content.get() {
        case .partition(let reader):
            guard dump.typeName == "partition" else {
                self = .unknown("a sorted run belongs to an ingest that is under way, or was killed")
                return
            }
            let key = reader.statistics.key
            let history = try LedgerHistory(layout.ledger, of: key.surfaceKey)
            let origin = history.origin(of: key.day.description, digest: digest.hexadecimal)
            self = .ledger(history, origin)
        case .artifact(let rows): self = try .artifact(rows.key, digest, place, layout)
        case nil: self = .unknown("the footer, which says whose file it is, cannot be read")
        }
    }

    private static func artifact(
        _ key: ArtifactKey, _ digest: SHA256Digest, _ place: StorePlace?, _ layout: OutputLayout,
    ) throws -> FileProvenance {
        do {
            if case .staged = place?.role, let path = place?.path {
                return try staged(key, layout.staging.notePath(besides: path, digest), layout)
            }
            return try published(key, digest, layout)
        } catch let problem as PublishingError where problem.kind == .corruption {
            return .damaged(problem)
        }
    }

    private static func staged(
        _ key: ArtifactKey, _ path: FilePath, _ layout: OutputLayout,
    ) throws -> FileProvenance {
        guard try File.exists(path) else { return .unknown("there is no note beside it: \(path)") }
        let note = try layout.staging.note(path)
        return .noted(try ArtifactOrigin(note.provenance, notedIn: path, isCurrent: nil, key, layout))
    }

    private static func published(
        _ key: ArtifactKey, _ digest: SHA256Digest, _ layout: OutputLayout,
    ) throws -> FileProvenance {
        let (owner, registry) = (key.owner, layout.registry)
        let path = registry.root.appending("records").appending(owner.surfaceKey.description)
            .appending(key.kind.rawValue).appending("\(digest).json")
        guard try File.exists(path) else { return .unknown("there is no record of it: \(path)") }
        let record = try registry.record(at: path, owner.surfaceKey, key.kind)
        let isCurrent = try registry.manifest(of: owner)?.current[key.kind] == record.uri
        return .noted(try ArtifactOrigin(record.provenance, notedIn: path, isCurrent: isCurrent, key, layout))
    }
}

/// What made an artifact.
struct ArtifactOrigin: Sendable {
    /// A partition or a catalog that it was made from, and the ingests that this came from.
    struct Source: Sendable {
        let name: String
        let digest: String
        let origin: PartitionOrigin?
    }

    let runIdentifier: String
    let builtAt: String
    /// The record or the note that says so.
    let path: FilePath
    /// True if the manifest names it now; nil of what is only staged.
    let isCurrent: Bool?
    let sources: [Source]
    /// Entries of the ledger that could not be read; what a source came from may be in one.
    let ledgerProblems: [any Failure]

    /// - Throws: `StorageError` if the ledger cannot be read.
    init(
        _ provenance: Provenance, notedIn path: FilePath, isCurrent: Bool?, _ key: ArtifactKey, _ layout: OutputLayout,
    ) throws {
        runIdentifier = provenance.runIdentifier
        builtAt = provenance.builtAt
        self.path = path
        self.isCurrent = isCurrent
        let history = try LedgerHistory(layout.ledger, of: key.owner.surfaceKey)
        sources = provenance.sources.map { source in
            let isDay = Day(source.name) != nil
            let origin = isDay ? history.origin(of: source.name, digest: source.sha256) : nil
            return Source(name: source.name, digest: source.sha256, origin: origin)
        }
        ledgerProblems = sources.contains { $0.origin != nil } ? history.problems : []
    }
}
