import Columns
import Events
import Partitions
import Platform
import SystemPackage
import TestSupport

@testable import Ingest

/// A store in a folder of its own, with all that an ingest into it needs.
struct IngestWorkshop {
    let folder = TemporaryFolder()

    var store: PartitionStore { PartitionStore(root: folder.path.appending("canonical")) }
    var ledger: Ledger { Ledger(root: folder.path.appending("ledger")) }
    var locks: FilePath { folder.path.appending("locks") }

    func ingestion(
        _ mode: IngestMode = .replace, scope: IngestScope = IngestScope(), threadCount: Int = 2, isStrict: Bool = false,
        maximumEventCount: Int = 1_000_000,
    ) -> Ingestion {
        Ingestion(
            store: store, ledger: ledger, scope: scope, mode: mode, locks: locks,
            rejects: folder.path.appending("rejects"), scratch: folder.path.appending("scratch"),
            threadCount: threadCount, isStrict: isStrict, maximumEventCount: maximumEventCount)
    }

    /// An input that holds these lines.
    func input(_ lines: [String], as name: String = "in.jsonl") throws -> InputSource {
        .file(try folder.write(Array(lines.map { $0 + "\n" }.joined().utf8), as: name))
    }

    /// Ingests these lines.
    @discardableResult
    func ingest(
        _ lines: [String], _ mode: IngestMode = .replace, scope: IngestScope = IngestScope(), threadCount: Int = 2,
    ) throws -> IngestReport {
        let input = try input(lines)
        return try ingestion(mode, scope: scope, threadCount: threadCount).run([input], run: RunIdentifier())
    }

    /// Every file below the store with its bytes.
    func storedFiles() throws -> [String: [UInt8]] {
        let names = folder.fileNames.filter { $0.hasPrefix("canonical/") }
        return Dictionary(uniqueKeysWithValues: try names.map { ($0, try File.read(folder.path.appending($0))) })
    }
}

extension EventLine {
    /// A short event: on a day, by a user, of an item.
    static func event(
        _ item: String, user: String? = "u", day: String = "2024-02-29", tenant: String = "demo",
        surface: String = "home",
    ) -> String {
        let line = EventLine.valid.with("ts", "\"\(day)T00:00:00Z\"").with("item_id", "\"\(item)\"")
            .with("tenant", "\"\(tenant)\"").with("surface", "\"\(surface)\"")
        return (user.map { line.with("user_id", "\"\($0)\"") } ?? line).text
    }
}
