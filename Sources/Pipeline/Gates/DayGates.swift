import Columns
import Events
import Ingest
import Partitions
import Platform

/// Measures the events of days: from the footers of their partitions, and from the ledger.
struct DayGates: Sendable {
    private let pipeline: Pipeline
    private let surfaceKey: SurfaceKey
    /// The last ingest that left a partition for a day, as far as the ledger can be read.
    private let ingests: [Day: LedgerEntry]

    /// - Throws: `StorageError` if the ledger cannot be read: what was not measured must not pass.
    init(_ pipeline: Pipeline, _ surfaceKey: SurfaceKey) throws {
        self.pipeline = pipeline
        self.surfaceKey = surfaceKey
        let needsLedger = [Gate.maxRejectRatio, .maxOutOfWindowRatio].contains { pipeline.gates.isOn($0) }
        ingests = try needsLedger ? DayGates.ingests(of: surfaceKey, pipeline.layout.ledger) : [:]
    }

    private static func ingests(of key: SurfaceKey, _ ledger: Ledger) throws -> [Day: LedgerEntry] {
        var ingests: [Day: LedgerEntry] = [:]
        let (entries, failures) = try ledger.contents(of: key)
        // Those that are damaged are `verify`'s to tell.
        if let failure = failures.first(where: { $0.kind == .storage }) { throw failure }
        for entry in entries {
            for day in entry.partitions.compactMap({ Day($0.day) }) { ingests[day] = entry }
        }
        return ingests
    }

    /// What each gate that is on says of a day. What a day without events has no measure of is left out.
    ///
    /// - Throws: `FormatError` if a partition that is looked at is damaged; `StorageError`.
    func check(_ day: Day) throws -> [GateResult] {
        let gates = pipeline.gates
        guard gates.measures(.day) else { return [] }
        let partition = try partition(day)
        let count = partition?.rowCount ?? 0
        let median = try median(before: day)
        let ratio = median.map { Double(count) / $0 }
        var results: [GateResult?] = [
            gates.judge(.minEvents, day, Double(count)), gates.judge(.maxEvents, day, Double(count)),
            gates.judge(.minEventsToMedian, day, ratio), gates.judge(.maxEventsToMedian, day, ratio),
        ]
        if let partition, count > 0 {
            let statistics = partition.statistics
            results += [
                gates.judge(.maxDistinctItems, day, Double(statistics.itemCount)),
                gates.judge(.maxSessions, day, Double(statistics.sessionCount)),
                try gates.judge(.maxItemShare, day, DayGates.greatestItemShare(of: partition)),
                gates.judge(.maxLatestEventAge, day, DayGates.hoursToEnd(from: statistics.latest)),
                gates.judge(.maxRejectRatio, day, ingests[day]?.rejectRatio),
                gates.judge(.maxOutOfWindowRatio, day, ingests[day]?.outOfWindowRatio),
            ]
        }
        return results.compactMap { $0 }
    }

    private func partition(_ day: Day) throws -> PartitionReader? {
        let store = pipeline.layout.partitions
        let key = PartitionKey(surfaceKey, day)
        return try File.exists(store.path(key)) ? store.open(key) : nil
    }

    /// The median number of events of those of the seven days before `day` that have any; nil if fewer than three have.
    private func median(before day: Day) throws -> Double? {
        guard [Gate.minEventsToMedian, .maxEventsToMedian].contains(where: { pipeline.gates.isOn($0) }) else {
            return nil
        }
        let days = (1...7).compactMap { day.advanced(by: -$0) }
        let counts = try days.compactMap { try partition($0)?.rowCount }.filter { $0 > 0 }.sorted()
        guard counts.count >= 3 else { return nil }
        let middle = counts.count / 2
        let isOdd = counts.count % 2 == 1
        return isOdd ? Double(counts[middle]) : (Double(counts[middle - 1]) + Double(counts[middle])) / 2
    }

    private static func greatestItemShare(of partition: PartitionReader) throws(FormatError) -> Double {
        let codes = try partition.codes(.item, using: Zstandard())
        var counts = [UInt32](repeating: 0, count: partition.statistics.itemCount + 1)
        for code in codes { counts[Int(code)] &+= 1 }
        return Double(counts.max() ?? 0) / Double(codes.count)
    }

    private static func hoursToEnd(from nanosecondOfDay: UInt64) -> Double {
        Double(Timestamp.nanosecondsPerDay - nanosecondOfDay) / 3.6e12
    }
}

extension LedgerEntry {
    /// The share of the records that were set aside, from 0 to 1; nil if the entry does not say.
    fileprivate var rejectRatio: Double? {
        guard let rejectCounts else { return nil }
        let lineCount = inputs.reduce(0) { $0 + $1.lineCount }
        return lineCount == 0 ? 0 : Double(rejectCounts.values.reduce(0, +)) / Double(lineCount)
    }

    /// The share of the events in the scope that were skipped for their day, from 0 to 1; nil if the entry does not
    /// say.
    fileprivate var outOfWindowRatio: Double? {
        guard let eventCount, let outOfWindowCount else { return nil }
        let count = eventCount + outOfWindowCount
        return count == 0 ? 0 : Double(outOfWindowCount) / Double(count)
    }
}
