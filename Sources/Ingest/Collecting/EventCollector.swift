import CSimdjson
import Columns
import Events
import Platform

/// Sorts the events that one thread meets into partitions, and counts what it leaves out.
struct EventCollector {
    /// A bad record, with the place of its line.
    struct Reject {
        /// The number of the chunk.
        let sequence: Int
        /// Lines before it in the chunk.
        let line: Int
        let problem: RecordProblem
        /// The line as it came, if such lines are kept; of one that is too long, its beginning.
        let record: [UInt8]

        /// True if `left` stands before `right` in the inputs.
        static func isBefore(_ left: Reject, _ right: Reject) -> Bool {
            (left.sequence, left.line) < (right.sequence, right.line)
        }
    }

    private let scope: IngestScope
    private let maximumLineByteCount: Int
    /// True to keep every bad record with its bytes.
    let keepsRejects: Bool
    /// How many bad records are described where they are not kept; the others are counted.
    static let describedRejectCount = 20
    /// How many reasons are counted each by itself: that of an unknown field has its name, which may be anything.
    private static let countedReasonCount = 1_000

    private(set) var eventCount = 0
    private(set) var outOfWindowCount = 0
    private(set) var outOfScopeCount = 0
    private(set) var unknownFieldCount = 0
    private(set) var rejectCount = 0
    /// The bad records that this thread has met and nobody has taken, or the first of them, in the order of the input.
    private(set) var rejects: [Reject] = []
    /// How many records were bad, by `field: reason`.
    private(set) var rejectCounts: [String: Int] = [:]
    /// Lines of each chunk, by its number.
    private(set) var lineCounts: [Int: Int] = [:]

    private var surfaces: SurfaceCache
    private var collectors: [PartitionCollector] = []
    private var collectorKeys: [SurfaceDay] = []
    private var collectorIndices: [SurfaceDay: Int] = [:]
    /// The partition of the event before, which is most often the next event's too. No surface has the first number.
    private var latest = (surface: -1, day: Day.range.lowerBound, collector: -1)

    /// A partition, with the number of its pair of tenant and surface.
    private struct SurfaceDay: Hashable {
        let surface: Int
        let day: Day
    }

    init(scope: IngestScope, maximumLineByteCount: Int, keepsRejects: Bool = false) {
        self.keepsRejects = keepsRejects
        self.scope = scope
        self.maximumLineByteCount = maximumLineByteCount
        surfaces = SurfaceCache(scope: scope)
    }

    /// Adds all events of chunk `sequence`, of which `batch` is what was decoded.
    mutating func append(_ batch: borrowing DecodedBatch, ofChunk sequence: Int) {
        lineCounts[sequence] = batch.lineCount
        unknownFieldCount += batch.unknownFieldCount
        var rejectIndex = 0
        for index in batch.events.indices {
            let event = batch.events[index]
            prefetch(batch, after: index)
            while rejectIndex < batch.rejects.count, batch.rejects[rejectIndex].line < event.line {
                reject(batch.rejects[rejectIndex], in: batch, ofChunk: sequence)
                rejectIndex += 1
            }
            do {
                try append(EventTexts(event, in: batch), ofChunk: sequence)
            } catch {
                reject(error, line: event.line, batch.bytes(event.source), ofChunk: sequence)
            }
        }
        for index in rejectIndex..<batch.rejects.count { reject(batch.rejects[index], in: batch, ofChunk: sequence) }
    }

    /// Items are many, and each is looked for in a table larger than the processor's cache: what the events after
    /// `index` look at is fetched in the meantime, most often for the partition that they belong to.
    @inline(__always)
    private mutating func prefetch(_ batch: borrowing DecodedBatch, after index: Int) {
        let ahead = index &+ EventCollector.prefetchDistance
        guard latest.surface >= 0, ahead < batch.events.count else { return }
        collectors[latest.collector].prefetchSlot(ofItem: batch.bytes(batch.events[ahead].item))
    }

    /// How many events ahead is fetched.
    private static let prefetchDistance = 8

    /// About how much memory the events take at most until they are written, one partition after the other: what was
    /// collected, and what the largest partition takes while it is brought in order.
    ///
    /// Takes time in proportion to the number of partitions.
    ///
    /// - Parameter threadCount: How many threads collect, for at the end a partition has the events of all of them.
    func byteCount(sharedBy threadCount: Int) -> Int {
        var sum = 0
        var ordering = 0
        for collector in collectors {
            sum += collector.byteCount
            ordering = max(ordering, collector.orderingByteCount)
        }
        return sum + ordering * threadCount
    }

    /// Gives the bad records away that were kept.
    mutating func removeRejects() -> [Reject] {
        defer { rejects = [] }
        return rejects
    }

    /// Gives the events of a partition away, and forgets them; nil if there are none left.
    mutating func removePartition() -> (key: PartitionKey, collector: PartitionCollector)? {
        guard let key = collectorKeys.popLast(), let collector = collectors.popLast() else { return nil }
        collectorIndices[key] = nil
        latest.surface = -1
        return (PartitionKey(surfaces.keys[key.surface], key.day), collector)
    }

    /// The events of every partition.
    var partitions: [(key: PartitionKey, collector: PartitionCollector)] {
        zip(collectorKeys, collectors).map { (PartitionKey(surfaces.keys[$0.surface], $0.day), $1) }
    }

    private mutating func append(_ event: borrowing EventTexts, ofChunk sequence: Int) throws(RecordProblem) {
        let surface = try surfaces.index(tenant: event.tenant, surface: event.surface)
        let day = event.timestamp.day
        if surface != latest.surface || day != latest.day {
            guard surfaces.isInScope[surface] else { return outOfScopeCount += 1 }
            guard scope.contains(day) else { return outOfWindowCount += 1 }
            latest = (surface, day, collector(of: SurfaceDay(surface: surface, day: day)))
        }
        eventCount += 1
        collectors[latest.collector].append(event, ofChunk: sequence)
    }

    private mutating func collector(of key: SurfaceDay) -> Int {
        if let index = collectorIndices[key] { return index }
        collectorIndices[key] = collectors.count
        collectorKeys.append(key)
        collectors.append(PartitionCollector())
        return collectors.count - 1
    }

    private mutating func reject(_ record: recsys_reject, in batch: borrowing DecodedBatch, ofChunk sequence: Int) {
        let problem = RecordProblem(record, in: batch, maximumLineByteCount: maximumLineByteCount)
        reject(problem, line: record.line, batch.bytes(record.source), ofChunk: sequence)
    }

    private mutating func reject(
        _ problem: RecordProblem, line: UInt32, _ source: Span<UInt8>, ofChunk sequence: Int,
    ) {
        rejectCount += 1
        let isCounted = rejectCounts.count < EventCollector.countedReasonCount || rejectCounts[problem.summary] != nil
        rejectCounts[isCounted ? problem.summary : "record: another reason", default: 0] += 1
        guard keepsRejects || rejects.count < EventCollector.describedRejectCount else { return }
        var record: [UInt8] = []
        if keepsRejects { record.append(contentsOf: source) }
        rejects.append(Reject(sequence: sequence, line: Int(line), problem: problem, record: record))
    }
}
