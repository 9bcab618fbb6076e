import Platform
import TestSupport

@testable import Columns
@testable import Scan

/// What is done with ids: giving them codes, ordering them, and reading them from a file.
func measureIdentifiers() {
    measureOrder()
    for style in [IdentifierStyle.decimal, .uuid] {
        measureInterner(style, table: "small table", knownCount: 2000)
        measureInterner(style, table: "large table", knownCount: 1_000_000)
        measureGrowingInterner(style)
        measureDictionary(style)
        measureKeyTable(style)
    }
}

private func measureOrder() {
    measure("ids: gather", .values) {
        let (values, indices) = (Samples.codes(below: .max), Samples.codes(below: UInt32(Samples.count)))
        return Kernel(indices.count) { gather(values.span, at: indices.span) }
    }
    for (bitCount, factor) in [(32, 1), (64, 0x9E37_79B9_7F4A_7C15)] as [(Int, UInt64)] {
        measure("ids: radix order by \(bitCount) bits", .values) {
            let keys = Samples.codes(below: .max).map { UInt64($0) &* factor }
            return Kernel(keys.count) { RadixOrder.indices(keys) }
        }
    }
}

/// Look-ups of ids that are known already: in the caches while the table is small, in memory when it is large.
private func measureInterner(_ style: IdentifierStyle, table: String, knownCount: Int) {
    measure("ids: intern \(style), \(table)", .values) {
        let known = Samples.identifiers(knownCount, style)
        let seen = known.selecting(Samples.codes(below: UInt32(knownCount)))
        var interner = IdentifierInterner()
        _ = interner.codes(for: known)
        return Kernel(seen.count) { interner.codes(for: seen) }
    }
}

private func measureGrowingInterner(_ style: IdentifierStyle) {
    measure("ids: intern \(style), all new", .values) {
        let new = Samples.identifiers(Samples.count, style)
        return Kernel(new.count) {
            var interner = IdentifierInterner()
            return interner.codes(for: new)
        }
    }
}

/// A dictionary of a partition: its blocks checked, decompressed and decoded, and the ids spelled out.
private func measureDictionary(_ style: IdentifierStyle) {
    measure("ids: dictionary of \(style)", .values) {
        let (count, section, zstandard) = (Samples.count, IdentifierColumn.item.dictionary.rawValue, Zstandard())
        var writer = ContainerWriter(format: PartitionFormat.file)
        writer.append(section: section, dictionary: Samples.identifiers(count, style), using: zstandard)
        // The file stays mapped when the folder goes.
        let folder = TemporaryFolder()
        let file = try DataFile(path: folder.write(writer.finish(metadata: []), as: "dictionary"))
        let reader = try ContainerReader(file, format: PartitionFormat.file)
        return Kernel(count) { try? reader.dictionary(section: section, count: count, using: zstandard) }
    }
}

/// Look-ups of the ids of a day in the table of a window, of the keys alone.
private func measureKeyTable(_ style: IdentifierStyle) {
    measure("ids: look up keys of \(style)", .values) {
        let keys = IdentifierKey.keys(of: [.text(Samples.identifiers(Samples.count, style))])
        let indices = Array(0..<UInt32(keys.count))
        var table = KeyTable(shardBitCount: 0)
        return Kernel(keys.count) {
            var positions: [UInt32] = []
            table.firstPositions(of: keys.span, indices: indices.span, base: 0, appendingTo: &positions)
            return positions
        }
    }
}
