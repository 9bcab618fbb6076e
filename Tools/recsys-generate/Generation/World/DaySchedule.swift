import Events

/// Which slates and sessions a day has, and when.
///
/// Everything is a function of the seed and of a number, so any part of a day can be made without what is before it.
/// Sessions run in lanes, side by side: in every round each lane has one slate, in an order of the round's own, so that
/// slates come in the order of time and sessions overlap. A lane is cut into frames of 16 rounds, and those at chance's
/// choice into sessions.
struct DaySchedule: Sendable {
    /// From 0 for the first day.
    let dayIndex: Int
    let lineCount: Int
    /// Lines that are copies of others or bad.
    let extraCount: Int
    let badCount: Int
    /// A power of two.
    let laneCount: Int
    let slateCount: Int
    private let seed: UInt64

    /// Events: lines that are neither copies nor bad.
    var eventCount: Int { lineCount - extraCount }

    /// Slates come in pairs: one has as many items more than half of these as the other has less.
    private static let itemsPerPair = 16
    private static let roundsPerFrame = 16
    /// A lane has about a slate a minute.
    private static let roundsPerDay = 1440
    /// Between the slates of a session that no other overlaps.
    private static let aloneStepMilliseconds = 20_000

    init(_ options: GenerationOptions, dayIndex: Int) {
        self.dayIndex = dayIndex
        seed = options.seed
        lineCount = options.lineCount(onDay: dayIndex)
        // Where there are lines at all, one is an event.
        badCount = min(options.badShare.count(of: lineCount), max(0, lineCount - 1))
        extraCount = badCount + min(options.duplicateShare.count(of: lineCount), max(0, lineCount - 1 - badCount))
        let pairCount = (lineCount - extraCount + DaySchedule.itemsPerPair - 1) / DaySchedule.itemsPerPair
        slateCount = 2 * pairCount
        let lanes = (slateCount + DaySchedule.roundsPerDay - 1) / DaySchedule.roundsPerDay
        laneCount = lanes <= 1 ? 1 : 1 << (Int.bitWidth - (lanes - 1).leadingZeroBitCount)
    }

    /// The slate that shows an event of the day, and the rank of the event in it.
    func slate(ofEvent event: Int) -> (slate: Slate, rank: Int) {
        let (pair, rest) = event.quotientAndRemainder(dividingBy: DaySchedule.itemsPerPair)
        let first = slate(2 * pair)
        return rest < first.itemCount ? (first, rest) : (slate(2 * pair + 1), rest - first.itemCount)
    }

    /// The slate with a number. The last one of the day may be cut short, and then has fewer items.
    func slate(_ number: Int) -> Slate {
        var stream = RandomStream(seed, .slatePair, dayIndex, number / 2)
        let half = DaySchedule.itemsPerPair / 2
        let difference = stream.next(below: half + 1) - half / 2
        return Slate(number: number, itemCount: number % 2 == 0 ? half + difference : half - difference)
    }

    /// The session that has a slate.
    func session(ofSlate number: Int) -> Session {
        let (round, place) = number.quotientAndRemainder(dividingBy: laneCount)
        var order = RandomStream(seed, .round, dayIndex, round)
        // x -> ax + b with an odd a is a bijection of the numbers below a power of two.
        let lane = (place &* (order.next(below: laneCount) | 1) &+ order.next(below: laneCount)) & (laneCount - 1)
        let (frame, position) = round.quotientAndRemainder(dividingBy: DaySchedule.roundsPerFrame)
        var stream = RandomStream(seed, .sessionStarts, dayIndex, frame * laneCount + lane)
        let bits = stream.next()
        // A session begins with the frame, and at every other round with probability 1/4.
        let begins = (bits & bits >> 16 | 1) & 0xFFFF & (2 << UInt64(position) - 1)
        let first = UInt64.bitWidth - 1 - begins.leadingZeroBitCount
        return Session(
            dayIndex: dayIndex, number: (frame * DaySchedule.roundsPerFrame + first) * laneCount + lane,
            slatesBefore: position - first)
    }

    /// The millisecond of the day at which a slate of a session is shown.
    ///
    /// - Parameter jitter: Chance's part in it, from 0 up to 2^16, not included.
    func millisecond(ofSlate number: Int, in session: Session, jitter: Int) -> Int {
        if laneCount > 1 { return millisecond(number, jitter: jitter) }
        // One session after the other: the slates of one follow its first at once, not when their turn comes.
        var stream = RandomStream(seed, .session, dayIndex, session.number)
        let start = millisecond(number - session.slatesBefore, jitter: stream.next(below: 1 << 16))
        return start + session.slatesBefore * DaySchedule.aloneStepMilliseconds
    }

    private func millisecond(_ number: Int, jitter: Int) -> Int {
        let part = (UInt64(slateCount) << 16).dividingFullWidth((UInt64(number << 16 | jitter), 0)).quotient
        return DailyCurve.millisecond(at: part)
    }
}

/// Items that are shown together.
struct Slate {
    /// Slates of a day are numbered from 0 in the order of time.
    let number: Int
    let itemCount: Int

    /// No slate has more.
    static let maximumItemCount = 12
}

/// The slates that one visitor sees, one after the other.
struct Session {
    let dayIndex: Int
    /// No other session of the day has it. Less than 2^40.
    let number: Int
    /// How many slates of the session come before the one that was asked for.
    let slatesBefore: Int
}
