import Columns
import Platform

/// Which blocks of a file cannot be read, each of which was tried.
struct DamageMap {
    /// Indices of the container's blocks.
    private(set) var blocks: Set<Int> = []

    /// No damage is known, and any is an error of whoever meets it.
    static let none = DamageMap()

    private init() {}

    /// Reads every block.
    ///
    /// - Throws: `Interruption`.
    init(of dump: DumpFile) throws {
        let zstandard = Zstandard()
        for block in dump.inspection.blocks {
            try Cancellation.check()
            guard let index = block.readerIndex else { continue }
            if dump.inspection.problem(of: block, using: zstandard) != nil { blocks.insert(index) }
            dump.container.releasePages(ofBlocks: index...index)
        }
    }

    /// The names of the sections that have such blocks, in the order of the file.
    func sections(of dump: DumpFile) -> [String] {
        let damaged = dump.inspection.blocks.filter { $0.readerIndex.map(blocks.contains) ?? false }
        return damaged.map { dump.inspection.format.sectionName($0.entry.section) }.reduce(into: []) { names, name in
            if names.last != name { names.append(name) }
        }
    }

    /// The ids of a dictionary that cannot be read, as ranges of their numbers.
    func unreadable(of dictionary: DictionaryLookup) -> [Range<Int>] {
        (0..<dictionary.runCount).filter { run in
            dictionary.blocks(ofRun: run).contains { blocks.contains($0) }
        }.map { dictionary.numbers(ofRun: $0) }
    }
}
