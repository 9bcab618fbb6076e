import Columns
import Events
import Platform
import Synchronization

/// Reads inputs to their ends and collects their events, on all threads.
struct ParallelCollector {
    let ingestion: Ingestion
    /// Takes the events that do not fit in memory.
    let runs: SpilledRuns

    /// The events of the inputs, each thread taking a chunk at a time.
    ///
    /// - Throws: `IngestError` if there are too many events; `InputError`; `StorageError`; `Interruption`.
    func collect(_ inputs: [InputSource]) throws -> CollectedEvents {
        let queue = ChunkQueue(inputs, maximumLineByteCount: ingestion.maximumLineByteCount)
        let progress = try ReadingProgress(of: inputs, listener: ingestion.progress)
        let eventCount = Atomic<Int>(0)
        let threadCount = ingestion.memory.readingThreadCount(of: ingestion.threadCount)
        let results = try Parallel.map(count: threadCount, threadCount: threadCount) { _ in
            // What one thread throws ends the others too.
            defer { queue.close() }
            var thread = CollectingThread(ingestion, threadCount: threadCount, runs: runs)
            while let position = try queue.next(into: &thread.chunk) {
                let added = try thread.collect(position)
                let total = eventCount.wrappingAdd(added, ordering: .relaxed).newValue
                guard total <= ingestion.maximumEventCount else {
                    throw IngestError.tooManyEvents(limit: ingestion.maximumEventCount, input: position.input.name)
                }
                progress?.tell(position, eventCount: total)
            }
            return (collector: thread.collector, rejects: thread.rejects)
        }
        return CollectedEvents(
            results.map(\.collector), rejects: results.compactMap(\.rejects), runs: runs, inputs: queue.finishedInputs)
    }
}

/// What one thread works with.
private struct CollectingThread {
    var chunk = LineChunk()
    private(set) var collector: EventCollector
    /// The bad records that are to be set aside; nil while there are none.
    private(set) var rejects: RejectSpool?
    private let decoder: EventDecoder
    private let runs: SpilledRuns
    private let threadCount: Int
    /// So much may be collected in memory, in bytes.
    private let collectedByteCount: Int
    private let zstandard = Zstandard()

    init(_ ingestion: Ingestion, threadCount: Int, runs: SpilledRuns) {
        collector = EventCollector(
            scope: ingestion.scope, maximumLineByteCount: ingestion.maximumLineByteCount,
            keepsRejects: ingestion.rejectPolicy != .fail)
        decoder = EventDecoder(
            maximumRank: EventField.maximumRank, maximumLineByteCount: ingestion.maximumLineByteCount,
            isStrict: ingestion.isStrict)
        self.runs = runs
        self.threadCount = threadCount
        collectedByteCount = ingestion.memory.collectedByteCount(threadCount: threadCount)
    }

    /// Collects the events of `chunk` and returns how many there were.
    mutating func collect(_ position: ChunkQueue.Position) throws -> Int {
        let before = collector.eventCount
        decoder.decode(chunk) { collector.append($0, ofChunk: position.sequence) }
        if collector.keepsRejects { try setRejectsAside() }
        if collector.byteCount(sharedBy: threadCount) > collectedByteCount { try spill() }
        return collector.eventCount - before
    }

    private mutating func setRejectsAside() throws {
        let new = collector.removeRejects()
        if new.isEmpty { return }
        let spool = try rejects ?? RejectSpool(in: runs.folder)
        rejects = spool
        for reject in new { try spool.append(reject) }
    }

    /// Writes what was collected, and makes room for more.
    private mutating func spill() throws {
        while let (key, partition) = collector.removePartition() {
            let columns = PartitionCollector.columns(of: [partition], withArrivals: true)
            try runs.add(columns, of: key, using: zstandard)
        }
    }
}
