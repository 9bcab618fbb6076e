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
    /// Hears what has been done, in the order of the days.
    package let report: @Sendable (DayReport) -> Void

    package init(
        _ pipeline: Pipeline, _ owner: SegmentKey, days: Window, windowDayCount: Int,
        report: @escaping @Sendable (DayReport) -> Void,
    ) {
        precondition(windowDayCount >= 1)
        self.pipeline = pipeline
        self.owner = owner
        self.days = days
        self.windowDayCount = windowDayCount
        self.report = report
    }

    /// What became of one day.
    package struct DayReport: Sendable {
        package let day: Day
        /// Empty for a day whose window has no events: nothing was published.
        package let artifacts: [ComputedArtifact]
        /// True if the manifest was moved.
        package let isNew: Bool
        /// True if the manifest names all of these artifacts; false if what is current covers a later day.
        package let isCurrent: Bool
    }

    /// Ingests `inputs` as the whole truth of the days, then publishes each day. Inputs without any event of these days
    /// are taken for a mistake, and replace nothing.
    ///
    /// - Parameters:
    ///   - coveredDays: The days that the inputs speak of; nil for all. The partitions of the others stay as they are.
    ///   - isDryRun: True to read the inputs and change nothing.
    /// - Throws: `PipelineError` if the days are too many; `IngestError` if the inputs have no events of them; the
    ///   errors of each step.
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
        let scope = IngestScope(tenant: owner.tenant, surface: owner.surface, window: days, days: coveredDays)
        let ingested = try pipeline.ingest(inputs, scope: scope, mode: .replace, isDryRun: isDryRun)
        if !isDryRun { try publishDays() }
        return ingested
    }

    /// Days are computed a few at a time, on all cores, and published together, in their order.
    private func publishDays() throws {
        let all = Array(days.days)
        let batchSize = pipeline.threadCount * 4
        pipeline.progress?(.publishing(dayCount: 0, total: all.count))
        let single = pipeline.limited(toThreads: 1)
        for start in stride(from: 0, to: all.count, by: batchSize) {
            let batch = Array(all[start..<min(all.count, start + batchSize)])
            // A day that fails keeps none of the days before it from being published.
            let computed = try Parallel.map(count: batch.count, threadCount: pipeline.threadCount) { index in
                Result { try compute(batch[index], with: batch.count == 1 ? pipeline : single) }
            }
            let succeeded = computed.prefix { (try? $0.get()) != nil }
            try publish(zip(batch, succeeded).map { ($0, try $1.get()) })
            pipeline.progress?(.publishing(dayCount: start + succeeded.count, total: all.count))
            if succeeded.count < computed.count { _ = try computed[succeeded.count].get() }
        }
    }

    /// The artifacts of a day; none if its window has no events.
    private func compute(_ day: Day, with pipeline: Pipeline) throws -> [ComputedArtifact] {
        let start = day.advanced(by: 1 - windowDayCount) ?? Day.range.lowerBound
        guard let window = Window(start: start, end: day) else { preconditionFailure("a window ends after it starts") }
        do {
            return try pipeline.compute(
                pipeline.configuration.effectiveArtifactKinds, of: owner, over: window)
        } catch PipelineError.noEvents {
            return []
        }
    }

    /// Publishes days, what they need on disk made durable together, and notes the last of them that is current.
    private func publish(_ days: [(day: Day, artifacts: [ComputedArtifact])]) throws {
        try Cancellation.check()
        let published = days.filter { !$0.artifacts.isEmpty }
        var next = try (published.isEmpty ? [] : outcomes(of: published)).makeIterator()
        for (day, artifacts) in days {
            let outcome = artifacts.isEmpty ? nil : next.next()
            report(
                DayReport(
                    day: day, artifacts: artifacts, isNew: outcome?.isNew ?? false,
                    isCurrent: outcome?.isCurrent ?? false))
        }
    }

    private func outcomes(of days: [(day: Day, artifacts: [ComputedArtifact])]) throws -> [Publisher.Outcome] {
        let sets = days.map { day in day.artifacts.map { ($0.file, $0.provenance) } }
        return try pipeline.publisher.publish(sets, of: owner, run: pipeline.run, keepingLater: true) { outcomes in
            guard let last = outcomes.lastIndex(where: \.isCurrent) else { return }
            try Checkpoint(lastPublishedDay: days[last].day, run: pipeline.run)
                .write(to: pipeline.layout.checkpoint(owner))
        }
    }
}
