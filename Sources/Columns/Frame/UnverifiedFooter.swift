import Platform

/// The footer of a file as it stands there, of which nothing is known yet.
///
/// The only way on is `verified(by:as:)`.
package struct UnverifiedFooter: Sendable {
    /// Where the footer begins.
    package let offset: Int
    private let bytes: [UInt8]
    /// Where in `bytes` what stands; nil if the lengths in the footer do not add up to its own.
    private let parts: (metadata: Range<Int>, table: Range<Int>)?

    init(_ bytes: [UInt8], at offset: Int) {
        self.offset = offset
        self.bytes = bytes
        parts = UnverifiedFooter.parts(bytes.rawSpan)
    }

    /// What the writer noted about the content of the file; nil if it cannot be told where that ends.
    package var metadata: [UInt8]? { parts.map { Array(bytes[$0.metadata]) } }

    /// Number of entries of the section table; 0 if there is none.
    package var entryCount: Int { parts.map { $0.table.count / BlockEntry.byteCount } ?? 0 }

    /// An entry of the section table, from 0.
    package func entry(at index: Int) -> UnverifiedEntry {
        guard let start = parts?.table.lowerBound else { preconditionFailure("this footer has no entries") }
        let entry = start + index * BlockEntry.byteCount
        let bytes = bytes
        return UnverifiedEntry(bytes.rawSpan.extracting(entry..<(entry + BlockEntry.byteCount)))
    }

    /// Checks 7 to 9 of the specification.
    func verified(by tail: Tail, as format: FileFormat) throws(FrameDamage) -> Footer {
        let metadata = try checkedMetadata(checksum: tail.footerChecksum)
        return Footer(metadata: metadata, table: try SectionTable(of: self, as: format))
    }

    /// The metadata, if the footer has this checksum and the lengths in it add up.
    func checkedMetadata(checksum: UInt64) throws(FrameDamage) -> [UInt8] {
        guard Checksum.xxh3(bytes.rawSpan) == checksum else {
            throw FrameDamage(.corrupt, "corrupt footer at offset \(offset): the checksum does not match")
        }
        guard let metadata else {
            throw FrameDamage(.corrupt, "corrupt footer at offset \(offset): the lengths in it do not add up")
        }
        return metadata
    }

    /// Length of the metadata u32, metadata, number of entries u32, entries.
    private static func parts(_ bytes: RawSpan) -> (metadata: Range<Int>, table: Range<Int>)? {
        var reader = ByteReader(bytes)
        guard let metadataByteCount = reader.read(UInt32.self), reader.read(count: Int(metadataByteCount)) != nil,
            let entryCount = reader.read(UInt32.self),
            reader.remainingCount == Int(entryCount) * BlockEntry.byteCount
        else { return nil }
        return (4..<(4 + Int(metadataByteCount)), reader.offset..<bytes.byteCount)
    }
}

/// What the footer of a file says.
struct Footer {
    /// What the writer of the file noted about its content.
    let metadata: [UInt8]
    let table: SectionTable

    fileprivate init(metadata: [UInt8], table: SectionTable) {
        self.metadata = metadata
        self.table = table
    }
}
