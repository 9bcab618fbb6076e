package import Events
package import Platform
package import SystemPackage

extension Registry {
    /// The number of the newest entry, 0 if there is none: from the names, whatever the files hold.
    package func lastHistoryNumber(of owner: SegmentKey) throws(StorageError) -> Int {
        try Registry.fileNames(in: historyFolder(owner)).compactMap(Registry.historyNumber).max() ?? 0
    }

    /// All entries, oldest first.
    ///
    /// - Throws: `PublishingError` if one is damaged; `StorageError`.
    package func history(of owner: SegmentKey) throws -> [HistoryEntry] {
        let numbers = try Registry.fileNames(in: historyFolder(owner)).compactMap(Registry.historyNumber)
        return try numbers.sorted().map { try historyEntry(owner, $0) }
    }

    /// The number of the entry of the history that made `manifest` current, or nil if there is none.
    ///
    /// - Throws: `StorageError` if an entry is there and cannot be read: it may be the one.
    package func historyNumber(of manifest: Manifest) throws -> Int? {
        var number = try lastHistoryNumber(of: manifest.owner)
        // It is nearly always the last; the others are not read. A damaged one is not it.
        while number > 0 {
            do {
                if try historyEntry(manifest.owner, number).manifest == manifest { return number }
            } catch let failure as any Failure {
                if failure.kind == .storage { throw failure }
            }
            number -= 1
        }
        return nil
    }

    /// What was current before `manifest`, latest first: entries that never became current, for a crash came in
    /// between, are left out. An entry that cannot be read is told as the failure, and the one before it comes next.
    ///
    /// - Parameter manifest: Nil if the manifest is lost: then the last entry, which was current, comes first.
    /// - Throws: `StorageError`.
    package func predecessors(of manifest: Manifest?, _ owner: SegmentKey) throws -> ManifestPredecessors {
        let currentNumber = try manifest.flatMap { try historyNumber(of: $0) }
        // A manifest without an entry was put there by hand, after the last one.
        guard let currentNumber else {
            return ManifestPredecessors(registry: self, owner: owner, nextNumber: try lastHistoryNumber(of: owner))
        }
        let replaced = try historyEntry(owner, currentNumber).replacedNumber
        return ManifestPredecessors(registry: self, owner: owner, nextNumber: replaced)
    }

    /// The entry with that number.
    ///
    /// - Throws: `PublishingError` if it is damaged, or is none of that owner; `NewerVersionError`; `StorageError`, of
    ///   kind `notFound` if there is none.
    package func historyEntry(_ owner: SegmentKey, _ number: Int) throws -> HistoryEntry {
        try historyEntry(at: historyPath(owner, number), owner)
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

    /// The number of the entry whose file has that name; nil for other names.
    private static func historyNumber(_ name: String) -> Int? {
        guard let number = Int(name.dropLast(5)), number > 0, historyName(number) == name else { return nil }
        return number
    }
}

/// Manifests that were current before another one, latest first.
package struct ManifestPredecessors: Sequence, IteratorProtocol {
    let registry: Registry
    let owner: SegmentKey
    /// The number of the entry to come; nil or 0 at the end.
    var nextNumber: Int?

    package mutating func next() -> Result<HistoryEntry, any Error>? {
        guard let number = nextNumber, number > 0 else { return nil }
        do {
            let entry = try registry.historyEntry(owner, number)
            nextNumber = entry.replacedNumber
            return .success(entry)
        } catch {
            nextNumber = number - 1
            return .failure(error)
        }
    }
}
