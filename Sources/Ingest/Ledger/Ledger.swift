import Columns
package import Events
import Partitions
package import Platform
package import SystemPackage

/// Where partitions came from: one entry per ingest, tenant and surface, never changed.
///
/// `<root>/<tenant>/<surface>/<time>-<run>.json`, so that the names sort by time.
package struct Ledger: Sendable {
    package let root: FilePath

    package init(root: FilePath) {
        self.root = root
    }

    /// Notes an ingest that has taken effect, for every tenant and surface whose partitions it touched. Only for who
    /// may change these partitions: the order of the entries is that of the calls, whatever the clock does.
    ///
    /// - Throws: `StorageError`.
    package func append(_ report: IngestReport, mode: IngestMode, run: RunIdentifier) throws {
        let keys = Set(report.partitions.map(\.key.surfaceKey) + report.removed.map(\.surfaceKey))
        for key in keys.sorted() {
            try append(report, of: key, mode: mode.rawValue, run: run)
        }
    }

    /// Notes that partitions are about to be removed, for their days are past. Only for who may change them.
    ///
    /// - Throws: `StorageError`.
    package func append(removing days: [Day], of key: SurfaceKey, run: RunIdentifier) throws {
        var report = IngestReport()
        report.removed = days.map { PartitionKey(key, $0) }
        try append(report, of: key, mode: "retention", run: run)
    }

    private func append(_ report: IngestReport, of key: SurfaceKey, mode: String, run: RunIdentifier) throws {
        let path = folder(of: key).appending("\(run).json")
        let last = try undamagedEntries(of: key).compactMap(\.tookEffectAt).max()
        let time = last.map { max(.now, $0.successor) } ?? .now
        let entry = entry(report, of: key, mode: mode, run: run, committedAt: time)
        _ = try AtomicFile.create(entry.rawSpan, at: path)
    }

    /// The entry at `path`, which is one of that tenant and surface.
    ///
    /// - Throws: `LedgerError` if it is damaged; `NewerVersionError`; `StorageError`.
    package func entry(at path: FilePath, of key: SurfaceKey) throws -> LedgerEntry {
        let bytes = try File.read(path)
        guard let entry = LedgerEntry(encoded: bytes, of: key) else {
            try NewerVersionError.check(bytes, at: path)
            throw LedgerError(path: path)
        }
        return entry
    }

    /// The entries of a tenant and surface in the order in which they took effect, and why others cannot be read.
    ///
    /// - Throws: `StorageError` if the folder cannot be listed.
    package func contents(of key: SurfaceKey) throws -> (entries: [LedgerEntry], failures: [any Failure]) {
        let folder = folder(of: key)
        var (entries, failures): ([(time: Timestamp?, entry: LedgerEntry)], [any Failure]) = ([], [])
        for name in try Directory.names(in: folder) where name.hasSuffix(".json") && !name.hasPrefix(".") {
            do {
                let entry = try entry(at: folder.appending(name), of: key)
                entries.append((entry.tookEffectAt, entry))
            } catch let failure as any Failure {
                failures.append(failure)
            }
        }
        // Those of one time, which older ones may have, stay in the order of their names.
        let order = entries.indices.sorted { left, right in
            guard let first = entries[left].time, let second = entries[right].time, first != second else {
                return left < right
            }
            return first < second
        }
        return (order.map { entries[$0].entry }, failures)
    }

    /// The entries that are not damaged, in the order in which they took effect.
    ///
    /// - Throws: `StorageError` if one is there and cannot be read, for it may say what the others do not.
    private func undamagedEntries(of key: SurfaceKey) throws -> [LedgerEntry] {
        let (entries, failures) = try contents(of: key)
        if let failure = failures.first(where: { $0.kind == .storage }) { throw failure }
        return entries
    }

    /// The days that have a partition according to the entries that are not damaged.
    ///
    /// - Throws: `StorageError`.
    package func days(of key: SurfaceKey) throws -> Set<Day> {
        var days: Set<Day> = []
        for entry in try undamagedEntries(of: key) {
            days.subtract(entry.removed.compactMap { Day($0) })
            days.formUnion(entry.partitions.compactMap { Day($0.day) })
        }
        return days
    }

    /// The tenants and surfaces that have entries.
    ///
    /// - Throws: `StorageError` if a folder cannot be listed.
    package func surfaceKeys() throws(StorageError) -> [SurfaceKey] {
        try SurfaceKey.all(below: root)
    }

    /// Removes what killed processes have left unfinished. Only for who may change these partitions.
    package func removeUnfinished(_ key: SurfaceKey) throws(StorageError) {
        try AtomicFile.removeUnfinished(in: folder(of: key))
    }

    private func folder(of key: SurfaceKey) -> FilePath {
        root.appending(key.tenant.text).appending(key.surface.text)
    }

    private func entry(
        _ report: IngestReport, of key: SurfaceKey, mode: String, run: RunIdentifier, committedAt: Timestamp,
    ) -> [UInt8] {
        JSONWriter.text(style: .indented) { json in
            json.object { json in
                json.member("v", 1)
                json.member("run_id", run.description)
                json.member("at", run.startedAt.description)
                json.member("committed_at", committedAt.nanosecondDescription)
                json.member("mode", mode)
                json.member("tenant", key.tenant.text)
                json.member("surface", key.surface.text)
                json.key("inputs")
                json.array { json in for input in report.inputs { write(input, to: &json) } }
                json.member("events", report.eventCount)
                json.member("out_of_window", report.outOfWindowCount)
                json.member("out_of_scope", report.outOfScopeCount)
                json.member("unknown_fields", report.unknownFieldCount)
                json.key("rejects")
                json.object { json in
                    for (summary, count) in report.rejectCounts {
                        json.key(text: summary)
                        json.integer(count)
                    }
                }
                json.key("partitions")
                json.array { json in
                    for partition in report.partitions where partition.key.surfaceKey == key {
                        write(partition, to: &json)
                    }
                }
                json.key("removed")
                json.array { json in
                    for removed in report.removed where removed.surfaceKey == key {
                        json.string(removed.day.description)
                    }
                }
            }
        } + [UInt8(ascii: "\n")]
    }

    private func write(_ input: IngestReport.Input, to json: inout JSONWriter) {
        json.object { json in
            json.member("path", input.name)
            json.member("xxh3_128", input.digest)
            json.member("bytes", input.byteCount)
            json.member("lines", input.lineCount)
        }
    }

    private func write(_ partition: IngestReport.Partition, to json: inout JSONWriter) {
        json.object { json in
            json.member("day", partition.key.day.description)
            json.member("sha256", partition.digest.hexadecimal)
            json.member("bytes", partition.byteCount)
            json.member("rows", partition.rowCount)
        }
    }
}
