import Artifacts
import Builders
import Columns
import Events
import Ingest
import Partitions
import Platform
import Publishing
import SystemPackage

/// Verifies single files of a store. It changes none.
struct FileVerifier: Sendable {
    let layout: OutputLayout
    let level: VerificationLevel
    private let views: LedgerViews

    init(layout: OutputLayout, level: VerificationLevel) {
        self.layout = layout
        self.level = level
        views = LedgerViews(layout.ledger)
    }

    /// What is known of a file that is as it must be.
    struct Outcome: Sendable {
        let byteCount: Int
        /// Files that it names, to be verified as what it says that they are.
        var references: [StoredFile] = []
    }

    /// - Throws: A `Failure` if the file is not what it must be, or cannot be read.
    func verify(_ file: StoredFile) throws -> Outcome {
        switch file.role {
        case .partition(let key, let dayName): try partition(file.path, key, dayName: dayName)
        case .artifact(let format, let place): try artifact(file.path, format, place)
        case .recordedArtifact(let record, _): try artifact(file.path, of: record)
        case .stagedArtifact(let format, let versionName):
            try stagedArtifact(file.path, format, versionName: versionName)
        case .stagedNote: try stagedNote(file.path)
        case .record(let key, let kindName): try record(file.path, key, kindName: kindName)
        case .historyEntry(let owner): try historyEntry(file.path, owner)
        case .manifest(let owner): try manifest(file.path, owner)
        case .ledgerEntry(let key): try ledgerEntry(file.path, key)
        case .checkpoint: try checkpoint(file.path)
        case .misplaced(let name): throw FormatError(.mismatched, file.path, "no \(name) belongs in this place")
        case .unlistedFolder(let error): throw error
        }
    }

    private func partition(_ path: FilePath, _ surfaceKey: SurfaceKey?, dayName: String?) throws -> Outcome {
        if level == .deep, let surfaceKey, let dayName, try File.exists(path) == false {
            try views[surfaceKey].check(dayName, path, nil)
        }
        let file = try open(path)
        let reader = try PartitionReader(file)
        let found = reader.statistics.key
        if let surfaceKey, found.surfaceKey != surfaceKey || found.day.description != dayName {
            throw FormatError(.mismatched, path, "holds the events of \(found), not of \(surfaceKey)/\(dayName ?? "")")
        }
        if level >= .full { try reader.verify(using: Zstandard()) }
        if level == .deep, let surfaceKey {
            try views[surfaceKey].check(found.day.description, path, SHA256Digest(of: file))
        }
        return Outcome(byteCount: file.byteCount)
    }

    /// The partitions below `folders` that the ledger names and that are not there.
    func missingPartitions(below folders: [FilePath]) throws -> [StoredFile] {
        let folders = folders.map(\.absolute)
        let surfaceKeys: [SurfaceKey]
        do {
            surfaceKeys = try layout.ledger.surfaceKeys()
        } catch {
            return [StoredFile(path: error.path, role: .unlistedFolder(error))]
        }
        return try surfaceKeys.flatMap { surfaceKey in
            try views[surfaceKey].days.compactMap(Day.init).compactMap { day in
                let path = layout.partitions.path(PartitionKey(surfaceKey, day))
                guard folders.contains(where: path.absolute.starts), try File.exists(path) == false else { return nil }
                return StoredFile(path: path, role: .partition(surfaceKey, dayName: day.description))
            }
        }
    }

    private func stagedNote(_ path: FilePath) throws -> Outcome {
        _ = try layout.staging.note(path)
        try layout.staging.checkArtifact(besidesNote: path)
        return Outcome(byteCount: try byteCount(path))
    }

