import Platform

/// Tells a listener how far the reading of inputs has come.
struct ReadingProgress: Sendable {
    private let listener: ProgressListener
    /// Bytes of all inputs, compressed as they are; nil if one of them is no file.
    private let totalByteCount: Int?

    /// Nothing if nobody listens.
    init?(of inputs: [InputSource], listener: ProgressListener?) throws {
        guard let listener else { return nil }
        self.listener = listener
        totalByteCount = try ReadingProgress.byteCount(of: inputs)
        listener(.reading(byteCount: 0, total: totalByteCount, eventCount: 0))
    }

    /// Tells that a chunk was read and decoded.
    func tell(_ position: ChunkQueue.Position, eventCount: Int) {
        listener(.reading(byteCount: position.byteCount, total: totalByteCount, eventCount: eventCount))
    }

    private static func byteCount(of inputs: [InputSource]) throws -> Int? {
        var total = 0
        for input in inputs {
            guard case .file(let path) = input, let status = try File.status(at: path), status.isRegularFile else {
                return nil
            }
            total += status.byteCount
        }
        return total
    }
}
