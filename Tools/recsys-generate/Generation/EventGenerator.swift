import Events
import Platform

/// Makes synthetic events: the same bytes for the same options, whatever the number of threads.
package struct EventGenerator: Sendable {
    private let options: GenerationOptions
    private let threadCount: Int

    /// - Parameter threadCount: How many threads make lines, at least 1.
    package init(_ options: GenerationOptions, threadCount: Int) {
        self.options = options
        self.threadCount = threadCount
    }

    /// Hands all lines to `sink`, whole lines in each piece, in their order.
    ///
    /// - Returns: What they are.
    /// - Throws: What `sink` throws; `Interruption`.
    package func run(sink: ([UInt8]) throws -> Void) throws -> LineCounts {
        let world = GenerationWorld(options)
        var catalog = Catalog(options)
        var counts = LineCounts()
        for dayIndex in 0..<options.window.dayCount {
            if dayIndex > 0 { catalog.advance() }
            let schedule = DaySchedule(options, dayIndex: dayIndex)
            let day = DayWorld(schedule: schedule, popularity: ItemPopularity(of: catalog.items))
            try Parallel.forEachInOrder(
                count: DayBlock.count(of: schedule), threadCount: threadCount, makeState: { BlockWriter(world) },
                produce: { writer, number in writer.write(DayBlock(number, of: schedule), of: day) },
                consume: { writer in
                    try sink(writer.lines)
                    counts.add(writer.counts)
                })
        }
        return counts
    }
}

/// How many lines of which sort there are.
package struct LineCounts: Sendable, Equatable {
    /// Events, without their copies.
    package internal(set) var eventCount = 0
    package internal(set) var duplicateCount = 0
    package internal(set) var badCount = 0
    /// Events and copies that belong to an earlier day than those around them.
    package internal(set) var lateCount = 0
    package internal(set) var byteCount = 0

    package var lineCount: Int { eventCount + duplicateCount + badCount }

    mutating func add(_ other: LineCounts) {
        eventCount += other.eventCount
        duplicateCount += other.duplicateCount
        badCount += other.badCount
        lateCount += other.lateCount
        byteCount += other.byteCount
    }
}
