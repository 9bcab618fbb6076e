import Platform
import SystemPackage

/// For every code of one dictionary the code of the same id in another. Code 0, which is no id, stays 0.
final class CodeMap {
    private let buffer: ScratchBuffer
    /// The codes that are not in the buffer.
    private var pending: [UInt32] = [0]

    private static let pendingCount = 1 << 14
    /// So large a map may stay resident.
    private static let residentByteCount = 4 << 20

    init(in folder: FilePath) {
        buffer = ScratchBuffer(in: folder)
    }

    /// Maps the next code, from 1 upwards.
    func append(_ code: UInt32) throws(StorageError) {
        pending.append(code)
        if pending.count == CodeMap.pendingCount { try flush() }
    }

    /// Ends the appending.
    func finish() throws(StorageError) {
        try flush()
        try buffer.finish()
    }

    /// What each of `codes`, none of which is larger than the last that was mapped, is mapped to. Only after `finish`.
    ///
    /// Many maps are read in turns, some codes at a time: in between large ones need not be resident.
    func mapped(_ codes: [UInt32]) -> [UInt32] {
        let buffer = buffer
        let map = buffer.bytes
        var result: [UInt32] = []
        result.reserveCapacity(codes.count)
        for code in codes { result.append(map.load(at: Int(code) * 4)) }
        if buffer.byteCount > CodeMap.residentByteCount { buffer.releasePages() }
        return result
    }

    private func flush() throws(StorageError) {
        try buffer.append(numbers: pending)
        pending.removeAll(keepingCapacity: true)
    }
}
