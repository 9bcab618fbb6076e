import Foundation
import SystemPackage
import TestSupport
import Testing

/// `--dry-run` changes nothing, not even by an empty folder.
@Suite struct DryRunTests {
    private let demoFolder: DemoFolder

    init() throws {
        demoFolder = try DemoFolder()
    }

    private static let firstDays = "\(demo) --start 2026-01-01 --end 2026-01-02"

    @Test(arguments: [
        "ingest exposure.jsonl", "ingest exposure.jsonl \(firstDays)", "run \(firstDays) --input exposure.jsonl",
    ])
    func nothingIsMadeInAnEmptyPlace(line: String) throws {
        try demoFolder.succeed("\(line) --dry-run")
        let names = try FileManager.default.contentsOfDirectory(atPath: demoFolder.folder.path.string)
        #expect(names.sorted() == ["catalog.csv", "exposure.jsonl"])
    }

    @Test(arguments: [
        "ingest exposure.jsonl", "ingest exposure.jsonl \(demo) \(demoWeek)",
        "run \(demo) \(demoWeek) --input exposure.jsonl",
        "compute cooc implicit \(demo) \(demoWeek)", "publish \(firstDays)", "rollback \(demo)",
    ])
    func nothingChanges(line: String) throws {
        try demoFolder.publish(through: 2)
        try demoFolder.succeed("compute popularity \(DryRunTests.firstDays)")
        let before = demoFolder.content
        try demoFolder.succeed("\(line) --dry-run")
        // In the output folder itself scratch files may come and go.
        #expect(demoFolder.content.changes(since: before).filter { !$0.isEmpty } == [])
    }
}
