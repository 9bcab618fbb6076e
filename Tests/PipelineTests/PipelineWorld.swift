import Artifacts
import Builders
import Events
import Foundation
import Ingest
import Platform
import Publishing
import SystemPackage
import TestSupport

@testable import Pipeline

/// A folder with events in it, and a pipeline that works below `out`.
struct PipelineWorld {
    let folder: TemporaryFolder
    let owner: SegmentKey
    var configuration = Configuration()

    init(owner: SegmentKey = .fixture(), in folder: TemporaryFolder = TemporaryFolder()) {
        self.owner = owner
        self.folder = folder
        configuration.outDirectory = folder.path.appending("out")
    }

    /// A pipeline of a new run.
    func pipeline(threadCount: Int = 2) -> Pipeline {
        Pipeline(configuration, threadCount: threadCount, run: RunIdentifier())
    }

    /// Writes the events of some days into one file, and returns it as an input.
    func write(_ days: [ExampleDay], as name: String = "events.jsonl") throws -> InputSource {
        try folder.write(days.map(\.lines).joined(), as: name)
        return .file(folder.path.appending(name))
    }

    /// What became of the days of a run.
    @discardableResult
    func run(
        _ input: InputSource, _ first: String, _ last: String, windowDayCount: Int = 1, pipeline: Pipeline? = nil,
        isDryRun: Bool = false,
    ) throws -> [DailyRun.DayReport] {
        let reports = Reports()
        let run = DailyRun(
            pipeline ?? self.pipeline(), owner, days: .fixture(first, last), windowDayCount: windowDayCount,
            report: { reports.append($0) })
        _ = try run.execute([input], isDryRun: isDryRun)
        return reports.all
    }

    /// What is current, opened and verified.
    func current(_ kind: ArtifactKind) throws -> Artifact {
        let layout = pipeline().layout
        let (file, _) = try layout.registry.openBlob(of: owner, kind: kind, version: nil, in: layout.objectStore)
        return try ArtifactDecoder.decode(file)
    }

    /// The blobs and partitions: what depends on the events alone.
    var results: [String: [UInt8]] {
        get throws {
            let names = folder.fileNames.filter {
                $0.hasPrefix("out/objectstore/") || $0.hasPrefix("out/canonical/")
            }
            return Dictionary(uniqueKeysWithValues: try names.map { ($0, try folder.read($0)) })
        }
    }
}

/// The reports of a run, in their order.
private final class Reports: @unchecked Sendable {
    private let lock = NSLock()
    private var reports: [DailyRun.DayReport] = []

    var all: [DailyRun.DayReport] { lock.withLock { reports } }

    func append(_ report: DailyRun.DayReport) {
        lock.withLock { reports.append(report) }
    }
}

/// Events of one day, the same for the same number.
struct ExampleDay {
    let day: String
    /// The items that were shown, in the order of the events.
    let items: [String]
    /// The events as JSON Lines.
    let lines: String

    init(_ day: String, count: Int = 40, tenant: String = "demo", surface: String = "home") {
        var generator = SplitMix64(seed: UInt64(day.utf8.reduce(0) { $0 * 31 + Int($1) }))
        var items: [String] = []
        var lines = ""
        for second in 0..<count {
            let user = Int.random(in: 0..<6, using: &generator)
            let session = user * 3 + Int.random(in: 0..<3, using: &generator)
            items.append("item \(Int.random(in: 0..<12, using: &generator))")
            let seconds = second < 10 ? "0\(second)" : "\(second)"
            lines += """
                {"v":1,"ts":"\(day)T00:00:\(seconds)Z","tenant":"\(tenant)","surface":"\(surface)",\
                "user_id":"user \(user)","session_id":"session \(session)","item_id":"\(items[second])"}

                """
        }
        self.day = day
        self.items = items
        self.lines = lines
    }
}

/// The kind of the failure that `body` ends in; nil if it does not fail.
func failureKind(_ body: () throws -> Void) throws -> FailureKind? {
    do {
        try body()
        return nil
    } catch let failure as any Failure {
        return failure.kind
    }
}
