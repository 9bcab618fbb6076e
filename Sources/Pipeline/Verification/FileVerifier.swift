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
    private let collected: CollectedVersions

    init(layout: OutputLayout, level: VerificationLevel) {
        self.layout = layout
        self.level = level
        views = LedgerViews(layout.ledger)
        collected = CollectedVersions(layout.registry)
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
        case .recordedArtifact(let record): try artifact(file.path, of: record)
        case .stagedArtifact(let format, let versionName):
            try stagedArtifact(file.path, format, versionName: versionName)
        case .stagedNote: try stagedNote(file.path)
        case .record(let key, let kindName): try record(file.path, key, kindName: kindName)
        case .historyEntry(let owner): try historyEntry(file.path, owner)
        case .manifest(let owner): try manifest(file.path, owner)
        case .pin(let key): try pin(file.path, key)
        case .collectionLog: try collectionLog(file.path)
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
        return Outcome(byteCount: try byteCount(path))
    }

    private func record(_ path: FilePath, _ surfaceKey: SurfaceKey, kindName: String) throws -> Outcome {
        guard let kind = ArtifactKind(rawValue: kindName) else {
            throw PublishingError.corruptRegistry(path: path, reason: "there is no kind \"\(kindName)\"")
        }
        let record = try layout.registry.record(at: path, surfaceKey, kind)
        let blob = layout.objectStore.path(of: record)
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
        let reference = StoredFile(path: blob, role: .recordedArtifact(record))
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
        let records = try records(of: entry, namedIn: path)
        return Outcome(byteCount: try byteCount(path), references: records)
    }

    /// Checks, if the entry is the last one, that there is a manifest. Before the first was current a crash may have
    /// come.
    private func checkManifest(of entry: HistoryEntry, at path: FilePath) throws {
        let owner = entry.manifest.owner
        let (manifest, next) = (
            layout.registry.manifestPath(owner), layout.registry.historyPath(owner, entry.number + 1)
        )
        guard try entry.replacedNumber == nil || File.exists(next) || File.exists(manifest) else {
            throw PublishingError.lostManifest(path: manifest, owner)
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

    /// The records of the artifacts that a manifest names, each of which must be where the manifest says.
    private func records(of manifest: Manifest, namedIn path: FilePath) throws -> [StoredFile] {
        try manifest.current.sorted { $0.key < $1.key }.map { kind, uri in
            let record = try layout.registry.record(of: manifest.owner, kind: kind, uri: uri, namedIn: path)
            let blob = layout.objectStore.path(of: record)
            guard try ObjectStore.isName(uri, of: blob) else {
                throw PublishingError.elsewhere(uri: uri, path: blob, namedIn: path)
            }
            return recordFile(of: record)
        }
    }

    /// The records of the artifacts that an entry of the history names, but for those that were removed as garbage.
    private func records(of entry: HistoryEntry, namedIn path: FilePath) throws -> [StoredFile] {
        let owner = entry.manifest.owner
        return try entry.manifest.current.sorted { $0.key < $1.key }.compactMap { kind, uri in
            do {
                return recordFile(of: try layout.registry.record(of: owner, kind: kind, uri: uri, namedIn: path))
            } catch let error as PublishingError where error.kind == .notFound {
                let version = CollectedVersion(kind: kind, version: Registry.version(inURI: uri))
                if try collected[owner.surfaceKey].contains(version) { return nil }
                throw error
            }
        }
    }

    private func recordFile(of record: ArtifactRecord) -> StoredFile {
        let (surfaceKey, kind) = (record.key.owner.surfaceKey, record.key.kind)
        let path = layout.registry.recordPath(of: surfaceKey, kind: kind, version: record.version.hexadecimal)
        return StoredFile(path: path, role: .record(surfaceKey, kindName: kind.rawValue))
    }

    private func pin(_ path: FilePath, _ surfaceKey: SurfaceKey) throws -> Outcome {
        let pin = try layout.registry.pin(at: path)
        let record = try layout.registry.record(of: surfaceKey, kind: pin.kind, version: pin.version.hexadecimal)
        return Outcome(byteCount: try byteCount(path), references: [recordFile(of: record)])
    }

    private func collectionLog(_ path: FilePath) throws -> Outcome {
        _ = try layout.registry.collectedVersions(at: path)
        return Outcome(byteCount: try byteCount(path))
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
