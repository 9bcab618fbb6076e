import CSimdjson
import Columns
import Events
import Platform

/// Sorts the events of an input into partitions, and counts what it leaves out.
struct EventCollector {
    private let scope: IngestScope
    private let maximumLineByteCount: Int
    /// How many bad records are described; the others are counted.
    private static let describedRejectCount = 20

    private(set) var eventCount = 0
    private(set) var outOfWindowCount = 0
    private(set) var outOfScopeCount = 0
    private(set) var unknownFieldCount = 0
    private(set) var rejectCount = 0
    /// The first bad records, in the order of the input.
    private(set) var firstRejects: [RejectedRecord] = []

    private var surfaces: SurfaceCache
    private var collectors: [PartitionCollector] = []
    private var collectorIndices: [PartitionKey: Int] = [:]
    /// The partition of the event before, which is most often the next event's too.
    private var latest: (surface: Int, day: Day, collector: Int)?

    init(scope: IngestScope, maximumLineByteCount: Int) {
        self.scope = scope
        surfaces = SurfaceCache(scope: scope)
        self.maximumLineByteCount = maximumLineByteCount
    }

    /// The partitions that have events, in ascending order of their keys.
    var partitionKeys: [PartitionKey] { collectorIndices.keys.sorted() }

    /// The tenants and surfaces that the input has in the scope, ascending.
    var surfaceKeys: [SurfaceKey] { surfaces.keys.filter { scope.contains($0) }.sorted() }

    /// The events of a partition, in the order of a partition.
    func columns(of key: PartitionKey) -> ExposureColumns {
        guard let index = collectorIndices[key] else { return ExposureColumns() }
        return collectors[index].finished()
    }

    /// Adds all events of a chunk, of which `batch` is what was decoded.
    mutating func append(_ batch: borrowing DecodedBatch, input: String, firstLine: Int) {
        unknownFieldCount += batch.unknownFieldCount
        var rejectIndex = 0
        for index in batch.events.indices {
            let event = batch.events[index]
            while rejectIndex < batch.rejects.count, batch.rejects[rejectIndex].line < event.line {
                reject(batch.rejects[rejectIndex], in: batch, input: input, firstLine: firstLine)
                rejectIndex += 1
            }
            do {
                try append(EventTexts(event, in: batch))
            } catch {
                reject(error, input: input, line: firstLine + Int(event.line))
            }
        }
        for index in rejectIndex..<batch.rejects.count {
            reject(batch.rejects[index], in: batch, input: input, firstLine: firstLine)
        }
    }

    private mutating func append(_ event: borrowing EventTexts) throws(RecordProblem) {
        let surface = try surfaces.index(tenant: event.tenant, surface: event.surface)
        guard surfaces.isInScope[surface] else { return outOfScopeCount += 1 }
        let day = event.timestamp.day
        guard scope.contains(day) else { return outOfWindowCount += 1 }
        eventCount += 1
        collectors[collector(surface, day)].append(event)
    }

    private mutating func collector(_ surface: Int, _ day: Day) -> Int {
        if let latest, latest.surface == surface, latest.day == day { return latest.collector }
        let key = PartitionKey(surfaces.keys[surface], day)
        let index = collectorIndices[key] ?? collectors.count
        if index == collectors.count {
            collectors.append(PartitionCollector())
            collectorIndices[key] = index
        }
        latest = (surface, day, index)
        return index
    }

    private mutating func reject(
        _ record: recsys_reject, in batch: borrowing DecodedBatch, input: String, firstLine: Int,
    ) {
        let problem = RecordProblem(record, in: batch, maximumLineByteCount: maximumLineByteCount)
        reject(problem, input: input, line: firstLine + Int(record.line))
    }

    private mutating func reject(_ problem: RecordProblem, input: String, line: Int) {
        rejectCount += 1
        guard firstRejects.count < EventCollector.describedRejectCount else { return }
        firstRejects.append(
            RejectedRecord(input: input, line: line, field: problem.field, reason: problem.reason))
    }
}
