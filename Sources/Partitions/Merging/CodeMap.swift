import Platform
import SystemPackage

/// For every code of one dictionary the code of the same id in another. Code 0, which is no id, stays 0.
final class CodeMap {
    private let buffer: ScratchBuffer
    /// The codes that are not in the buffer.
    private var pending: [UInt32] = [0]
    /// The largest code that is mapped.
    private(set) var largestCode = 0

    private static let pendingCount = 1 << 14
    /// So large a map may stay resident.
    private static let residentByteCount = 4 << 20

    init(in folder: FilePath) {
        buffer = ScratchBuffer(in: folder)
    }

    /// Maps the next code, from 1 upwards.
    func append(_ code: UInt32) throws(StorageError) {
        pending.append(code)
        largestCode += 1
        if pending.count == CodeMap.pendingCount { try flush() }
    }

    /// Ends the appending.
    func finish() throws(StorageError) {
        try flush()
        try buffer.finish()
    }

    /// Appends what each of `codes`, none of which is larger than `largestCode`, is mapped to. Only after `finish`.
    ///
    /// Many maps are read in turns, some codes at a time: in between large ones need not be resident.
    func append(mapped codes: ArraySlice<UInt32>, to result: inout [UInt32]) {
        let buffer = buffer
        let map = buffer.bytes
        result.reserveCapacity(result.count + codes.count)
        for code in codes { result.append(map.load(at: Int(code) * 4)) }
        if buffer.byteCount > CodeMap.residentByteCount { buffer.releasePages() }
    }

    private func flush() throws(StorageError) {
        try buffer.append(numbers: pending)
        pending.removeAll(keepingCapacity: true)
    }
}
