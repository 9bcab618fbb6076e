import Dispatch
import Synchronization

/// Loops whose iterations run on several threads. The only place with an unsafe capture.
package enum Parallel {
    /// The number of threads that the machine can run at once.
    package static var availableThreadCount: Int {
        max(1, ProcessorCount.active)
    }

    /// Results of `body(state, index)` for `0..<count`, in the order of the indices.
    ///
    /// - Parameters:
    ///   - threadCount: How many iterations may run at once, at least 1. The results do not depend on it.
    ///   - makeState: Makes what one thread reuses from iteration to iteration: contexts, accumulators.
    /// - Throws: The error of the lowest index among those that failed; once one has failed no iteration is started.
    package static func map<State, Result: Sendable>(
        count: Int, threadCount: Int, makeState: @Sendable () throws -> State,
        _ body: @Sendable (inout State, Int) throws -> Result,
    ) throws -> [Result] {
        let results = Mutex([Result?](repeating: nil, count: count))
        let failure = Mutex<(index: Int, error: any Error)?>(nil)
        let next = SerialNumber()
        let worker: @Sendable () -> Void = {
            var index = -1
            do {
                var state = try makeState()
                while failure.withLock({ $0 == nil }) {
                    index = next.next()
                    guard index < count else { return }
                    try Cancellation.check()
                    let result = try body(&state, index)
                    results.withLock { $0[index] = result }
                }
            } catch {
                failure.withLock { if $0 == nil || index < $0!.index { $0 = (index, error) } }
            }
        }
        withoutActuallyEscaping(worker) { worker in
            let workerCount = min(threadCount, count)
            if workerCount <= 1 { return worker() }
            // What belongs to a task is not inherited by threads.
            let calls = FileSystem.calls
            DispatchQueue.concurrentPerform(iterations: workerCount) { _ in
                FileSystem.$calls.withValue(calls) { worker() }
            }
        }
        if let failure = failure.withLock({ $0 }) { throw failure.error }
        return results.withLock { $0.map { $0! } }
    }

    /// Results of `body(index)` for `0..<count`, in the order of the indices.
    ///
    /// - Throws: The error of the lowest index among those that failed.
    package static func map<Result: Sendable>(
        count: Int, threadCount: Int, _ body: @Sendable (Int) throws -> Result,
    ) throws -> [Result] {
        try map(count: count, threadCount: threadCount, makeState: {}) { _, index in try body(index) }
    }
}
