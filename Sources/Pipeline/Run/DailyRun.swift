import Artifacts
import Builders
package import Events
package import Ingest
import Platform
import Publishing
import SystemPackage

/// The whole job, day by day: ingest, compute over the days that end on that day, publish, note how far it got.
package struct DailyRun: Sendable {
    package let pipeline: Pipeline
    package let owner: SegmentKey
    /// The days to publish.
    package let days: Window
    /// How many days, that day the last, an artifact covers; at least 1.
    package let windowDayCount: Int
    /// True if the inputs may not have come to the last of the days yet: those after their last event wait.
    package let endsWithInput: Bool
    /// True to take artifacts that were published before where a computation would only make them again.
    package let reusesExisting: Bool
    /// Hears what has been done, in the order of the days.
    package let report: @Sendable (DayReport) -> Void
    /// Hears what the ingest did, before any day is published.
    package let reportIngest: @Sendable (IngestReport) -> Void

    package init(
        _ pipeline: Pipeline, _ owner: SegmentKey, days: Window, windowDayCount: Int, endsWithInput: Bool = false,
        reusesExisting: Bool = false,
        reportIngest: @escaping @Sendable (IngestReport) -> Void = { _ in },
        report: @escaping @Sendable (DayReport) -> Void,
    ) {
        precondition(windowDayCount >= 1)
        self.pipeline = pipeline
        self.owner = owner
        self.days = days
        self.windowDayCount = windowDayCount
        self.endsWithInput = endsWithInput
        self.reusesExisting = reusesExisting
        self.report = report
        self.reportIngest = reportIngest
    }

    /// What became of one day.
    package struct DayReport: Sendable {
        package let day: Day
        /// Empty for a day whose window has no events: nothing was published.
        package let artifacts: [ComputedArtifact]
        /// How many of the artifacts were there before and not computed.
        package let reusedCount: Int
        /// What the gates that are on say of the day and its artifacts.
        package let gates: [GateResult]
        /// True if the manifest was moved.
        package let isNew: Bool
        /// True if the manifest names all of these artifacts; false if what is current covers a later day.
        package let isCurrent: Bool
    }

    /// A day that passed the gates of its events.
    private struct Computed {
        let day: Day
        let artifacts: [ComputedArtifact]
        let reusedCount: Int
        var gates: [GateResult]
    }

    /// Ingests `inputs` as the whole truth of the days, then publishes each day. Inputs without any event of these days
    /// are taken for a mistake, and replace nothing.
    ///
    /// - Parameters:
    ///   - coveredDays: The days that the inputs speak of; nil for all. The partitions of the others stay as they are.
    ///   - isDryRun: True to read the inputs and change nothing.
    /// - Throws: `PipelineError` if the days are too many; `IngestError` if the inputs have no events of them;
    ///   `GateRefusal` of the first day that does not pass, those before it being published; the errors of each step.
    package func execute(
        _ inputs: [InputSource], coveringOnly coveredDays: Set<Day>? = nil, isDryRun: Bool,
    ) throws -> IngestReport {
        let configuration = pipeline.configuration
        guard days.dayCount <= configuration.maximumBackfillDayCount else {
            throw PipelineError.windowTooLong(days, limit: configuration.maximumBackfillDayCount)
        }
        if configuration.effectiveArtifactKinds.contains(.contentSim), configuration.catalog == nil {
            throw PipelineError.noCatalog
        }
        let scope = IngestScope(
            tenant: owner.tenant, surface: owner.surface, window: days, days: coveredDays, isOpenEnded: endsWithInput)
        let ingested = try pipeline.phases.measure(.ingest) {
            try pipeline.ingest(inputs, scope: scope, mode: .replace, isDryRun: isDryRun)
        }
        reportIngest(ingested)
        let last = endsWithInput ? ingested.lastDay : days.end
        if !isDryRun { try publishDays(days.days.filter { $0 <= last ?? days.end }) }
        return ingested
    }

    /// Days are computed a few at a time, on all cores, and published together, in their order.
    private func publishDays(_ all: [Day]) throws {
        let batchSize = pipeline.threadCount * 4
        pipeline.progress?(.publishing(dayCount: 0, total: all.count))
        let single = pipeline.limited(toThreads: 1)
        let gates = try DayGates(pipeline, owner.surfaceKey)
        let existing = try reusesExisting ? ExistingArtifacts(pipeline, owner) : nil
        let missing = try pipeline.missingDays(of: owner.surfaceKey, in: reach)
        for start in stride(from: 0, to: all.count, by: batchSize) {
            let batch = Array(all[start..<min(all.count, start + batchSize)])
            // A day that fails keeps none of the days before it from being published.
            let computed = try pipeline.phases.measure(.compute) {
                try Parallel.map(count: batch.count, threadCount: pipeline.threadCount) { index in
                    Result {
                        let pipeline = batch.count == 1 ? pipeline : single
                        return try compute(batch[index], gates, existing, missing, with: pipeline)
                    }
                }
            }
            let succeeded = computed.prefix { (try? $0.get()) != nil }
            try pipeline.phases.measure(.publish) { try publish(succeeded.map { try $0.get() }) }
            pipeline.progress?(.publishing(dayCount: start + succeeded.count, total: all.count))
            if succeeded.count < computed.count { _ = try computed[succeeded.count].get() }
        }
    }

    /// The artifacts of a day; none if its window has no events.
    ///
    /// - Throws: `GateRefusal`; `PipelineError.missingPartition`.
    private func compute(
        _ day: Day, _ gates: DayGates, _ existing: ExistingArtifacts?, _ missing: MissingDays,
        with pipeline: Pipeline,
    ) throws -> Computed {
        let results = try gates.check(day)
        if let refusal = GateRefusal(results) { throw refusal }
        let window = window(of: day)
        try missing.check(window)
        let reused = try existing?.artifacts(over: window) ?? []
        let kinds = pipeline.configuration.effectiveArtifactKinds.filter { kind in
            !reused.contains { $0.file.key.kind == kind }
        }
        let computed: [ComputedArtifact]
        do {
            computed = try kinds.isEmpty ? [] : pipeline.compute(kinds, of: owner, over: window)
        } catch PipelineError.noEvents {
            computed = []
        }
        let artifacts = (reused + computed).sorted { $0.file.key.kind < $1.file.key.kind }
        return Computed(day: day, artifacts: artifacts, reusedCount: reused.count, gates: results)
    }

    /// The days that an artifact covers.
    private func window(of day: Day) -> Window {
        let start = day.advanced(by: 1 - windowDayCount) ?? Day.range.lowerBound
        guard let window = Window(start: start, end: day) else { preconditionFailure("a window ends after it starts") }
        return window
    }

    /// All days that some artifact covers.
    private var reach: Window {
        guard let reach = Window(start: window(of: days.start).start, end: days.end) else {
            preconditionFailure("the last day is not before the first one")
        }
        return reach
    }

    /// Publishes days: together, or one by one where each is measured against the one before it.
    private func publish(_ days: [Computed]) throws {
        guard pipeline.gates.measures(.artifact) else { return try publishTogether(days) }
        for var day in days {
            day.gates += try ArtifactGates(pipeline, owner).check(day.artifacts.map(\.file))
            if let refusal = GateRefusal(day.gates) { throw refusal }
            try publishTogether([day])
        }
    }

    /// Publishes days, what they need on disk made durable together, and notes the last of them that is current.
    private func publishTogether(_ days: [Computed]) throws {
        try Cancellation.check()
        let published = days.filter { !$0.artifacts.isEmpty }
        var next = try (published.isEmpty ? [] : outcomes(of: published)).makeIterator()
        for day in days {
            let outcome = day.artifacts.isEmpty ? nil : next.next()
            report(
                DayReport(
                    day: day.day, artifacts: day.artifacts, reusedCount: day.reusedCount, gates: day.gates,
                    isNew: outcome?.isNew ?? false, isCurrent: outcome?.isCurrent ?? false))
        }
    }

    private func outcomes(of days: [Computed]) throws -> [Publisher.Outcome] {
        let sets = days.map { day in
            day.artifacts.map { ($0.file, $0.provenance.noting(day.gates, $0.file.key.kind)) }
        }
        return try pipeline.publisher.publish(sets, of: owner, run: pipeline.run, keepingLater: true) { outcomes in
            guard let last = outcomes.lastIndex(where: \.isCurrent) else { return }
            try Checkpoint(lastPublishedDay: days[last].day, run: pipeline.run)
                .write(to: pipeline.layout.checkpoint(owner))
        }
    }
}
