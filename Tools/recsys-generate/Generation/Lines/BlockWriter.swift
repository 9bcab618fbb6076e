/// Writes the lines of one block after the other, each by itself.
struct BlockWriter {
    /// What was written of the current block.
    private(set) var lines: [UInt8] = []
    /// What the current block has.
    private(set) var counts = LineCounts()

    private let world: GenerationWorld
    private var slate = Slate(number: 0, itemCount: 0)
    /// What the lines of the slate begin with.
    private var beginning: [UInt8] = []
    private var topic = 0
    private var isLate = false
    /// The rank of the next event of the slate.
    private var rank = 0
    /// From which the items of the next events come.
    private var stream: RandomStream
    private var items: [UInt32] = []
    /// Where the last event stands in `lines`; nil before the first of the block.
    private var lastEvent: Range<Int>?

    init(_ world: GenerationWorld) {
        self.world = world
        stream = RandomStream(world.seed, .slate)
    }

    /// Writes the lines of a block of a day, in place of those of the block before.
    mutating func write(_ block: DayBlock, of day: DayWorld) {
        lines.removeAll(keepingCapacity: true)
        counts = LineCounts()
        lastEvent = nil
        if block.extraCount == 0 {
            start(at: block.firstEvent, of: day)
            writeEvents(block.eventCount, of: day)
        } else {
            writeMixed(block, of: day)
        }
        counts.byteCount = lines.count
    }

    /// Events with copies and bad records among them.
    private mutating func writeMixed(_ block: DayBlock, of day: DayWorld) {
        // The event before the block is there to be copied and spoilt.
        let previousCount = min(1, block.firstEvent)
        start(at: block.firstEvent - previousCount, of: day)
        writeEvents(previousCount, of: day)
        let previousByteCount = lines.count
        counts = LineCounts()
        var rest = block
        var eventCount = 0
        var stream = RandomStream(world.seed, .extraLines, day.schedule.dayIndex, block.firstLine)
        while rest.lineCount > 0 {
            // Selection sampling (Knuth, The Art of Computer Programming, 3.4.2, algorithm S): of the lines that are
            // left, as many are of each sort as must be.
            let isFirst = lastEvent == nil && eventCount == 0
            let choice = isFirst ? rest.extraCount : stream.next(below: rest.lineCount)
            rest.lineCount -= 1
            if choice >= rest.extraCount {
                eventCount += 1
                continue
            }
            writeEvents(eventCount, of: day)
            eventCount = 0
            rest.extraCount -= 1
            if choice < rest.badCount {
                rest.badCount -= 1
                spoilLastEvent(BadRecord.allCases[stream.next(below: BadRecord.allCases.count)])
            } else {
                copyLastEvent()
            }
        }
        writeEvents(eventCount, of: day)
        lines.removeSubrange(0..<previousByteCount)
    }

    /// Goes to an event of the day, counted from 0.
    private mutating func start(at event: Int, of day: DayWorld) {
        (slate, rank) = day.schedule.slate(ofEvent: event)
        startSlate(of: day)
        stream.skip(ItemPopularity.numbersPerItem * rank)
    }

    private mutating func startSlate(of day: DayWorld) {
        stream = RandomStream(world.seed, .slate, day.schedule.dayIndex, slate.number)
        let (facts, topic) = world.facts(of: slate, on: day, &stream)
        world.text.write(facts, to: &beginning)
        self.topic = topic
        isLate = facts.dayIndex != day.schedule.dayIndex
    }

    private mutating func writeEvents(_ count: Int, of day: DayWorld) {
        var rest = count
        while rest > 0 {
            if rank == slate.itemCount {
                slate = day.schedule.slate(slate.number + 1)
                rank = 0
                startSlate(of: day)
            }
            let count = min(rest, slate.itemCount - rank)
            day.popularity.draw(count, ofTopic: topic, &stream, into: &items)
            lastEvent = world.text.append(items: items, from: rank, beginning: beginning, to: &lines)
            rank += count
            rest -= count
            counts.eventCount += count
            if isLate { counts.lateCount += count }
        }
    }

    private mutating func copyLastEvent() {
        guard let lastEvent else { return }
        // An array of its own: a slice of `lines` would make the append copy them all.
        lines += Array(lines[lastEvent])
        counts.duplicateCount += 1
        if isLate { counts.lateCount += 1 }
    }

    private mutating func spoilLastEvent(_ sort: BadRecord) {
        guard let lastEvent else { return }
        lines.append(contentsOf: sort.spoiling(lines[lastEvent]))
        counts.badCount += 1
    }
}
