import Artifacts
import Builders
import Events
import Pipeline
import Platform
import Publishing
import SystemPackage

/// What a garbage collection did, or would do.
struct CollectionReport {
    let isDryRun: Bool
    private var surfaces: [StoreCollection.SurfaceGarbage] = []
    /// Of surfaces that were passed over, or of records that cannot be read.
    private var failures: [any Failure] = []
    /// Folders of quarantine.
    var deleted: [FilePath] = []

    init(isDryRun: Bool) {
        self.isDryRun = isDryRun
    }

    /// - Throws: What is no failure of the surface alone.
    mutating func add(_ outcome: Result<StoreCollection.SurfaceGarbage, any Error>) throws {
        do {
            let garbage = try outcome.get()
            surfaces.append(garbage)
            failures += garbage.artifacts.failures
        } catch let failure as any Failure where failure.kind != .storage {
            // One surface that is damaged or in use keeps none of the others from being cleaned.
            failures.append(failure)
        }
    }

    /// - Throws: `IncompleteResult` if a surface was passed over, or a record cannot be read.
    func result() throws -> CommandResult {
        let result = CommandResult(lines) { json in members(&json) }
        guard let failure = failures.first(where: { $0.kind == .corruption }) ?? failures.first else { return result }
        throw IncompleteResult(
            result: result, kind: failure.kind, message: failures.map(\.message).joined(separator: "; "),
            remedy: failure.remedy)
    }

    private var lines: [String] {
        let rows = surfaces.flatMap { surface in
            surface.artifacts.records.map { record in
                [
                    "\(surface.surfaceKey)", record.key.kind.rawValue, record.version.hexadecimal,
                    record.key.window.start.description, record.key.window.end.description, record.byteCount.grouped,
                ]
            }
        }
        let heading = ["SURFACE", "KIND", "VERSION", "FIRST DAY", "LAST DAY", "BYTES"]
        let table = rows.isEmpty ? [] : Table.lines([heading] + rows)
        return table + surfaces.flatMap(lines) + summary
    }

    private func lines(_ surface: StoreCollection.SurfaceGarbage) -> [String] {
        var lines: [String] = []
        let (artifacts, partitions) = (surface.artifacts, surface.partitions)
        if !artifacts.unrecorded.isEmpty {
            lines.append("\(surface.surfaceKey): \(artifacts.unrecorded.count.counted("artifact")) without a record")
        }
        if let first = partitions.days.first, let last = partitions.days.last {
            let count = partitions.days.count.counted("partition")
            lines.append(
                "\(surface.surfaceKey): \(count), \(first) to \(last), \(partitions.byteCount.counted("byte"))")
        }
        if surface.unfinishedCount > 0 {
            lines.append("\(surface.surfaceKey): \(surface.unfinishedCount.counted("unfinished file"))")
        }
        return lines
    }

    private var summary: [String] {
        let versionCount = surfaces.reduce(0) { $0 + $1.artifacts.records.count }
        let byteCount = surfaces.reduce(0) { $0 + $1.artifacts.byteCount + $1.partitions.byteCount }
        let partitionCount = surfaces.reduce(0) { $0 + $1.partitions.days.count }
        let counts =
            "\(versionCount.counted("version")), \(partitionCount.counted("partition")), "
            + byteCount.counted("byte")
        let quarantined = deleted.count.counted("quarantine folder")
        guard isDryRun else { return ["moved to quarantine: \(counts)", "deleted: \(quarantined)"] }
        return ["would move to quarantine: \(counts)", "would delete: \(quarantined)", "run it with --apply to do so"]
    }

    private func members(_ json: inout JSONWriter) {
        json.member("applied", !isDryRun)
        json.key("surfaces")
        json.array { json in for surface in surfaces { json.object { members(of: surface, &$0) } } }
        json.key("deleted")
        json.array { json in for path in deleted { json.string(path.string) } }
    }

    private func members(of surface: StoreCollection.SurfaceGarbage, _ json: inout JSONWriter) {
        json.member("tenant", surface.surfaceKey.tenant.text)
        json.member("surface", surface.surfaceKey.surface.text)
        json.key("versions")
        json.array { json in
            for record in surface.artifacts.records {
                json.object { json in
                    json.member("artifact_type", record.key.kind.rawValue)
                    json.member("version", record.version.hexadecimal)
                    json.member("bytes", record.byteCount)
                }
            }
        }
        json.key("unrecorded")
        json.array { json in for path in surface.artifacts.unrecorded { json.string(path.string) } }
        json.key("partitions")
        json.array { json in for day in surface.partitions.days { json.string(day.description) } }
        json.member("bytes", surface.artifacts.byteCount + surface.partitions.byteCount)
        json.member("unfinished_files", surface.unfinishedCount)
    }
}
