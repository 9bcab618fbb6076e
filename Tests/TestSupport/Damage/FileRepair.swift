import Platform

/// Makes the checksums of a container right again after it was changed, as a forger would.
package enum FileRepair {
    /// The file with the checksums of its header, its footer and, if asked for, its blocks made right, as far as they
    /// can be found.
    package static func repaired(_ bytes: [UInt8], blocks: Bool = false) -> [UInt8] {
        var file = bytes
        guard file.count >= 64 else { return file }
        set(&file, at: 24, checksum(file, 0..<24))
        guard let parts = FileParts(file) else { return file }
        if blocks {
            for (entry, block) in zip(parts.entries, parts.blocks) {
                set(&file, at: entry.lowerBound + 16, checksum(file, block))
            }
        }
        set(&file, at: parts.footer.upperBound + 8, checksum(file, parts.footer))
        return file
    }

    private static func checksum(_ file: [UInt8], _ range: Range<Int>) -> UInt64 {
        Checksum.xxh3(file.rawSpan.extracting(range))
    }

    private static func set(_ file: inout [UInt8], at offset: Int, _ value: UInt64) {
        for index in 0..<8 { file[offset + index] = UInt8(truncatingIfNeeded: value >> UInt64(index * 8)) }
    }
}
