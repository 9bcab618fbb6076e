package import Platform

extension ContainerReader {
    /// The indices of the blocks of a section, in the order of the file.
    package func blockIndices(section: UInt8) -> [Int] {
        entries.indices.filter { entries[$0].section == section }
    }

    /// The values of block `index`.
    ///
    /// - Throws: `FormatError` if the stored bytes are not what was written.
    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    package func values<Value: ColumnValue>(
        ofBlock index: Int, as type: Value.Type, using zstandard: Zstandard,
    ) throws(FormatError) -> [Value] {
        try read(index) { block throws(BlockDamage) in
            try block.verified().values(as: type, using: zstandard)
        }
    }

    /// The bytes of text block `index`.
    ///
    /// - Throws: `FormatError` if the stored bytes are not what was written.
    package func text(ofBlock index: Int, using zstandard: Zstandard) throws(FormatError) -> [UInt8] {
        try read(index) { block throws(BlockDamage) in try block.verified().text(using: zstandard) }
    }

    /// Reads block `index` and keeps nothing of it.
    ///
    /// - Throws: `FormatError` if the stored bytes are not what was written, or the part or the encoding are none that
    ///   the section has.
    package func check(block index: Int, using zstandard: Zstandard) throws(FormatError) {
        let entry = entries[index]
        guard let section = format.section(entry.section) else {
            throw corrupt(block: index, "there is no such section in format \(format.version)")
        }
        switch (section.content, DictionaryPart(rawValue: entry.part)) {
        case (.numbers32, nil) where entry.part == 0, (.dictionary, .textLengths):
            _ = try values(ofBlock: index, as: UInt32.self, using: zstandard)
        case (.numbers64, nil) where entry.part == 0, (.dictionary, .decimal), (.dictionary, .uuidHigh),
            (.dictionary, .uuidLow):
            _ = try values(ofBlock: index, as: UInt64.self, using: zstandard)
        case (.dictionary, .text): _ = try text(ofBlock: index, using: zstandard)
        default: throw corrupt(block: index, "unexpected part \(entry.part)")
        }
    }

    /// Hands block `index` to `decode`, whose result counts only if all that it read was there.
    private func read<Content>(
        _ index: Int, _ decode: (borrowing UnverifiedBlock) throws(BlockDamage) -> Content,
    ) throws(FormatError) -> Content {
        let entry = entries[index]
        let decoded: Result<Content, BlockDamage>
        do {
            decoded = try file.withBytes(offsets[index]..<(offsets[index] + entry.storedByteCount)) { stored in
                Result { () throws(BlockDamage) in try decode(UnverifiedBlock(entry, stored: stored)) }
            }
        } catch {
            throw FormatError(error)
        }
        do {
            return try decoded.get()
        } catch {
            throw corrupt(block: index, error.description)
        }
    }
}
