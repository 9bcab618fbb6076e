import Platform

/// The first bytes of a file as they stand there, of which nothing is known yet.
///
/// The only way on is `verified(as:)`.
package struct UnverifiedHeader: Sendable, Equatable {
    package let magic: [UInt8]
    package let version: UInt16
    package let requiredFeatures: UInt32
    package let optionalFeatures: UInt32
    /// True if both reserved fields are zero.
    package let isReservedZero: Bool
    /// True if the checksum is that of the other fields.
    package let isChecksumRight: Bool

    /// - Parameter bytes: `FileFormat.headerByteCount` of them.
    init(_ bytes: RawSpan) {
        magic = bytes.extracting(0..<8).copiedBytes
        version = bytes.load(at: 8)
        requiredFeatures = bytes.load(at: 12)
        optionalFeatures = bytes.load(at: 16)
        isReservedZero = bytes.load(at: 10, as: UInt16.self) == 0 && bytes.load(at: 20, as: UInt32.self) == 0
        isChecksumRight = Checksum.xxh3(bytes.extracting(0..<24)) == bytes.load(at: 24, as: UInt64.self)
    }

    /// Checks 1 to 5 of the specification, in their order.
    func verified(as format: FileFormat) throws(FrameDamage) -> Header {
        guard magic == format.magic else { throw .notRecognised(format) }
        guard isChecksumRight else {
            throw FrameDamage(.corrupt, "corrupt header at offset 0: the checksum does not match")
        }
        guard version <= format.version else {
            throw FrameDamage(
                .needsNewerReader,
                "needs a newer recsys-pipelines (format \(version), this one reads \(format.version))")
        }
        guard requiredFeatures == 0 else {
            let features = String(requiredFeatures, radix: 16)
            throw FrameDamage(
                .needsNewerReader,
                "needs a newer recsys-pipelines (required features \(features), this one knows none)")
        }
        guard version >= 1 else {
            throw FrameDamage(.corrupt, "corrupt header at offset 8: there is no format 0")
        }
        guard isReservedZero else {
            throw FrameDamage(.corrupt, "corrupt header at offset 10: reserved fields are not zero")
        }
        return Header(version: version, optionalFeatures: optionalFeatures)
    }
}

/// What the header of a file says that this build can read.
package struct Header: Sendable, Equatable {
    package let version: UInt16
    /// Bits that a reader may ignore.
    package let optionalFeatures: UInt32

    fileprivate init(version: UInt16, optionalFeatures: UInt32) {
        self.version = version
        self.optionalFeatures = optionalFeatures
    }
}

extension FrameDamage {
    /// A file of another format, or too short to tell.
    static func notRecognised(_ format: FileFormat) -> FrameDamage {
        FrameDamage(.notRecognised, "not a recsys-pipelines \(format.name) file")
    }
}
