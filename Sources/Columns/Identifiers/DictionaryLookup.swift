package import Platform

/// A dictionary of a file, of which only some ids are read: the run that holds an id is decoded when it is asked for.
///
/// It may be larger than memory: runs that were decoded are kept up to a limit.
package struct DictionaryLookup {
    private let container: ContainerReader
    private let section: UInt8
    private let zstandard: Zstandard
    /// For each run the blocks that it is made of.
    private let blocks: [ArraySlice<Int>]
    /// For each run the number of its first id, and behind them the number of all ids.
    package let starts: [Int]
    private var kept: [Int: DictionaryRun] = [:]
    private var keptByteCount = 0

    /// So many bytes of decoded runs are kept, and the latest one.
    private static let maximumKeptByteCount = 32 << 20

    /// - Throws: `FormatError` if the section table does not promise `count` ids, or its parts are in disorder.
    package init(
        _ container: ContainerReader, section: UInt8, count: Int, using zstandard: Zstandard,
    ) throws(FormatError) {
        try container.checkIdentifierCount(section: section, count: count)
        self.container = container
        self.section = section
        self.zstandard = zstandard
        let groups = container.groups(section: section)
        guard groups.last?.identifiers.upperBound ?? 0 == count else {
            throw container.corrupt(section: section, "the parts of its ids are in disorder")
        }
        blocks = groups.map(\.blocks)
        starts = [0] + groups.map(\.identifiers.upperBound)
    }

    /// Number of ids.
    package var count: Int { starts[starts.count - 1] }

    /// Number of runs.
    package var runCount: Int { blocks.count }

    /// The numbers of the ids of a run.
    package func numbers(ofRun index: Int) -> Range<Int> { starts[index]..<starts[index + 1] }

    /// The blocks that a run is made of, as indices of the container's.
    package func blocks(ofRun index: Int) -> ArraySlice<Int> { blocks[index] }

    /// Decodes a run.
    ///
    /// - Throws: `FormatError` if a block of it is damaged.
    package func run(at index: Int) throws(FormatError) -> DictionaryRun {
        var indices = blocks[index]
        let run = try container.run(from: &indices, using: zstandard)
        guard indices.isEmpty else { throw container.corrupt(block: indices[indices.startIndex], "unexpected part") }
        for block in blocks[index] { container.releasePages(ofBlocks: block...block) }
        return run
    }

    /// The ids with these numbers, which ascend and are all less than `count`.
    ///
    /// - Throws: `FormatError` if a run of theirs is damaged.
    package mutating func identifiers(at numbers: [Int]) throws(FormatError) -> IdentifierList {
        var identifiers = IdentifierList()
        var rest = numbers[...]
        var run = 0
        while let number = rest.first {
            while number >= starts[run + 1] { run += 1 }
            let part = rest.prefix { $0 < starts[run + 1] }
            rest = rest.dropFirst(part.count)
            try keptRun(at: run).append(part.lazy.map { [start = starts[run]] in $0 - start }, to: &identifiers)
        }
        return identifiers
    }

    /// The number of an id, or nil if it is not there. Runs are decoded one after the other until it is found.
    ///
    /// - Throws: `FormatError` if a run is damaged that must be looked into.
    package func number(of identifier: Span<UInt8>) throws(FormatError) -> Int? {
        for index in blocks.indices {
            if let place = try run(at: index).firstIndex(of: identifier) { return starts[index] + place }
        }
        return nil
    }

    private mutating func keptRun(at index: Int) throws(FormatError) -> DictionaryRun {
        if let run = kept[index] { return run }
        let run = try run(at: index)
        if keptByteCount > DictionaryLookup.maximumKeptByteCount {
            kept.removeAll()
            keptByteCount = 0
        }
        kept[index] = run
        keptByteCount += run.byteCount
        return run
    }
}
