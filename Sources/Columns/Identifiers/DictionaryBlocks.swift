package import Platform

/// The parts of a dictionary in a file. A run of ids is stored as one decimal block, or as two blocks of UUID halves,
/// or as a block of lengths and a block of text. The numbers never change.
package enum DictionaryPart: UInt8, Sendable {
    case decimal = 1
    case uuidHigh = 2
    case uuidLow = 3
    case textLengths = 4
    case text = 5

    /// True for the part, one of each run, that has a row for every id.
    var isFirstOfRun: Bool { self == .decimal || self == .uuidHigh || self == .textLengths }
}

/// A dictionary as blocks, and back.
package enum DictionaryBlocks {
    /// The most bytes of text that one block of ids holds in any layout, unless a single id is longer.
    package static let maximumTextByteCount = 16 << 20

    /// The blocks of all ids, in the order of the ids, each run of ids in the most compact form that suits all of it.
    ///
    /// - Parameter layout: How many ids, and how many bytes of them, a run has at most.
    package static func encode(
        _ identifiers: IdentifierList, layout: PartitionLayout = .stored, using zstandard: Zstandard,
    ) -> [(part: DictionaryPart, block: EncodedBlock)] {
        runs(of: identifiers, layout: layout).flatMap { encode(identifiers, run: $0, using: zstandard) }
    }

    /// The runs that ids are stored in, one after the other.
    ///
    /// - Parameter layout: How many ids, and how many bytes of them, a run has at most.
    package static func runs(of identifiers: IdentifierList, layout: PartitionLayout = .stored) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start = 0
        while start < identifiers.count {
            let end = runEnd(identifiers, from: start, layout)
            runs.append(start..<end)
            start = end
        }
        return runs
    }

    private static func runEnd(_ identifiers: IdentifierList, from start: Int, _ layout: PartitionLayout) -> Int {
        var byteCount = identifiers.byteCount(at: start)
        var end = start + 1
        while end < identifiers.count, end - start < layout.blockRowCount {
            byteCount += identifiers.byteCount(at: end)
            if byteCount > layout.blockTextByteCount { break }
            end += 1
        }
        return end
    }

    /// The blocks of one of the runs, in the most compact form that suits all of it.
    package static func encode(
        _ identifiers: IdentifierList, run: Range<Int>, using zstandard: Zstandard,
    ) -> [(part: DictionaryPart, block: EncodedBlock)] {
        if let numbers = every(run, { IdentifierForm.decimal(identifiers[$0]) }) {
            return blocks(.decimal, numbers, zstandard)
        }
        if let halves = every(run, { IdentifierForm.uuid(identifiers[$0]) }) {
            return blocks(.uuidHigh, halves.map(\.high), zstandard) + blocks(.uuidLow, halves.map(\.low), zstandard)
        }
        let lengths = run.map { UInt32(identifiers.byteCount(at: $0)) }
        let text = EncodedBlock.text(identifiers.text(of: run), using: zstandard)
        return blocks(.textLengths, lengths, zstandard) + [(.text, text)]
    }

    private static func blocks<Value: ColumnValue>(
        _ part: DictionaryPart, _ values: [Value], _ zstandard: Zstandard,
    ) -> [(part: DictionaryPart, block: EncodedBlock)] {
        EncodedBlock.encode(column: values, using: zstandard).map { (part, $0) }
    }

    /// What `transform` makes of every index, or nil as soon as it makes nothing of one.
    private static func every<Result>(_ run: Range<Int>, _ transform: (Int) -> Result?) -> [Result]? {
        var results: [Result] = []
        results.reserveCapacity(run.count)
        for index in run {
            guard let result = transform(index) else { return nil }
            results.append(result)
        }
        return results
    }
}