    private func record(_ path: FilePath, _ surfaceKey: SurfaceKey, kindName: String) throws -> Outcome {
        guard let kind = ArtifactKind(rawValue: kindName) else {
            throw PublishingError.corruptRegistry(path: path, reason: "there is no kind \"\(kindName)\"")
        }
        let record = try layout.registry.record(at: path, surfaceKey, kind)
        let blob = try ObjectStore.path(uri: record.uri, namedIn: path)
        guard let status = try File.status(at: blob) else {
            throw PublishingError.missingBlob(path: blob, namedIn: path)
        }
        guard status.byteCount == record.byteCount else {
            let counts = "has \(status.byteCount) bytes, its record says \(record.byteCount)"
            if record.format == .rsart, try SHA256Digest(of: open(blob)) == record.version {
                throw PublishingError.corruptRegistry(path: path, reason: "\(blob) is intact and \(counts)")
            }
            throw PublishingError.corruptBlob(path: blob, reason: counts)
        }
        let isInPlace = blob.absolute == layout.objectStore.path(of: record).absolute
        let reference = StoredFile(path: blob, role: .recordedArtifact(record, isInPlace: isInPlace))
        return Outcome(byteCount: try byteCount(path), references: [reference])
    }

    private func historyEntry(_ path: FilePath, _ owner: SegmentKey) throws -> Outcome {
        let entry = try layout.registry.historyEntry(at: path, owner)
        let before = layout.registry.historyPath(owner, entry.number - 1)
        guard try entry.number == 1 || File.exists(before) else {
            throw PublishingError.notFound(
                what: "\(before): this entry of the history is missing, \(path) follows it",
                remedy: "restore the file from a copy")
        }
        try checkManifest(of: entry, at: path)
        let records = try records(of: entry.manifest, namedIn: path)
        return Outcome(byteCount: try byteCount(path), references: records)
    }

    /// Checks, if the entry is the last one, that there is a manifest. When the first was made a crash may have come
    /// before it.
    private func checkManifest(of entry: HistoryEntry, at path: FilePath) throws {
        let owner = entry.manifest.owner
        let (manifest, next) = (
            layout.registry.manifestPath(owner), layout.registry.historyPath(owner, entry.number + 1)
        )
        guard try entry.number == 1 || File.exists(next) || File.exists(manifest) else {
            throw PublishingError.notFound(
                what: "\(manifest): this manifest is missing, \(path) is not the first that was current",
                remedy: "restore the file from a copy; the last entry of the history has it")
        }
    }

    private func manifest(_ path: FilePath, _ owner: SegmentKey) throws -> Outcome {
        guard path.lastComponent == "manifest.json", let manifest = try layout.registry.manifest(of: owner) else {
            throw PublishingError.corruptRegistry(path: path, reason: "not a manifest's name")
        }
        let records = try records(of: manifest, namedIn: path)
        guard try layout.registry.historyNumber(of: manifest) != nil else {
            throw PublishingError.corruptRegistry(path: path, reason: "no entry of its history has this manifest")
        }
        return Outcome(byteCount: try byteCount(path), references: records)
    }

    /// The records of the artifacts that a manifest names, each of which must be at the place that the manifest says.
    private func records(of manifest: Manifest, namedIn path: FilePath) throws -> [StoredFile] {
        let surfaceKey = manifest.owner.surfaceKey
        return try manifest.current.sorted { $0.key < $1.key }.map { kind, uri in
            let record = try layout.registry.record(of: manifest.owner, kind: kind, uri: uri, namedIn: path)
            guard record.uri == uri else {
                throw PublishingError.corruptRegistry(
                    path: path, reason: "names \(uri), its record names \(record.uri)")
            }
            let recordPath = layout.registry.recordPath(
                of: surfaceKey, kind: kind, version: record.version.hexadecimal)
            return StoredFile(path: recordPath, role: .record(surfaceKey, kindName: kind.rawValue))
        }
    }

    private func ledgerEntry(_ path: FilePath, _ surfaceKey: SurfaceKey) throws -> Outcome {
        _ = try layout.ledger.entry(at: path, of: surfaceKey)
        return Outcome(byteCount: try byteCount(path))
    }

    private func checkpoint(_ path: FilePath) throws -> Outcome {
        let bytes = try File.read(path)
        guard Checkpoint(encoded: bytes) != nil else {
            try NewerVersionError.check(bytes, at: path)
            throw PipelineError.corruptCheckpoint(path)
        }
        return Outcome(byteCount: bytes.count)
    }

    func open(_ path: FilePath) throws(StorageError) -> DataFile {
        try DataFile(path: path, access: layout.configuration.fileAccess)
    }

    private func byteCount(_ path: FilePath) throws(StorageError) -> Int {
        try File.status(at: path)?.byteCount ?? 0
    }
}
