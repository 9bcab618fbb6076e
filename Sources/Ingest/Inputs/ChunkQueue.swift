import Platform
import Synchronization

/// Hands out the chunks of all inputs, one input after the other, to any number of threads.
final class ChunkQueue: Sendable {
    /// Where a chunk stands.
    struct Position: Sendable {
        /// Chunks are numbered from 0 in the order of the inputs and of the lines in them.
        let sequence: Int
        let input: InputSource
        /// Bytes of all inputs that were read by then, compressed as they are.
        let byteCount: Int
    }

    /// What is known of an input that was read to its end.
    struct FinishedInput: Sendable {
        let name: String
        let byteCount: Int
        let digest: String
        /// The number of the first chunk after its last.
        let sequenceEnd: Int
    }

    private struct State {
        var reader: LineChunkReader?
        var nextSequence = 0
        var isClosed = false
        var finished: [FinishedInput] = []
    }

    private let inputs: [InputSource]
    private let maximumLineByteCount: Int
    private let state = Mutex(State())

    init(_ inputs: [InputSource], maximumLineByteCount: Int) {
        self.inputs = inputs
        self.maximumLineByteCount = maximumLineByteCount
    }

    /// The inputs that were read to their ends, in order.
    var finishedInputs: [FinishedInput] { state.withLock { $0.finished } }

    /// Lets every thread find the queue empty.
    func close() {
        state.withLock { $0.isClosed = true }
    }

    /// Fills `chunk` with the next lines and says where they stand; nil when there are no more.
    ///
    /// - Throws: `StorageError` if an input cannot be read; `InputError` if it is damaged or changes; `Interruption`.
    func next(into chunk: inout LineChunk) throws -> Position? {
        try state.withLock { state in
            while !state.isClosed, state.finished.count < inputs.count {
                let index = state.finished.count
                let reader =
                    try state.reader
                    ?? LineChunkReader(inputs[index].open(), maximumLineByteCount: maximumLineByteCount)
                state.reader = reader
                if try reader.next(into: &chunk) {
                    defer { state.nextSequence += 1 }
                    let byteCount = state.finished.reduce(reader.byteCount) { $0 + $1.byteCount }
                    return Position(sequence: state.nextSequence, input: inputs[index], byteCount: byteCount)
                }
                state.finished.append(
                    FinishedInput(
                        name: inputs[index].name, byteCount: reader.byteCount, digest: reader.hexadecimalDigest,
                        sequenceEnd: state.nextSequence))
                state.reader = nil
            }
            return nil
        }
    }
}
