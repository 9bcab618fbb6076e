import Testing

@testable import Platform

/// Several threads fill an array, each chunk of it once and by one of them.
@Suite struct ParallelChunksTests {
    private struct Failure: Error, Equatable {
        let chunk: Int
    }

    @Test(arguments: [[], [0], [0, 0, 3], [5], [1, 2, 3, 100], [10, 10, 4_000]], [1, 2, 7])
    func everyElementIsFilledOnce(ends: [Int], threadCount: Int) throws {
        var array = [UInt32](repeating: 0, count: ends.last ?? 0)
        try Parallel.forEachChunk(of: &array, endingAt: ends, threadCount: threadCount, makeState: { 0 }) {
            calls, chunk, elements in
            var elements = elements
            calls += 1
            for index in elements.indices { elements[index] += UInt32(chunk + 1) }
        }
        let expected = ends.indices.flatMap { chunk in
            [UInt32](repeating: UInt32(chunk + 1), count: ends[chunk] - (chunk == 0 ? 0 : ends[chunk - 1]))
        }
        #expect(array == expected)
    }

    @Test func theFirstFailureIsThrown() {
        var array = [UInt32](repeating: 0, count: 4)
        #expect(throws: Failure(chunk: 1)) {
            try Parallel.forEachChunk(of: &array, endingAt: [1, 2, 3, 4], threadCount: 1, makeState: {}) {
                _, chunk, _ in
                if chunk > 0 { throw Failure(chunk: chunk) }
            }
        }
    }
}
