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
        try read(index) { entry, stored throws(BlockDamage) in
            try BlockDecoder.values(of: entry, in: stored, using: zstandard, as: type)
        }
    }

    /// The bytes of text block `index`.
    ///
    /// - Throws: `FormatError` if the stored bytes are not what was written.
    package func text(ofBlock index: Int, using zstandard: Zstandard) throws(FormatError) -> [UInt8] {
        try read(index) { entry, stored throws(BlockDamage) in
            try BlockDecoder.text(of: entry, in: stored, using: zstandard)
        }
    }

    /// All values of a section that is a column, which must be `count`.
    ///
    /// - Throws: `FormatError` if a block is damaged or rows are missing.
    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    package func column<Value: ColumnValue>(
        section: UInt8, count: Int, as type: Value.Type, using zstandard: Zstandard,
    ) throws(FormatError) -> [Value] {
        try checkRowCount(section: section, count: count)
        var values: [Value] = []
        values.reserveCapacity(count)
        for index in blockIndices(section: section) {
            values.append(contentsOf: try self.values(ofBlock: index, as: type, using: zstandard))
        }
        return values
    }

    /// Checks, before memory is taken for them, that the section table promises `count` rows for a section that is a
    /// column.
    package func checkRowCount(section: UInt8, count: Int) throws(FormatError) {
        let indices = blockIndices(section: section)
        guard indices.allSatisfy({ entries[$0].part == 0 && entries[$0].encoding != .text }),
            indices.reduce(0, { $0 + entries[$1].rowCount }) == count
        else { throw corrupt(section: section, "the section does not have \(count) rows") }
    }

    /// All ids of a section that is a dictionary, which must be `count`.
    ///
    /// - Throws: `FormatError` if a block is damaged or ids are missing.
    package func dictionary(
        section: UInt8, count: Int, using zstandard: Zstandard,
    ) throws(FormatError) -> IdentifierList {
        var identifiers = IdentifierList()
        for run in try runs(section: section, count: count, using: zstandard) { run.append(to: &identifiers) }
        return identifiers
    }

    /// All ids of a section that is a dictionary, which must be `count`, in the form in which they are stored.
    ///
    /// - Throws: `FormatError` if a block is damaged or ids are missing.
    package func runs(
        section: UInt8, count: Int, using zstandard: Zstandard,
    ) throws(FormatError) -> [DictionaryRun] {
        // Before memory is taken for them, as above.
        try checkIdentifierCount(section: section, count: count)
        var runs: [DictionaryRun] = []
        var indices = blockIndices(section: section)[...]
        while !indices.isEmpty { runs.append(try run(from: &indices, using: zstandard)) }
        return runs
    }

    /// Checks that the section table promises `count` ids for a section that is a dictionary.
    package func checkIdentifierCount(section: UInt8, count: Int) throws(FormatError) {
        let promised = blockIndices(section: section).reduce(0) { sum, index in
            let isFirst = DictionaryPart(rawValue: entries[index].part)?.isFirstOfRun ?? false
            return isFirst ? sum + entries[index].rowCount : sum
        }
        guard promised == count else { throw corrupt(section: section, "\(promised) ids instead of \(count)") }
    }

    /// Appends the next run of ids of a dictionary.
    ///
    /// - Parameter indices: The blocks of the dictionary that are left, at least one; loses those of the run.
    /// - Throws: `FormatError` if a block is damaged.
    package func appendRun(
        from indices: inout ArraySlice<Int>, to identifiers: inout IdentifierList, using zstandard: Zstandard,
    ) throws(FormatError) {
        try run(from: &indices, using: zstandard).append(to: &identifiers)
    }

    /// The next run of ids of a dictionary.
    ///
    /// - Parameter indices: The blocks of the dictionary that are left, at least one; loses those of the run.
    /// - Throws: `FormatError` if a block is damaged.
    package func run(
        from indices: inout ArraySlice<Int>, using zstandard: Zstandard,
    ) throws(FormatError) -> DictionaryRun {
        let index = indices.removeFirst()
        switch DictionaryPart(rawValue: entries[index].part) {
        case .decimal: return .decimal(try values(ofBlock: index, as: UInt64.self, using: zstandard))
        case .uuidHigh:
            let low = try partner(of: index, .uuidLow, in: &indices)
            let halves = (
                try values(ofBlock: index, as: UInt64.self, using: zstandard),
                try values(ofBlock: low, as: UInt64.self, using: zstandard)
            )
            guard halves.0.count == halves.1.count else {
                throw corrupt(block: index, "the halves of the UUIDs differ in number")
            }
            return .uuid(high: halves.0, low: halves.1)
        case .textLengths:
            let text = try partner(of: index, .text, in: &indices)
            let lengths = try values(ofBlock: index, as: UInt32.self, using: zstandard)
            guard lengths.reduce(0, { $0 + Int($1) }) == entries[text].rawByteCount else {
                throw corrupt(block: index, "the lengths of the ids do not add up to their text")
            }
            let bytes = try self.text(ofBlock: text, using: zstandard)
            guard let identifiers = IdentifierList(text: bytes, lengths: lengths) else {
                throw corrupt(block: index, "the lengths and the text of the ids do not fit")
            }
            return .text(identifiers)
        case .uuidLow, .text, nil: throw corrupt(block: index, "unexpected part \(entries[index].part)")
        }
    }

    /// Lets the system forget the bytes of blocks that stand together and will not be read again.
    ///
    /// The pages around a byte that is read become resident with it, so those before the last block too are let go of
    /// once more.
    package func releasePages(ofBlocks indices: ClosedRange<Int>) {
        let end = offsets[indices.upperBound] + entries[indices.upperBound].storedByteCount
        file.releasePages(of: offsets[indices.lowerBound]..<end)
    }

    /// Lets the system forget the bytes of a section that was read and most likely will not be read again. Small ones
    /// stay: forgetting them would cost more than it gives.
    func releasePages(section: UInt8) {
        let indices = blockIndices(section: section)
        guard let first = indices.first, let last = indices.last, last - first == indices.count - 1 else { return }
        let end = offsets[last] + entries[last].storedByteCount
        if end - offsets[first] >= ContainerReader.leastReleasedByteCount { releasePages(ofBlocks: first...last) }
    }

    private static let leastReleasedByteCount = 1 << 18

    /// The error of damage in block `index`.
    package func corrupt(block index: Int, _ reason: String) -> FormatError {
        let entry = entries[index]
        let number = blockIndices(section: entry.section).firstIndex(of: index) ?? 0
        let place = "section \(format.sectionName(entry.section)), block \(number), offset \(offsets[index])"
        return FormatError(.corrupt, file.path, "corrupt at \(place): \(reason)")
    }

    /// The error of damage that shows in a section as a whole.
    package func corrupt(section: UInt8, _ reason: String) -> FormatError {
        FormatError(.corrupt, file.path, "corrupt at section \(format.sectionName(section)): \(reason)")
    }

    /// The block after `index`, which must be the other part of the same ids.
    private func partner(
        of index: Int, _ part: DictionaryPart, in indices: inout ArraySlice<Int>,
    ) throws(FormatError) -> Int {
        guard let next = indices.popFirst(), entries[next].part == part.rawValue else {
            throw corrupt(block: index, "its partner is missing")
        }
        return next
    }

    /// Hands block `index` to `decode`, whose result counts only if all that it read was there.
    private func read<Content>(
        _ index: Int, _ decode: (BlockEntry, RawSpan) throws(BlockDamage) -> Content,
    ) throws(FormatError) -> Content {
        let entry = entries[index]
        let decoded: Result<Content, BlockDamage>
        do {
            decoded = try file.withBytes(offsets[index]..<(offsets[index] + entry.storedByteCount)) { stored in
                Result { () throws(BlockDamage) in try decode(entry, stored) }
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
