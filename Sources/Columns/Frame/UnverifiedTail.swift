import Platform

/// The last bytes of a file as they stand there, of which nothing is known yet.
///
/// The only way on is `verified(as:)`.
package struct UnverifiedTail: Sendable, Equatable {
    /// Where the tail begins.
    package let offset: Int
    package let footerByteCount: Int
    package let isReservedZero: Bool
    /// The XXH3-64 that the footer must have.
    package let footerChecksum: UInt64
    /// How long the file was when it was written.
    package let fileByteCount: UInt64
    /// The last eight bytes.
    package let magic: [UInt8]

    /// - Parameter bytes: `FileFormat.tailByteCount` of them.
    init(_ bytes: RawSpan, at offset: Int) {
        self.offset = offset
        footerByteCount = Int(bytes.load(at: 0, as: UInt32.self))
        isReservedZero = bytes.load(at: 4, as: UInt32.self) == 0
        footerChecksum = bytes.load(at: 8)
        fileByteCount = bytes.load(at: 16)
        magic = bytes.extracting(24..<32).copiedBytes
    }

    /// Check 6 of the specification, and where the footer begins of check 7.
    func verified(as format: FileFormat) throws(FrameDamage) -> Tail {
        guard magic == format.endMagic else {
            throw damage("the file does not end as it should: it is cut off, or was appended to or overwritten")
        }
        let byteCount = offset + FileFormat.tailByteCount
        guard fileByteCount == UInt64(byteCount) else {
            throw damage("the file has \(byteCount) bytes and not \(fileByteCount), as it says")
        }
        guard isReservedZero else { throw damage("a reserved field is not zero") }
        guard let footerRange else { throw damage("the footer is longer than the file") }
        return Tail(footerRange: footerRange, footerChecksum: footerChecksum)
    }

    /// Where the footer stands; nil if that is outside of the file.
    var footerRange: Range<Int>? {
        let start = offset - footerByteCount
        return start >= FileFormat.headerByteCount ? start..<offset : nil
    }

    private func damage(_ reason: String) -> FrameDamage {
        FrameDamage(.corrupt, "corrupt tail at offset \(offset): \(reason)")
    }
}

/// Where the footer of a file is, and what its checksum must be.
struct Tail {
    let footerRange: Range<Int>
    let footerChecksum: UInt64

    fileprivate init(footerRange: Range<Int>, footerChecksum: UInt64) {
        self.footerRange = footerRange
        self.footerChecksum = footerChecksum
    }
}
