import Columns
package import Events
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

    /// Notes an ingest that has taken effect, for every tenant and surface whose partitions it touched.
    package func append(_ report: IngestReport, mode: IngestMode, run: RunIdentifier) throws(StorageError) {
        let keys = Set(report.partitions.map(\.key.surfaceKey) + report.removed.map(\.surfaceKey))
        for key in keys.sorted() {
            let path = folder(of: key).appending("\(run).json")
            _ = try AtomicFile.create(entry(report, of: key, mode: mode, run: run).rawSpan, at: path)
        }
    }

    /// The entry at `path`, which is one of that tenant and surface.
    ///
    /// - Throws: `LedgerError` if it is damaged; `StorageError`.
    package func entry(at path: FilePath, of key: SurfaceKey) throws -> LedgerEntry {
        guard let entry = LedgerEntry(encoded: try File.read(path), of: key) else { throw LedgerError(path: path) }
        return entry
    }

    /// All entries of a tenant and surface, oldest first.
    ///
    /// - Throws: `LedgerError` if one is damaged; `StorageError`.
    package func entries(of key: SurfaceKey) throws -> [LedgerEntry] {
        let folder = folder(of: key)
        return try Directory.names(in: folder).filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }
            .map { try entry(at: folder.appending($0), of: key) }
    }

    /// Removes what killed processes have left unfinished. Only for who may change these partitions.
    package func removeUnfinished(_ key: SurfaceKey) throws(StorageError) {
        try AtomicFile.removeUnfinished(in: folder(of: key))
    }

    private func folder(of key: SurfaceKey) -> FilePath {
        root.appending(key.tenant.text).appending(key.surface.text)
    }

    private func entry(_ report: IngestReport, of key: SurfaceKey, mode: IngestMode, run: RunIdentifier) -> [UInt8] {
        JSONWriter.text(style: .indented) { json in
            json.object { json in
                json.member("v", 1)
                json.member("run_id", run.description)
                json.member("at", run.startedAt.description)
                json.member("mode", mode.rawValue)
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
