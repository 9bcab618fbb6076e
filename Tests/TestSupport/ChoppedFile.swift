package import Columns
import Platform

/// Files that a writer of another kind might make: blocks of a few values, those of one column beginning and ending
/// elsewhere than those of another.
package enum ChoppedFile {
    /// The bytes of a file with the content of another one, its blocks chopped at random.
    ///
    /// - Parameters:
    ///   - file: A file of ours.
    ///   - longest: The most values, or ids, of a block.
    ///   - add: Writes what the file shall have beside it.
    package static func bytes(
        of file: ContainerReader, longest: Int, seed: UInt64, adding add: (inout ContainerWriter) -> Void = { _ in },
    ) throws(FormatError) -> [UInt8] {
        var generator = SplitMix64(seed: seed)
        var writer = ContainerWriter(format: file.format)
        let zstandard = Zstandard()
        for section in Set(file.entries.map(\.section)).sorted() {
            let indices = file.blockIndices(section: section)
            if file.format.section(section)?.content == .dictionary {
                var ids = IdentifierList()
                var rest = indices[...]
                while !rest.isEmpty { try file.appendRun(from: &rest, to: &ids, using: zstandard) }
                for run in runs(of: ids.count, longest, &generator) {
                    let part = ids.selecting(run.map { UInt32($0) })
                    writer.append(section: section, dictionary: part, using: zstandard)
                }
            } else {
                var values: [UInt64] = []
                for index in indices { values += try file.values(ofBlock: index, as: UInt64.self, using: zstandard) }
                for run in runs(of: values.count, longest, &generator) {
                    writer.append(section: section, column: Array(values[run]), using: zstandard)
                }
            }
        }
        add(&writer)
        return writer.finish(metadata: file.metadata)
    }

    private static func runs(of count: Int, _ longest: Int, _ generator: inout SplitMix64) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start = 0
        while start < count {
            let end = min(count, start + .random(in: 1...longest, using: &generator))
            runs.append(start..<end)
            start = end
        }
        return runs
    }
}
