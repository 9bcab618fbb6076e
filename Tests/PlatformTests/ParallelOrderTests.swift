import Foundation
import Platform
import Synchronization
import Testing

/// What several threads produce is consumed as one thread would produce it.
@Suite struct ParallelOrderTests {
    private struct Failed: Error, Equatable {
        let index: Int
    }

    @Test(arguments: ParallelTests.threadCounts, [0, 1, 2, 6, 7, 8, 500])
    func consumedInOrder(threadCount: Int, count: Int) throws {
        var consumed: [Int] = []
        try Parallel.forEachInOrder(
            count: count, threadCount: threadCount, makeState: { 0 },
            produce: { state, index in
                // Some take longer than others.
                if index % 5 == 0 { usleep(200) }
                state = index * 3
            },
            consume: { consumed.append($0) })
        #expect(consumed == (0..<count).map { $0 * 3 })
    }

    @Test(arguments: ParallelTests.threadCounts)
    func thereIsAStateForEachThread(threadCount: Int) throws {
        let states = SerialNumber()
        var names: Set<Int> = []
        try Parallel.forEachInOrder(
            count: 200, threadCount: threadCount, makeState: { states.next() }, produce: { _, _ in },
            consume: { names.insert($0) })
        #expect(states.next() <= threadCount)
        #expect(names.isSubset(of: 0..<threadCount))
    }

    /// The error of the lowest index comes out, and all before it was consumed.
    @Test(arguments: ParallelTests.threadCounts, [0, 1, 13, 99])
    func aFailureToProduce(threadCount: Int, lowest: Int) {
        for _ in 0..<20 {
            var consumed: [Int] = []
            let error = #expect(throws: Failed.self) {
                try Parallel.forEachInOrder(
                    count: 100, threadCount: threadCount, makeState: { 0 },
                    produce: { state, index in
                        if index >= lowest { throw Failed(index: index) }
                        state = index
                    },
                    consume: { consumed.append($0) })
            }
            #expect(error == Failed(index: lowest))
            #expect(consumed == Array(0..<lowest))
        }
    }

    @Test(arguments: ParallelTests.threadCounts)
    func aFailureToConsume(threadCount: Int) {
        let produced = SerialNumber()
        var consumed: [Int] = []
        let error = #expect(throws: Failed.self) {
            try Parallel.forEachInOrder(
                count: 100_000, threadCount: threadCount, makeState: { 0 },
                produce: { state, index in
                    _ = produced.next()
                    state = index
                },
                consume: { index in
                    consumed.append(index)
                    if index == 7 { throw Failed(index: index) }
                })
        }
        #expect(error == Failed(index: 7))
        #expect(consumed == Array(0...7))
        #expect(produced.next() <= 8 + threadCount, "after a failure nothing is started")
    }
}
