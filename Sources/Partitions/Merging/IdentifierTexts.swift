import Platform
import SystemPackage

/// A list of ids that may be larger than memory: first appended, then read at random.
final class IdentifierTexts {
    private let text: ScratchBuffer
    /// For each id the offset of the byte after it, as a u64.
    private let ends: ScratchBuffer
    /// The ends that are not in the buffer.
    private var pendingEnds: [UInt64] = []
    private(set) var count = 0

    private static let pendingCount = 1 << 13
    /// So much text may stay resident.
    private static let residentByteCount = 64 << 20

    init(in folder: FilePath) {
        text = ScratchBuffer(in: folder)
        ends = ScratchBuffer(in: folder)
    }

    /// Adds an id at the end. Not to be called after `finish`.
    func append(_ identifier: Span<UInt8>) throws(StorageError) {
        try text.append(identifier)
        pendingEnds.append(UInt64(text.byteCount))
        count += 1
        if pendingEnds.count == IdentifierTexts.pendingCount { try flush() }
    }

    /// Ends the appending.
    func finish() throws(StorageError) {
        try flush()
        try text.finish()
        try ends.finish()
    }

    private func flush() throws(StorageError) {
        try ends.append(numbers: pendingEnds)
        pendingEnds.removeAll(keepingCapacity: true)
    }

    /// Hands the id at `index` to `body`. Only after `finish`.
    func withIdentifier<Result, Failure: Error>(
        at index: Int, _ body: (borrowing Span<UInt8>) throws(Failure) -> Result,
    ) throws(Failure) -> Result {
        let buffer = text
        let bytes = buffer.bytes.octets
        return try body(bytes.extracting(range(of: index)))
    }

    /// Less than, equal to or greater than zero as the id at `left` stands before, with or after that at `right` in the
    /// order of bytes. Only after `finish`.
    func compare(_ left: Int, _ right: Int) -> Int {
        let buffer = text
        let bytes = buffer.bytes.octets
        return ByteStrings.compare(bytes.extracting(range(of: left)), bytes.extracting(range(of: right)))
    }

    /// Lets the system forget for now what has been read, if that may be much.
    func releasePages() {
        if text.byteCount > IdentifierTexts.residentByteCount { releaseAllPages() }
    }

    /// Lets the system forget for now what has been read.
    func releaseAllPages() {
        text.releasePages()
        ends.releasePages()
    }

    private func range(of index: Int) -> Range<Int> {
        let buffer = ends
        let offsets = buffer.bytes
        let start = index == 0 ? 0 : offsets.load(at: (index - 1) * 8, as: UInt64.self)
        return Int(start)..<Int(offsets.load(at: index * 8, as: UInt64.self))
    }
}
