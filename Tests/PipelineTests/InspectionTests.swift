import Artifacts
import Builders
import Events
import Foundation
import Ingest
import Platform
import Publishing
import Scan
import SystemPackage
import TestSupport
import Testing

@testable import Pipeline

/// Published versions are compared and explained as they are stored.
@Suite struct InspectionTests {
    private static let days = ["2026-01-05", "2026-01-06", "2026-01-07"].map { ExampleDay($0) }

    /// A world whose last artifact is of all three days.
    private func world(_ change: (inout PipelineWorld) -> Void = { _ in }) throws -> PipelineWorld {
        var world = PipelineWorld()
        change(&world)
        try world.run(world.write(InspectionTests.days), "2026-01-05", "2026-01-07", windowDayCount: 3)
        return world
    }

    private func explain(
        _ neighbor: String, _ item: String, in world: PipelineWorld, version: String? = nil,
    ) throws -> NeighborExplanation {
        try world.pipeline().explain(neighbor, asNeighborOf: item, of: world.owner, version: version)
    }

    /// For every neighbour of every third item the explanation agrees with the published artifact.
    private func checkPairs(_ world: PipelineWorld, _ comment: Comment) throws -> [NeighborExplanation] {
        let rows = try world.current(.cooc).rows
        let lists: [ScoredRow] =
            rows.valueKind == .scores
            ? rows.scoredRows : rows.exampleRows.map { ($0.key, $0.entries.map { ($0.id, Double($0.count)) }) }
        let items = Set(InspectionTests.days.flatMap(\.items)).sorted()
        return try stride(from: 0, to: items.count, by: 3).map({ items[$0] }).flatMap { item in
            try items.filter { $0 != item }.map { neighbor in
                let result = try explain(neighbor, item, in: world)
                let entries = lists.first { $0.key == item }?.entries
                let place = entries?.firstIndex { $0.id == neighbor }
                #expect(result.listLength == entries?.count, comment)
                #expect(result.place?.rank == place.map { $0 + 1 }, comment)
                #expect(result.place?.score == place.flatMap { entries?[$0].score }, comment)
                #expect((result.reason == nil) == (place != nil) && result.reason != .eventsAreOthers, comment)
                #expect(result.changes.isEmpty, comment)
                if let place = result.place {
                    #expect(result.counts.score == place.score, comment)
                    guard case .ranked(place.rank, _) = result.counts.standing else {
                        Issue.record("\(comment.rawValue): \(result.counts.standing)")
                        return result
                    }
                }
                return result
            }
        }
    }

    @Test(arguments: CoocScore.allCases)
    func pairsOfAnArtifact(score: CoocScore) throws {
        let world = try world { world in
            world.configuration.parameters.coocScore = score
            world.configuration.parameters.maximumNeighborsPerItem = 4
            world.configuration.parameters.minimumCoocSupport = 2
            world.configuration.parameters.maximumItemsPerArtifact = 8
            world.configuration.limits.oversizedSessions = .truncate
            world.configuration.limits.maximumItemsPerSession = 5
        }
        let reasons = Set(try checkPairs(world, "\(score.rawValue)").compactMap(\.reason))
        #expect(reasons.contains(.rowIsCut) && reasons.contains(.isCut))
        #expect(reasons.contains(.belowSupport) || score == .llr)
    }

    /// The artifact's parameters count, not those that are configured now.
    @Test func theParametersAreTheArtifacts() throws {
        var world = try world {
            $0.configuration.limits.oversizedSessions = .drop
            $0.configuration.limits.maximumItemsPerSession = 4
        }
        let before = try checkPairs(world, "as configured").map(\.counts)
        world.configuration.limits = BuildLimits()
        world.configuration.parameters.coocScore = .lift
        world.configuration.parameters.minimumCoocSupport = 9
        world.configuration.limits.maximumItemsPerSession = 1
        #expect(try checkPairs(world, "otherwise").map(\.counts) == before)
        #expect(before.contains { $0.oversizedCount > 0 })
    }

    @Test func reasonsOfWhatNobodySawTogether() throws {
        let world = try world {
            $0.configuration.limits.oversizedSessions = .drop
            $0.configuration.limits.maximumItemsPerSession = 1
        }
        // Nothing is a neighbour of anything, so there is no row.
        #expect(try explain("item 1", "item 2", in: world).reason == .oversizedSessions)
        #expect(try explain("item 1", "item 99", in: world).reason == .itemNotInWindow)
        #expect(try explain("item 99", "item 1", in: world).reason == .neighborNotInWindow)
        let lonely = PipelineWorld()
        let day = ExampleDay("2026-01-05", count: 2)
        try lonely.run(lonely.write([day]), "2026-01-05", "2026-01-05")
        if Set(day.items).count == 2 {
            #expect(try explain(day.items[0], day.items[1], in: lonely).reason == .noSessionWithBoth)
        }
    }

