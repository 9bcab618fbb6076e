package import Platform

extension ContainerReader {
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
        // Before memory is taken for them, as in columns.
        try checkIdentifierCount(section: section, count: count)
        var runs: [DictionaryRun] = []
        var indices = blockIndices(section: section)[...]
        while !indices.isEmpty { runs.append(try run(from: &indices, using: zstandard)) }
        return runs
    }

    /// Checks that every id of a section that is a dictionary stands after the one before it, with a group of them in
    /// memory.
    ///
    /// - Throws: `FormatError` at the first that does not, or if a block is damaged.
    package func checkAscending(section: UInt8, using zstandard: Zstandard) throws(FormatError) {
        var last: [UInt8] = []
        try forEachGroup(section: section, using: zstandard) { identifiers, firstIndex throws(FormatError) in
            for index in identifiers.indices {
                guard ByteStrings.compare(last.span, identifiers[index]) < 0 else {
                    throw corrupt(misplacedIdentifier: firstIndex + index, in: section)
                }
                last.removeAll(keepingCapacity: true)
                last.append(contentsOf: identifiers[index])
            }
        }
    }

    /// Hands the ids of every group of a dictionary to `body`, with the index of the first of them.
    func forEachGroup(
        section: UInt8, using zstandard: Zstandard, _ body: (IdentifierList, Int) throws(FormatError) -> Void,
    ) throws(FormatError) {
        var blocks = blockIndices(section: section)[...]
        var firstIndex = 0
        while !blocks.isEmpty {
            var identifiers = IdentifierList()
            try appendRun(from: &blocks, to: &identifiers, using: zstandard)
            try body(identifiers, firstIndex)
            firstIndex += identifiers.count
        }
    }

    /// The groups of blocks of a section that is a dictionary, each of which gives some ids.
    ///
    /// - Returns: For each group its blocks, and the indices of its ids in the dictionary.
    func groups(section: UInt8) -> [(blocks: ArraySlice<Int>, identifiers: Range<Int>)] {
        let blocks = blockIndices(section: section)
        var groups: [(blocks: ArraySlice<Int>, identifiers: Range<Int>)] = []
        var (start, firstIdentifier) = (0, 0)
        while start < blocks.count {
            let end = blocks[(start + 1)...].firstIndex { isCounted($0) } ?? blocks.count
            let count = entries[blocks[start]].rowCount
            groups.append((blocks[start..<end], firstIdentifier..<(firstIdentifier + count)))
            (start, firstIdentifier) = (end, firstIdentifier + count)
        }
        return groups
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
        case .uuidHigh: return try uuids(index, try partner(of: index, .uuidLow, in: &indices), zstandard)
        case .textLengths: return try texts(index, try partner(of: index, .text, in: &indices), zstandard)
        case .uuidLow, .text, nil: throw corrupt(block: index, "unexpected part \(entries[index].part)")
        }
    }

    private func uuids(_ high: Int, _ low: Int, _ zstandard: Zstandard) throws(FormatError) -> DictionaryRun {
        guard entries[high].rowCount == entries[low].rowCount else {
            throw corrupt(block: high, "the halves of the UUIDs differ in number")
        }
        return .uuid(
            high: try values(ofBlock: high, as: UInt64.self, using: zstandard),
            low: try values(ofBlock: low, as: UInt64.self, using: zstandard))
    }

    private func texts(_ lengths: Int, _ text: Int, _ zstandard: Zstandard) throws(FormatError) -> DictionaryRun {
        // Before memory is taken for the text, as that its length is the sum of the others.
        guard entries[text].rawByteCount <= DictionaryBlocks.maximumTextByteCount || entries[lengths].rowCount == 1
        else { throw corrupt(block: text, "several ids have more text than a group of ids may have") }
        let idLengths = try values(ofBlock: lengths, as: UInt32.self, using: zstandard)
        guard idLengths.reduce(0, { $0 + Int($1) }) == entries[text].rawByteCount else {
            throw corrupt(block: lengths, "the lengths of the ids do not add up to their text")
        }
        let bytes = try self.text(ofBlock: text, using: zstandard)
        guard let identifiers = IdentifierList(text: bytes, lengths: idLengths) else {
            throw corrupt(block: text, "the text is no UTF-8, or an id is empty or begins inside of a character")
        }
        return .text(identifiers)
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
}
