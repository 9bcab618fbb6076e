package import Platform

/// A file of blocks whose frame has been checked: header, footer and tail are whole, and the blocks fill what is
/// between.
///
/// A block's bytes are checked when they are read. Nothing is given out that was not checked.
package struct ContainerReader: Sendable {
    package let file: DataFile
    package let format: FileFormat
    /// What the writer of the file noted about its content.
    package let metadata: [UInt8]
    /// The blocks in the order of the file, without those of optional sections that this build does not know.
    package let entries: [BlockEntry]
    /// For each block the offset of its first byte in the file.
    package let offsets: [Int]

    /// Checks the frame of `file`.
    ///
    /// - Throws: `FormatError` if the file is of another format, newer, or damaged.
    package init(_ file: DataFile, format: FileFormat) throws(FormatError) {
        self.file = file
        self.format = format
        try ContainerReader.checkHeader(file, format)
        let (start, footer) = try ContainerReader.footer(file, format)
        guard let content = ContainerReader.parseFooter(footer.rawSpan, format) else {
            throw FormatError(.corrupt, file.path, "corrupt footer at offset \(start): malformed")
        }
        metadata = content.metadata
        entries = content.table.entries
        offsets = content.table.offsets
        let end = content.table.end
        guard end == start else {
            throw FormatError(
                .corrupt, file.path,
                "corrupt section table: the blocks end at offset \(end), the footer begins at \(start)")
        }
    }

    /// Checks that every section is known.
    ///
    /// - Throws: `FormatError` at the first that is not.
    package func checkSections(isKnown: (UInt8) -> Bool) throws(FormatError) {
        for entry in entries where !isKnown(entry.section) {
            throw corrupt(section: entry.section, "there is no such section in format \(format.version)")
        }
    }

    private static func checkHeader(_ file: DataFile, _ format: FileFormat) throws(FormatError) {
        guard file.byteCount >= FileFormat.headerByteCount + FileFormat.tailByteCount else {
            throw FormatError(.notRecognised, file.path, "not a recsys-pipelines \(format.name) file")
        }
        let header = try bytes(0..<FileFormat.headerByteCount, of: file)
        let bytes = header.rawSpan
        guard bytes.extracting(0..<8).elementsEqual(format.magic) else {
            throw FormatError(.notRecognised, file.path, "not a recsys-pipelines \(format.name) file")
        }
        guard Checksum.xxh3(bytes.extracting(0..<24)) == bytes.load(at: 24, as: UInt64.self) else {
            throw FormatError(.corrupt, file.path, "corrupt header at offset 0: the checksum does not match")
        }
        let version = bytes.load(at: 8, as: UInt16.self)
        guard version <= format.version else {
            throw FormatError(
                .needsNewerReader, file.path,
                "needs a newer recsys-pipelines (format \(version), this one reads \(format.version))")
        }
        let requiredFeatures = bytes.load(at: 12, as: UInt32.self)
        guard requiredFeatures == 0 else {
            let features = String(requiredFeatures, radix: 16)
            throw FormatError(
                .needsNewerReader, file.path,
                "needs a newer recsys-pipelines (required features \(features), this one knows none)")
        }
        guard version == format.version, bytes.load(at: 10, as: UInt16.self) == 0,
            bytes.load(at: 20, as: UInt32.self) == 0
        else { throw FormatError(.corrupt, file.path, "corrupt header at offset 8: reserved fields are not zero") }
    }

    /// The footer, and its offset.
    private static func footer(
        _ file: DataFile, _ format: FileFormat,
    ) throws(FormatError) -> (start: Int, bytes: [UInt8]) {
        let tailStart = file.byteCount - FileFormat.tailByteCount
        let tail = try bytes(tailStart..<file.byteCount, of: file)
        let bytes = tail.rawSpan
        guard bytes.extracting(24..<32).elementsEqual(format.endMagic),
            bytes.load(at: 16, as: UInt64.self) == UInt64(file.byteCount), bytes.load(at: 4, as: UInt32.self) == 0
        else {
            throw FormatError(
                .corrupt, file.path, "corrupt tail at offset \(tailStart): the file is cut off or was appended to")
        }
        let start = tailStart - Int(bytes.load(at: 0, as: UInt32.self))
        guard start >= FileFormat.headerByteCount else {
            throw FormatError(
                .corrupt, file.path, "corrupt tail at offset \(tailStart): the footer is longer than the file")
        }
        let footer = try self.bytes(start..<tailStart, of: file)
        guard Checksum.xxh3(footer.rawSpan) == bytes.load(at: 8, as: UInt64.self) else {
            throw FormatError(.corrupt, file.path, "corrupt footer at offset \(start): the checksum does not match")
        }
        return (start, footer)
    }

    private static func bytes(_ range: Range<Int>, of file: DataFile) throws(FormatError) -> [UInt8] {
        do {
            return try file.bytes(range)
        } catch {
            throw FormatError(error)
        }
    }

    /// The blocks that this build knows, where each begins, and where the last one ends.
    private typealias SectionTable = (entries: [BlockEntry], offsets: [Int], end: Int)

    private static func parseFooter(
        _ footer: RawSpan, _ format: FileFormat,
    ) -> (metadata: [UInt8], table: SectionTable)? {
        var reader = ByteReader(footer)
        guard let metadataByteCount = reader.read(UInt32.self),
            let metadata = reader.read(count: Int(metadataByteCount))?.copiedBytes,
            let entryCount = reader.read(UInt32.self),
            reader.remainingCount == Int(entryCount) * BlockEntry.byteCount,
            let table = reader.read(count: reader.remainingCount), let parsed = parseTable(table, format)
        else { return nil }
        return (metadata, parsed)
    }

    /// Blocks of unknown optional sections are passed over: a later version may say of them what this one cannot read.
    private static func parseTable(_ table: RawSpan, _ format: FileFormat) -> SectionTable? {
        var parsed: SectionTable = ([], [], FileFormat.headerByteCount)
        for start in stride(from: 0, to: table.byteCount, by: BlockEntry.byteCount) {
            let bytes = table.extracting(start..<(start + BlockEntry.byteCount))
            if let byteCount = BlockEntry.skippedByteCount(bytes, in: format) {
                parsed.end += byteCount
                continue
            }
            var reader = ByteReader(bytes)
            guard let entry = BlockEntry(from: &reader) else { return nil }
            parsed.entries.append(entry)
            parsed.offsets.append(parsed.end)
            parsed.end += entry.storedByteCount
        }
        return parsed
    }
}
