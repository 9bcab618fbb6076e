/// Numbers that were appended once and are read many at a time, in memory or in a file. Safe to share between threads.
package final class ScratchArray<Element: FixedWidthInteger & BitwiseCopyable & Sendable>: Sendable {
    enum Storage: Sendable {
        /// Pieces of `ScratchArray.pieceCount` elements; the last may have fewer.
        case memory([[Element]], ScratchReservation?)
        case file(UnnamedFile)
    }

    package let count: Int
    private let storage: Storage

    init(_ storage: Storage, count: Int) {
        self.storage = storage
        self.count = count
    }

    /// How many elements a piece has: those of a block of a file, so that in memory a block is there as it is.
    package static var pieceCount: Int { 65_536 }

    /// True if the elements are in memory.
    package var isInMemory: Bool {
        switch storage {
        case .memory: true
        case .file: false
        }
    }

    /// The elements at `range`.
    ///
    /// - Throws: `StorageError` if they are in a file that cannot be read.
    @specialized(where Element == UInt8)
    @specialized(where Element == UInt32)
    @specialized(where Element == UInt64)
    package func elements(in range: Range<Int>) throws(StorageError) -> [Element] {
        precondition(range.upperBound <= count, "\(range) is not among \(count) elements")
        switch storage {
        case .file(let file): return try file.read(range, of: Element.self)
        case .memory(let pieces, _): return gather(range, from: pieces)
        }
    }

    /// The ranges of the pieces, one after the other.
    package var pieceRanges: [Range<Int>] {
        stride(from: 0, to: count, by: ScratchArray.pieceCount).map {
            $0..<min(count, $0 + ScratchArray.pieceCount)
        }
    }

    @specialized(where Element == UInt8)
    @specialized(where Element == UInt32)
    @specialized(where Element == UInt64)
    private func gather(_ range: Range<Int>, from pieces: [[Element]]) -> [Element] {
        guard !range.isEmpty else { return [] }
        let size = ScratchArray.pieceCount
        let first = range.lowerBound / size
        if range == first * size..<first * size + pieces[first].count { return pieces[first] }
        var elements: [Element] = []
        elements.reserveCapacity(range.count)
        for piece in first...(range.upperBound - 1) / size {
            let start = max(0, range.lowerBound - piece * size)
            let end = min(size, range.upperBound - piece * size)
            elements.append(contentsOf: pieces[piece][start..<end])
        }
        return elements
    }
}

/// Makes a `ScratchArray`. For one thread at a time.
///
/// The piece that is being filled is always in memory: an array with no more elements than that never needs a file.
package struct ScratchArrayBuilder<Element: FixedWidthInteger & BitwiseCopyable & Sendable> {
    private let space: ScratchSpace
    private var reservation: ScratchReservation?
    private var pieces: [[Element]] = []
    private var last: [Element] = []
    /// Where all pieces are once memory was short.
    private var file: UnnamedFile?
    /// Number of elements appended so far.
    package private(set) var count = 0

    package init(in space: ScratchSpace) {
        self.space = space
    }

    /// Adds elements at the end.
    ///
    /// - Throws: `StorageError`, `LockHeldError` if a file is needed and cannot be written.
    @specialized(where Element == UInt8)
    @specialized(where Element == UInt32)
    @specialized(where Element == UInt64)
    package mutating func append(_ elements: Span<Element>) throws {
        var start = 0
        while start < elements.count {
            let end = min(elements.count, start + ScratchArray<Element>.pieceCount - last.count)
            let part = elements.extracting(start..<end)
            unsafe part.withUnsafeBufferPointer { unsafe last.append(contentsOf: $0) }
            start = end
            if last.count == ScratchArray<Element>.pieceCount { try endPiece() }
        }
        count += elements.count
    }

    /// Ends the appending. The builder is empty again afterwards.
    ///
    /// - Throws: `StorageError` if the file cannot be written.
    package mutating func finish() throws -> ScratchArray<Element> {
        defer { self = ScratchArrayBuilder(in: space) }
        guard let file else { return ScratchArray(.memory(pieces + [last], reservation), count: count) }
        try unsafe file.append(last.span.bytes)
        return ScratchArray(.file(file), count: count)
    }

    private mutating func endPiece() throws {
        let byteCount = last.count * MemoryLayout<Element>.size
        let held = reservation ?? ScratchReservation(of: space)
        if file == nil, held.grow(by: byteCount) {
            reservation = held
            pieces.append(last)
            last = []
            last.reserveCapacity(ScratchArray<Element>.pieceCount)
            return
        }
        let target = try file ?? space.makeFile()
        file = target
        for piece in pieces { try unsafe target.append(piece.span.bytes) }
        pieces = []
        reservation = nil
        try unsafe target.append(last.span.bytes)
        last.removeAll(keepingCapacity: true)
    }
}

extension ScratchArray {
    /// Elements that are in memory already.
    package convenience init(_ elements: [Element]) {
        let size = ScratchArray.pieceCount
        let pieces = stride(from: 0, to: elements.count, by: size).map {
            Array(elements[$0..<min(elements.count, $0 + size)])
        }
        self.init(.memory(pieces, nil), count: elements.count)
    }
}
