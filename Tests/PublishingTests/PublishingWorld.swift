import Artifacts
import Builders
import Events
import Platform
import SystemPackage
import TestSupport

@testable import Publishing

/// A registry and an object store in a folder of their own, and somebody who publishes there.
struct PublishingWorld {
    let folder: TemporaryFolder
    let owner: SegmentKey
    /// The folder's name below the temporary one.
    let rootName: String
    let run = RunIdentifier()

    init(owner: SegmentKey = .fixture(), rootName: String = "out") {
        folder = TemporaryFolder()
        self.owner = owner
        self.rootName = rootName
    }

    /// Another owner in the same store.
    init(sharing world: PublishingWorld, owner: SegmentKey) {
        folder = world.folder
        self.owner = owner
        rootName = world.rootName
    }

    var root: FilePath { folder.path.appending(rootName) }
    var registry: Registry { Registry(root: root.appending("registry")) }
    var objectStore: ObjectStore { ObjectStore(root: root.appending("objectstore")) }
    var staging: StagingArea { StagingArea(root: root.appending("artifacts")) }
    var publisher: Publisher {
        Publisher(
            objectStore: objectStore, registry: registry, locks: PublishingLocks(root: root.appending("locks")),
            threadCount: 2)
    }

    var provenance: Provenance {
        let digest = SHA256Digest(of: [1, 2, 3].rawSpan)
        return Provenance(run: run, sources: [Provenance.Source(name: "2026-01-07", sha256: digest)])
    }

    /// An artifact of the owner: of the same kind and weight always the same.
    func file(_ kind: ArtifactKind, weight: UInt32 = 1, _ format: ArtifactFileFormat = .rsart) -> ArtifactFile {
        ArtifactFile.fixture(.example(kind, of: owner, weight: weight), format)
    }

    @discardableResult
    func publish(_ files: ArtifactFile...) throws -> Publisher.Outcome {
        try publisher.publish(files.map { ($0, provenance) }, of: owner, run: run)
    }

    @discardableResult
    func rollBack(
        _ target: RollbackTarget, kind: ArtifactKind? = nil, reason: String? = nil, isDryRun: Bool = false,
    ) throws -> Manifest {
        try publisher.rollBack(owner, kind: kind, to: target, reason: reason, run: run, isDryRun: isDryRun)
    }

    /// Takes out garbage as if it were that second since 1970.
    @discardableResult
    func collect(
        _ policy: CollectionPolicy, now: Int = WallClock.secondsSinceEpoch, isDryRun: Bool = false,
    ) throws -> GarbageCollector.Garbage {
        let collector = GarbageCollector(
            objectStore: objectStore, registry: registry, notes: [root.appending("checkpoints")],
            locks: publisher.locks, policy: policy, now: now)
        return try collector.collect(owner.surfaceKey, run: RunIdentifier(), isDryRun: isDryRun)
    }

    /// What is current: per kind the version, each of which has been opened and verified.
    func current() throws -> [ArtifactKind: String] {
        var versions: [ArtifactKind: String] = [:]
        for kind in try registry.manifest(of: owner)?.current.keys.sorted() ?? [] {
            let (file, record) = try registry.openBlob(of: owner, kind: kind, version: nil, in: objectStore)
            versions[kind] = record.version.hexadecimal
            let digest = try SHA256Digest(of: file)
            precondition(digest == record.digest)
        }
        return versions
    }

    /// Names below the temporary folder.
    func blobName(_ file: ArtifactFile) -> String {
        "\(rootName)/objectstore/\(owner.tenant)/\(owner.surface)/\(file.key.kind.rawValue)/\(file.name)"
    }

    func recordName(_ file: ArtifactFile) -> String {
        "\(rootName)/registry/records/\(owner.tenant)/\(owner.surface)/\(file.key.kind.rawValue)/\(file.version).json"
    }

    func historyName(_ number: Int) -> String {
        "\(rootName)/registry/history/\(owner.folders)/0000000\(number).json"
    }

    var manifestName: String { "\(rootName)/registry/current/\(owner.folders)/manifest.json" }

    /// The URI of a blob, once it is published.
    func uri(of file: ArtifactFile) -> String { ObjectStore.uri(of: objectStore.path(of: file)) }

    /// The path of a name, as errors name it.
    func path(_ name: String) -> FilePath { folder.path.appending(name) }
}

/// The kind of the failure that `body` ends in; nil if it does not fail.
func failureKind(_ body: () throws -> Void) throws -> FailureKind? {
    do {
        try body()
        return nil
    } catch let failure as any Failure {
        return failure.kind
    }
}

extension ArtifactFile {
    /// The file of an artifact that is small enough for memory.
    static func fixture(_ artifact: Artifact, _ format: ArtifactFileFormat = .rsart) -> ArtifactFile {
        do {
            return try ArtifactFile(artifact, format: format, threadCount: 1, scratch: .memory, using: Zstandard())
        } catch {
            preconditionFailure("a fixture has a file: \(error)")
        }
    }

    /// All of its bytes.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        do {
            try forEachPiece { bytes += $0.copiedBytes }
        } catch {
            preconditionFailure("the file cannot be read: \(error)")
        }
        return bytes
    }
}
