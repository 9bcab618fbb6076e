import Platform

/// An entry of a section table as it stands in a file, of which nothing is known yet.
///
/// The only way on is `BlockEntry.init(verifying:)`.
package struct UnverifiedEntry: Sendable, Equatable {
    package let section: UInt8
    package let part: UInt8
    package let encoding: UInt8
    package let codec: UInt8
    package let rowCount: Int
    package let rawByteCount: Int
    package let storedByteCount: Int
    package let checksum: UInt64

    /// - Parameter bytes: `BlockEntry.byteCount` of them.
    init(_ bytes: RawSpan) {
        section = bytes.load(at: 0)
        part = bytes.load(at: 1)
        encoding = bytes.load(at: 2)
        codec = bytes.load(at: 3)
        rowCount = Int(bytes.load(at: 4, as: UInt32.self))
        rawByteCount = Int(bytes.load(at: 8, as: UInt32.self))
        storedByteCount = Int(bytes.load(at: 12, as: UInt32.self))
        checksum = bytes.load(at: 16)
    }
}
