import Events
import Platform
import Synchronization
import SystemPackage

/// The bad records that one thread has met, in the order of the input, out of memory if they are many.
///
/// A record of the spool: number of the chunk u64, lines before it u64, field u8, length of the reason u32, length of
/// the line u32, reason, line.
final class RejectSpool: Sendable {
    private struct State {
        let buffer: ScratchBuffer
        var readCount = 0
    }

    private let state: Mutex<State>

    /// - Parameter folder: Where a file is made if there is need of one.
    init(in folder: FilePath) {
        state = Mutex(State(buffer: ScratchBuffer(in: folder)))
    }

    /// Adds a record at the end.
    func append(_ reject: EventCollector.Reject) throws(StorageError) {
        var writer = ByteWriter()
        let reason = Array(reject.problem.reason.utf8)
        writer.append(UInt64(reject.sequence))
        writer.append(UInt64(reject.line))
        writer.append(RejectSpool.number(of: reject.problem.field))
        writer.append(UInt32(reason.count))
        writer.append(UInt32(reject.record.count))
        writer.append(contentsOf: reason)
        writer.append(contentsOf: reject.record)
        try state.withLock { state throws(StorageError) in try state.buffer.append(writer.bytes.span) }
    }

    /// Ends the appending.
    func finish() throws(StorageError) {
        try state.withLock { state throws(StorageError) in try state.buffer.finish() }
    }

    /// The next record; nil if there are no more. Only after `finish`.
    func next() -> EventCollector.Reject? {
        state.withLock { state in
            let buffer = state.buffer
            var reader = ByteReader(buffer.bytes.extracting(state.readCount..<buffer.byteCount))
            guard let reject = RejectSpool.read(&reader) else { return nil }
            state.readCount += reader.offset
            return reject
        }
    }

    private static func read(_ reader: inout ByteReader) -> EventCollector.Reject? {
        guard let sequence = reader.read(UInt64.self), let line = reader.read(UInt64.self),
            let field = reader.read(UInt8.self), let reasonByteCount = reader.read(UInt32.self),
            let recordByteCount = reader.read(UInt32.self),
            let reason = reader.read(count: Int(reasonByteCount))?.copiedBytes,
            let record = reader.read(count: Int(recordByteCount))?.copiedBytes
        else { return nil }
        return EventCollector.Reject(
            sequence: Int(sequence), line: Int(line),
            problem: RecordProblem(self.field(field), String(decoding: reason, as: UTF8.self)), record: record)
    }

    private static func number(of field: EventField?) -> UInt8 {
        UInt8(field.flatMap { EventField.allCases.firstIndex(of: $0) }.map { $0 + 1 } ?? 0)
    }

    private static func field(_ number: UInt8) -> EventField? {
        number == 0 ? nil : EventField.allCases[Int(number) - 1]
    }
}
