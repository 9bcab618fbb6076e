import Dispatch
import Synchronization

extension Parallel {
    /// For `0..<count` runs `produce(state, index)` on several threads at once, and then `consume(state)` with the same
    /// state: for one index at a time, in their order. While one is consumed the others are produced, and there are
    /// never more states than threads: memory does not grow with `count`.
    ///
    /// - Parameters:
    ///   - threadCount: How many threads, at least 1.
    ///   - makeState: Makes what one thread reuses from index to index: buffers above all.
    /// - Throws: The first error, in the order of the indices, of a body; `Interruption`. What is behind it is not
    ///   consumed.
    package static func forEachInOrder<State>(
        count: Int, threadCount: Int, makeState: @Sendable () -> State,
        produce: @Sendable (inout State, Int) throws -> Void, consume: (borrowing State) throws -> Void,
    ) throws {
        let turns = Turns(count: max(1, min(threadCount, count)))
        let next = SerialNumber()
        let failure = Mutex<(any Error)?>(nil)
        try withoutActuallyEscaping(consume) { consume in
            // Never at the same time: a thread calls it when its turn has come.
            nonisolated(unsafe) let consume = consume
            _ = try map(count: turns.count, threadCount: turns.count) { _ in
                var state = makeState()
                while failure.withLock({ $0 == nil }) {
                    let index = next.next()
                    guard index < count else { return }
                    let result = Result {
                        try Cancellation.check()
                        try produce(&state, index)
                    }
                    turns.wait(for: index)
                    // Where an earlier index has failed, the turn is only passed on to those who wait for theirs.
                    if failure.withLock({ $0 == nil }) {
                        do {
                            try result.get()
                            try unsafe consume(state)
                        } catch {
                            failure.withLock { $0 = error }
                        }
                    }
                    turns.end(index)
                }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
    }
}

/// Turns that are taken in the order of their numbers, by at most `count` threads at a time.
private final class Turns: Sendable {
    private let gates: [DispatchSemaphore]

    init(count: Int) {
        // A semaphore must not go with less than it began with, so all begin with nothing.
        gates = (0..<count).map { _ in DispatchSemaphore(value: 0) }
        gates[0].signal()
    }

    var count: Int { gates.count }

    /// Returns once all turns before `number` have ended.
    func wait(for number: Int) {
        gates[number % count].wait()
    }

    func end(_ number: Int) {
        gates[(number + 1) % count].signal()
    }
}
