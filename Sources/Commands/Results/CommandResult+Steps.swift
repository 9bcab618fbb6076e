import Artifacts
import Builders
import Columns
import Events
import Ingest
import Pipeline
import Platform
import Publishing
import SystemPackage

extension CommandResult {
    /// The result of an ingest.
    init(_ report: IngestReport, isDryRun: Bool) {
        var lines = ["read \(report.lineCount.counted("line")): \(report.eventCount.counted("event"))"]
        let skipped = [
            (report.outOfWindowCount, "outside the window"), (report.outOfScopeCount, "of other tenants or surfaces"),
        ]
        for (count, what) in skipped where count > 0 { lines.append("  \(count.grouped) \(what)") }
        if report.unknownFieldCount > 0 {
            lines.append("  \(report.unknownFieldCount.counted("unknown field")), ignored")
        }
        lines.append(CommandResult.line(report.partitions, isDryRun: isDryRun))
        if !report.removed.isEmpty {
            lines.append("\(isDryRun ? "would remove" : "removed") \(report.removed.count.grouped) without events")
        }
        for (summary, count) in report.rejectCounts { lines.append("  \(count.grouped) bad: \(summary)") }
        if let folder = report.rejectsFolder { lines.append("bad records are set aside in \(folder)") }
        self.init(lines) { $0.members(of: report) }
    }

    private static func line(_ partitions: [IngestReport.Partition], isDryRun: Bool) -> String {
        let new = partitions.filter(\.isNew)
        let byteCount = new.reduce(0) { $0 + $1.byteCount }.counted("byte")
        if isDryRun { return "would write \(partitions.count.counted("partition")), \(byteCount)" }
        let unchangedCount = partitions.count - new.count
        let rest = unchangedCount == 0 ? "" : "; \(unchangedCount.grouped) unchanged"
        return "wrote \(new.count.counted("partition")), \(byteCount)\(rest)"
    }

    /// The result of a computation, with where each artifact is staged.
    init(_ artifacts: [ComputedArtifact], staging: StagingArea) {
        let rows = artifacts.map { artifact in
            [
                artifact.file.key.kind.rawValue, artifact.rowCount.grouped, artifact.entryCount.grouped,
                artifact.file.byteCount.grouped, staging.path(of: artifact.file).string,
            ]
        }
        self.init(Table.lines([["KIND", "ROWS", "ENTRIES", "BYTES", "STAGED AS"]] + rows)) { json in
            json.key("artifacts")
            json.array { json in
                for artifact in artifacts {
                    json.object { json in
                        json.members(of: artifact)
                        json.member("path", staging.path(of: artifact.file).string)
                    }
                }
            }
        }
    }

    /// The result of a publication or a rollback.
    ///
    /// - Parameter gates: What stood before it; nil for a rollback, which nothing stands before.
    init(_ manifest: Manifest, gates: [GateResult]? = nil, at path: String, summary: String) {
        let rows = manifest.current.sorted { $0.key < $1.key }.map { [$0.key.rawValue, $0.value] }
        self.init([summary] + Table.lines([["KIND", "CURRENT"]] + rows)) { json in
            json.member("manifest", path)
            json.key("current")
            json.object { json in
                for (kind, uri) in manifest.current.sorted(by: { $0.key < $1.key }) {
                    json.key(text: kind.rawValue)
                    json.string(uri)
                }
            }
            json.member("updated_at", manifest.updatedAt.description)
            if let gates { json.member(gates: gates) }
        }
    }
}

extension JSONWriter {
    /// What there is to say of an ingest, as members of an object that the caller has begun.
    mutating func members(of report: IngestReport) {
        member("lines", report.lineCount)
        member("input_bytes", report.inputByteCount)
        member("events", report.eventCount)
        member("out_of_window", report.outOfWindowCount)
        member("out_of_scope", report.outOfScopeCount)
        member("unknown_fields", report.unknownFieldCount)
        key("rejects")
        object { json in
            for (summary, count) in report.rejectCounts {
                json.key(text: summary)
                json.integer(count)
            }
        }
        if let folder = report.rejectsFolder { member("rejects_folder", folder.string) }
        key("partitions")
        array { json in
            for partition in report.partitions {
                json.object { json in
                    json.member("tenant", partition.key.surfaceKey.tenant.text)
                    json.member("surface", partition.key.surfaceKey.surface.text)
                    json.member("day", partition.key.day.description)
                    json.member("rows", partition.rowCount)
                    json.member("bytes", partition.byteCount)
                    json.member("sha256", partition.digest.hexadecimal)
                    json.member("new", partition.isNew)
                }
            }
        }
        key("removed")
        array { json in for key in report.removed { json.string(key.description) } }
    }

    /// What there is to say of a computed artifact, as members of an object that the caller has begun.
    mutating func members(of artifact: ComputedArtifact) {
        member("artifact_type", artifact.file.key.kind.rawValue)
        member("first_day", artifact.file.key.window.start.description)
        member("last_day", artifact.file.key.window.end.description)
        member("version", artifact.file.version.hexadecimal)
        member("rows", artifact.rowCount)
        member("entries", artifact.entryCount)
        member("bytes", artifact.file.byteCount)
    }
}
