import Platform

/// Reads the pieces of a file's frame, of which nothing is known yet.
struct FrameSource {
    private let file: DataFile

    init(_ file: DataFile) {
        self.file = file
    }

    /// The header of a file that is long enough for a header and a tail.
    func header(_ format: FileFormat) throws(FrameDamage) -> UnverifiedHeader {
        guard file.byteCount >= FileFormat.headerByteCount + FileFormat.tailByteCount else {
            throw .notRecognised(format)
        }
        let bytes = try read(0..<FileFormat.headerByteCount)
        return UnverifiedHeader(bytes.rawSpan)
    }

    /// The tail of a file that is long enough for a header and a tail.
    func tail(_ format: FileFormat) throws(FrameDamage) -> UnverifiedTail {
        let start = file.byteCount - FileFormat.tailByteCount
        guard start >= FileFormat.headerByteCount else { throw .notRecognised(format) }
        let bytes = try read(start..<file.byteCount)
        return UnverifiedTail(bytes.rawSpan, at: start)
    }

    /// The footer, which stands at `range` inside the file.
    func footer(_ range: Range<Int>) throws(FrameDamage) -> UnverifiedFooter {
        UnverifiedFooter(try read(range), at: range.lowerBound)
    }

    private func read(_ range: Range<Int>) throws(FrameDamage) -> [UInt8] {
        do {
            return try file.bytes(range)
        } catch {
            let failure = FormatError(error)
            throw FrameDamage(failure.code, failure.detail)
        }
    }
}
