import Synchronization

extension Parallel {
    /// Lets several threads fill an array, each chunk of it by one thread: `body(state, index, chunk)` for every chunk.
    ///
    /// - Parameters:
    ///   - ends: For every chunk the index in `array` after its last element, ascending; the last one is the array's
    ///     count.
    ///   - makeState: Makes what one thread reuses from chunk to chunk.
    /// - Throws: The error of the lowest index among those that failed. The array is then filled in part.
    package static func forEachChunk<Element: BitwiseCopyable & Sendable, State>(
        of array: inout [Element], endingAt ends: [Int], threadCount: Int, makeState: @Sendable () throws -> State,
        _ body: @Sendable (inout State, Int, consuming MutableSpan<Element>) throws -> Void,
    ) throws {
        precondition(ends.last ?? 0 == array.count, "the chunks are the whole array")
        try unsafe array.withUnsafeMutableBufferPointer { buffer in
            // Chunks do not overlap, so no two threads ever touch the same element.
            nonisolated(unsafe) let buffer = unsafe buffer
            _ = try map(count: ends.count, threadCount: threadCount, makeState: makeState) { state, index in
                let start = index == 0 ? 0 : ends[index - 1]
                precondition(start <= ends[index], "the ends of the chunks ascend")
                let chunk = unsafe UnsafeMutableBufferPointer(rebasing: buffer[start..<ends[index]])
                try body(&state, index, unsafe chunk.mutableSpan)
            }
        }
    }
}