    @Test func changedMissingAndNewPartitionsAreNoted() throws {
        let world = try world()
        let artifact = try world.current(.cooc).rows.exampleRows[0]
        let (item, neighbor) = (artifact.key, artifact.entries[0].id)
        let scope = { (day: String) in
            IngestScope(tenant: world.owner.tenant, surface: world.owner.surface, window: .fixture(day))
        }
        // Another day's events, and none.
        let other = ExampleDay("2026-01-06", count: 9)
        _ = try world.pipeline().ingest(
            [world.write([other], as: "other.jsonl")], scope: scope("2026-01-06"), mode: .replace, isDryRun: false)
        let missing = world.folder.path.appending("out/canonical/demo/home/exposures/2026-01-07.rspart").string
        try FileManager.default.removeItem(atPath: missing)
        let result = try explain(neighbor, item, in: world)
        #expect(
            result.changes.map { "\($0.day) \($0.change.rawValue)" } == ["2026-01-06 changed", "2026-01-07 missing"])
        #expect(result.place?.rank == 1 && result.reason == nil)
        #expect(result.counts.both.count < artifact.entries[0].count)
        // The first artifact is of the first day alone, for there were no events before.
        let first = try world.pipeline().layout.registry.versions(of: world.owner, kind: .cooc).versions[0].record
        #expect(first.key.window == .fixture("2026-01-03", "2026-01-05"))
        _ = try world.pipeline().ingest(
            [world.write([ExampleDay("2026-01-04")], as: "new.jsonl")], scope: scope("2026-01-04"), mode: .replace,
            isDryRun: false)
        let old = try explain(neighbor, item, in: world, version: first.version.hexadecimal)
        #expect(old.changes == [NeighborExplanation.SourceChange(day: "2026-01-04", change: .new)])
        let others = Set(old.counts.days.map(\.day.description))
        #expect(others.isSubset(of: ["2026-01-04", "2026-01-05"]))
    }

    /// Of other events the one place of a list goes to another item: it is not there, and no other one ranks before it.
    @Test func anItemThatWouldBeThereByNow() throws {
        var world = PipelineWorld()
        world.configuration.parameters.maximumNeighborsPerItem = 1
        let owner = world.owner
        let events = { (items: [String]) in
            items.map { item in
                #"{"v":1,"ts":"2026-01-05T00:00:00Z","tenant":"demo","surface":"home","session_id":"s","#
                    + #""item_id":"\#(item)"}"# + "\n"
            }.joined()
        }
        try world.folder.write(events(["b", "c", "d"]), as: "before.jsonl")
        try world.run(.file(world.folder.path.appending("before.jsonl")), "2026-01-05", "2026-01-05")
        #expect(try explain("c", "d", in: world).reason == .isCut)
        try world.folder.write(events(["c", "d"]), as: "now.jsonl")
        _ = try world.pipeline().ingest(
            [.file(world.folder.path.appending("now.jsonl"))],
            scope: IngestScope(tenant: owner.tenant, surface: owner.surface, window: .fixture("2026-01-05")),
            mode: .replace, isDryRun: false)
        let result = try explain("c", "d", in: world)
        #expect(result.reason == .eventsAreOthers && result.counts.standing == .ranked(rank: 1, neighborCount: 1))
        #expect(try explain("b", "d", in: world).place?.rank == 1)
    }

    @Test func withoutAnyPartitionThereAreNoCounts() throws {
        let world = try world()
        let artifact = try world.current(.cooc).rows.exampleRows[0]
        try FileManager.default.removeItem(atPath: world.folder.path.appending("out/canonical").string)
        let result = try explain(artifact.entries[0].id, artifact.key, in: world)
        #expect(result.changes.map(\.change) == [.missing, .missing, .missing])
        #expect(result.place?.rank == 1 && result.counts.standing == .itemIsUnknown)
    }

    @Test func versionsAreComparedWithThoseBefore() throws {
        let world = try world()
        let registry = world.pipeline().layout.registry
        let versions = try registry.versions(of: world.owner, kind: .cooc).versions.map(\.record.version)
        let result = try world.pipeline().compare(.cooc, of: world.owner, nil, nil, topCount: 3)
        #expect([result.first, result.second].map(\.record.version) == [versions[1], versions[2]])
        let first = try world.pipeline().compare(
            .cooc, of: world.owner, String(versions[0].hexadecimal.prefix(20)), nil, topCount: 3)
        #expect([first.first, first.second].map(\.record.version) == [versions[0], versions[2]])
        let both = try world.pipeline().compare(
            .cooc, of: world.owner, versions[2].hexadecimal, versions[1].hexadecimal, topCount: 3)
        #expect(both.comparison.changes.enteredCount == result.comparison.changes.leftCount)
        #expect(both.comparison.measures?.overlapOfTop == result.comparison.measures?.overlapOfTop)
        #expect(result.second.entryCount == (try world.current(.cooc).rows.entryCount))
        for (left, right) in [("00", nil), (nil, "zz")] as [(String?, String?)] {
            #expect(
                try failureKind {
                    _ = try world.pipeline().compare(.cooc, of: world.owner, left, right, topCount: 1)
                } == .notFound)
        }
        #expect(
            try failureKind {
                _ = try world.pipeline().compare(.contentSim, of: world.owner, nil, nil, topCount: 1)
            } == .notFound)
    }

    @Test func rowsOfJSONAreNotRead() throws {
        let world = try world { $0.configuration.artifactFormat = .jsonV1 }
        #expect(try failureKind { _ = try explain("item 1", "item 2", in: world) } == .usage)
        #expect(
            try failureKind {
                _ = try world.pipeline().compare(.cooc, of: world.owner, nil, nil, topCount: 1)
            } == .usage)
    }
}
