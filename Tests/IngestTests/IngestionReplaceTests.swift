import Columns
import Events
import Partitions
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Ingest

/// With `replace` the input is the whole truth of the window, and of nothing else.
@Suite struct IngestionReplaceTests {
    private let workshop = IngestWorkshop()

    private func scope(
        _ start: String? = nil, _ end: String? = nil, tenant: String? = nil, surface: String? = nil,
    ) throws -> IngestScope {
        let window = start.flatMap { start in end.map { Window.fixture(start, $0) } }
        return IngestScope(
            tenant: try tenant.map { try PathSegment($0) }, surface: try surface.map { try PathSegment($0) },
            window: window)
    }

    /// The items of a day of a surface; nil without a partition.
    private func items(_ day: String, tenant: String = "demo", surface: String = "home") throws -> [String]? {
        try workshop.store.exposures(of: .fixture(tenant: tenant, surface: surface, day: day))?.map(\.item)
    }

    /// Old events on four days of two tenants and two surfaces.
    private func fill() throws {
        let days = ["2024-02-27", "2024-02-28", "2024-02-29", "2024-03-01"]
        try workshop.ingest(
            ["demo", "other"].flatMap { tenant in
                ["home", "shop"].flatMap { surface in
                    days.map { EventLine.event("old", day: $0, tenant: tenant, surface: surface) }
                }
            })
        #expect(try workshop.storedFiles().count == 16)
    }

    @Test func daysOfTheWindowAreReplacedOrRemoved() throws {
        try fill()
        let before = try workshop.storedFiles()
        let report = try workshop.ingest(
            [EventLine.event("new", day: "2024-02-28")], scope: scope("2024-02-28", "2024-02-29"))
        #expect(try items("2024-02-27") == ["old"])
        #expect(try items("2024-02-28") == ["new"])
        #expect(try items("2024-02-29") == nil)
        #expect(try items("2024-03-01") == ["old"])
        #expect(report.partitions.map(\.key) == [.fixture(day: "2024-02-28")])
        #expect(report.removed == [.fixture(day: "2024-02-29")])
        let after = try workshop.storedFiles()
        let untouched = before.filter { !$0.key.hasPrefix("canonical/demo/home/") }
        #expect(untouched.count == 12)
        #expect(after.filter { !$0.key.hasPrefix("canonical/demo/home/") } == untouched)
    }

    /// It died after the removal and before the entry of the ledger.
    @Test func aDayThatAKilledIngestHasRemovedIsNotedByTheNext() throws {
        try fill()
        let removed = PartitionKey.fixture(day: "2024-02-29")
        try File.remove(workshop.store.path(removed))
        let report = try workshop.ingest(
            [EventLine.event("new", day: "2024-02-28")], scope: scope("2024-02-28", "2024-02-29"))
        #expect(report.removed == [removed])
        #expect(try workshop.ledger.contents(of: removed.surfaceKey).entries.last?.removed == ["2024-02-29"])
        let later = try workshop.ingest(
            [EventLine.event("new", day: "2024-02-28")], scope: scope("2024-02-28", "2024-02-29"))
        #expect(later.removed == [])
    }

    @Test func eventsOutsideTheScopeAreSkippedAndCounted() throws {
        let lines = [
            EventLine.event("in"), EventLine.event("early", day: "2024-02-28"),
            EventLine.event("late", day: "2024-03-01"),
            EventLine.event("tenant", tenant: "other"), EventLine.event("surface", surface: "shop"),
            EventLine.event("both", day: "2025-01-01", tenant: "other"), EventLine.event("in"),
        ]
        let report = try workshop.ingest(
            lines, scope: scope("2024-02-29", "2024-02-29", tenant: "demo", surface: "home"))
        #expect(report.eventCount == 2)
        #expect(report.outOfWindowCount == 2)
        #expect(report.outOfScopeCount == 3)
        #expect(report.lineCount == 7)
        #expect(report.partitions.map(\.rowCount) == [2])
        #expect(try workshop.storedFiles().count == 1)
    }

    /// Records that will be skipped are judged like all others.
    @Test func badRecordsOutsideTheScopeAreBad() throws {
        let lines = [EventLine.valid.with("tenant", "\"other\"").with("item_id", "\"\"").text]
        let scope = try scope("2024-02-29", "2024-02-29", tenant: "demo", surface: "home")
        #expect(throws: IngestError.self) { try workshop.ingest(lines, scope: scope) }
    }

    @Test func noEventsWithoutASurfaceTouchNobody() throws {
        try fill()
        let error = #expect(throws: IngestError.self) {
            try workshop.ingest([], scope: scope("2024-02-28", "2024-03-05"))
        }
        #expect(error?.kind == .notFound)
        #expect(error?.message.hasPrefix("the input has no events of 2024-02-28 to 2024-03-05") == true)
        #expect(try workshop.storedFiles().count == 16)
    }

    /// Of a tenant without a surface those surfaces are meant that the input has.
    @Test func theSurfacesOfTheInputAreTheScope() throws {
        try fill()
        let lines = [
            EventLine.event("new", day: "2024-02-29", surface: "home"),
            EventLine.event("skipped", day: "2024-02-29", tenant: "other", surface: "shop"),
        ]
        let report = try workshop.ingest(lines, scope: scope("2024-02-28", "2024-02-29", tenant: "demo"))
        #expect(report.removed == [.fixture(day: "2024-02-28")])
        #expect(try items("2024-02-28", surface: "shop") == ["old"])
        #expect(try items("2024-02-29", tenant: "other", surface: "shop") == ["old"])
        #expect(try items("2024-02-29") == ["new"])
    }

    @Test func withoutAWindowTheDaysOfTheInputAreReplaced() throws {
        try fill()
        let report = try workshop.ingest([EventLine.event("new", day: "2024-02-28")])
        #expect(report.removed.isEmpty)
        #expect(try items("2024-02-28") == ["new"])
        #expect(try items("2024-02-29") == ["old"])
    }

    @Test func replacingTwiceLeavesTheFilesAlone() throws {
        try fill()
        let name = "canonical/demo/home/exposures/2024-02-29.rspart"
        let (inode, date) = (try workshop.folder.inode(of: name), try workshop.folder.modificationDate(of: name))
        try fill()
        #expect(try workshop.folder.inode(of: name) == inode)
        #expect(try workshop.folder.modificationDate(of: name) == date)
    }
}
