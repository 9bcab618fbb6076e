import Foundation
import Platform
import Synchronization
import Testing

/// A parallel loop gives what the same loop on one thread gives.
@Suite struct ParallelTests {
    private struct Failed: Error, Equatable {
        let index: Int
    }

    static let threadCounts = [1, 2, 7]

    @Test(arguments: threadCounts, [0, 1, 2, 6, 7, 8, 1000])
    func resultsAreInTheOrderOfTheIndices(threadCount: Int, count: Int) throws {
        let results = try Parallel.map(count: count, threadCount: threadCount) { $0 * 3 }
        #expect(results == (0..<count).map { $0 * 3 })
    }

    @Test(arguments: threadCounts)
    func everyIterationRunsOnce(threadCount: Int) throws {
        let calls = Mutex([Int](repeating: 0, count: 500))
        _ = try Parallel.map(count: 500, threadCount: threadCount) { index in
            calls.withLock { $0[index] += 1 }
        }
        #expect(calls.withLock { $0.allSatisfy { $0 == 1 } })
    }

    /// Whichever thread is faster: an index that is started has all lower ones started before it.
    @Test(arguments: threadCounts)
    func theErrorIsThatOfTheLowestFailure(threadCount: Int) {
        for lowest in [0, 1, 13, 199] {
            for _ in 0..<20 {
                let error = #expect(throws: Failed.self) {
                    _ = try Parallel.map(count: 200, threadCount: threadCount) { index in
                        if index >= lowest { throw Failed(index: index) }
                    }
                }
                #expect(error == Failed(index: lowest))
            }
        }
    }

    /// Index 0 fails when index 1 has: by then its error comes too late to be the first, and is still the lowest.
    @Test(arguments: [2, 7])
    func aLowerIndexThatFailsLaterIsTheError(threadCount: Int) {
        let hasFailed = Atomic(false)
        let error = #expect(throws: Failed.self) {
            _ = try Parallel.map(count: 2, threadCount: threadCount) { index in
                if index == 1 { hasFailed.store(true, ordering: .releasing) }
                // Where the machine lends one thread only, index 1 has no turn, and there is nothing to wait for.
                for _ in 0..<200 where index == 0 && !hasFailed.load(ordering: .acquiring) { usleep(1000) }
                if index == 0 { usleep(20_000) }
                throw Failed(index: index)
            }
        }
        #expect(error == Failed(index: 0))
    }

    @Test(arguments: threadCounts)
    func afterAFailureNothingIsStarted(threadCount: Int) {
        let started = SerialNumber()
        #expect(throws: Failed.self) {
            _ = try Parallel.map(count: 100_000, threadCount: threadCount) { index in
                _ = started.next()
                throw Failed(index: index)
            }
        }
        #expect(started.next() <= threadCount)
    }

    @Test(arguments: threadCounts)
    func aThreadKeepsItsState(threadCount: Int) throws {
        let states = SerialNumber()
        let results = try Parallel.map(
            count: 300, threadCount: threadCount, makeState: { (name: states.next(), uses: 0) },
            { state, _ in
                state.uses += 1
                return state
            })
        #expect(states.next() <= threadCount)
        let byState = Dictionary(grouping: results, by: \.name).values.map { $0.map(\.uses) }
        #expect(byState.allSatisfy { $0 == Array(1...$0.count) })
    }

    @Test(arguments: threadCounts)
    func aStateThatCannotBeMadeIsTheError(threadCount: Int) {
        #expect(throws: Failed(index: -1)) {
            _ = try Parallel.map(
                count: 10, threadCount: threadCount, makeState: { throw Failed(index: -1) }, { (_: inout Void, _) in })
        }
    }
}
