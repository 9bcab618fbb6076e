import Platform
import Synchronization

/// Shows how far work has come, now and then: on a terminal in a line that is rewritten, elsewhere in lines of a log.
final class ProgressMeter: Sendable {
    /// Where it is shown.
    struct Output: Sendable {
        /// Seconds from one time to the next, and before the first: work that ends sooner shows nothing.
        let interval: Double
        /// True if what is shown stays in view until something else is: then nothing shown may be out of date for long.
        let isLasting: Bool
        /// How much fits in the line now.
        let columnCount: @Sendable () -> Int
        let show: @Sendable (String) -> Void

        /// The line at the bottom of the terminal. Its last column stays free: there terminals break the line.
        static let statusLine = Output(
            interval: 0.2, isLasting: true, columnCount: { StatusLine.columnCount - 1 }, show: { StatusLine.show($0) })
        /// Messages like others.
        static func messages(_ show: @escaping @Sendable (String) -> Void) -> Output {
            Output(interval: 10, isLasting: false, columnCount: { 200 }, show: show)
        }
    }

    /// A part of the work: reading, writing, publishing.
    private struct Part {
        var latest: WorkProgress
        var time: Double
        var rate = RecentRate()
        var eventRate = RecentRate()
    }

    private struct State {
        var part: Part?
        /// When it is shown next.
        var dueTime: Double
        /// True once something has been shown.
        var isShown = false
    }

    private let output: Output
    private let clock: @Sendable () -> Double
    private let state: Mutex<State>

    /// - Parameter clock: The time in seconds, which only ever grows.
    init(_ output: Output, clock: @escaping @Sendable () -> Double = { MonotonicClock.seconds }) {
        self.output = output
        self.clock = clock
        state = Mutex(State(dueTime: clock() + output.interval))
    }

    /// Takes in how far the work has come, and shows it if it is time.
    func report(_ progress: WorkProgress) {
        state.withLock { state in
            let now = clock()
            let before = state.part?.latest
            let part = ProgressMeter.part(state.part, after: progress, at: now)
            state.part = part
            let isAtOnce = output.isLasting && state.isShown && ProgressMeter.isEdge(part.latest, after: before)
            guard now >= state.dueTime || isAtOnce else { return }
            state.dueTime = now + output.interval
            state.isShown = true
            let text = ProgressText(part.latest, rate: part.rate.perSecond, eventRate: part.eventRate.perSecond)
            output.show(text.fitting(columnCount: output.columnCount()))
        }
    }

    /// True if a part has just begun, or has just been done: until the next report it may take long.
    private static func isEdge(_ progress: WorkProgress, after before: WorkProgress?) -> Bool {
        guard let before, progress.continues(before) else { return true }
        return progress.doneCount == progress.total && before.doneCount != progress.total
    }

    private static func part(_ part: Part?, after progress: WorkProgress, at now: Double) -> Part {
        guard var part, progress.continues(part.latest) else { return Part(latest: progress, time: now) }
        // A thread that was overtaken has nothing new to tell.
        guard progress.doneCount >= part.latest.doneCount else { return part }
        part.rate.add(progress.doneCount - part.latest.doneCount, in: now - part.time)
        part.eventRate.add(max(0, progress.eventCount - part.latest.eventCount), in: now - part.time)
        part.latest = progress
        part.time = now
        return part
    }
}
