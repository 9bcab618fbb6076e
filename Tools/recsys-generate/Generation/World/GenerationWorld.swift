/// What is the same on all days: who there is, and how things are spelled.
struct GenerationWorld: Sendable {
    let seed: UInt64
    let text: LineText
    private let options: GenerationOptions
    private let audience: Audience

    /// A late slate belongs to one of so many days before.
    private static let lateDayCount = 3

    init(_ options: GenerationOptions) {
        self.options = options
        seed = options.seed
        audience = Audience(options)
        text = LineText(options, memberCount: audience.memberCount)
    }

    /// What the events of a slate have in common, and the topic of their session.
    ///
    /// - Parameter stream: The stream of the slate, of which the items come next.
    func facts(of slate: Slate, on day: DayWorld, _ stream: inout RandomStream) -> (facts: SlateFacts, topic: Int) {
        let isLate = stream.next(in: options.lateShare) && day.schedule.dayIndex > 0
        let delay = 1 + stream.next(below: min(GenerationWorld.lateDayCount, max(1, day.schedule.dayIndex)))
        let requestName = (high: stream.next(), low: stream.next())
        let jitter = stream.next(below: 1 << 16)
        // A late slate belongs to a session that ran at this time of an earlier day.
        let schedule =
            isLate ? DaySchedule(options, dayIndex: day.schedule.dayIndex - delay) : day.schedule
        let number = isLate ? slate.number % schedule.slateCount : slate.number
        let session = schedule.session(ofSlate: number)
        var visitor = RandomStream(seed, .session, session.dayIndex, session.number)
        visitor.skip(1)
        let facts = SlateFacts(
            dayIndex: schedule.dayIndex,
            millisecond: schedule.millisecond(ofSlate: number, in: session, jitter: jitter),
            user: audience.member(&visitor), sessionName: name(of: session), requestName: requestName)
        return (facts, day.popularity.topic(RandomStream.mixed(facts.sessionName)))
    }

    /// A name that no other session has: a bijection of the session's day and number.
    private func name(of session: Session) -> UInt64 {
        var key = RandomStream(seed, .sessionNames)
        return RandomStream.mixed((UInt64(session.dayIndex) << 40 | UInt64(session.number)) ^ key.next())
    }
}

/// A day: its sessions, and its items.
struct DayWorld: Sendable {
    let schedule: DaySchedule
    let popularity: ItemPopularity
}
