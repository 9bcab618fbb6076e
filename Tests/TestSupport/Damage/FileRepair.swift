import Platform

/// Makes the checksums of a container right again after it was changed, as a forger would.
package enum FileRepair {
    /// The file with the checksums of its header, its footer and, if asked for, its blocks made right, as far as they
    /// can be found.
    package static func repaired(_ bytes: [UInt8], blocks: Bool = false) -> [UInt8] {
        var file = bytes
        guard file.count >= 64 else { return file }
        set(&file, at: 24, checksum(file, 0..<24))
        let tail = file.count - 32
        let start = tail - Int(number(file, at: tail))
        guard start >= 32 else { return file }
        if blocks { repairBlocks(&file, start..<tail) }
        set(&file, at: tail + 8, checksum(file, start..<tail))
        return file
    }

    /// The entries of the section table, 24 bytes each, are the last of the footer.
    private static func repairBlocks(_ file: inout [UInt8], _ footer: Range<Int>) {
        guard footer.count >= 8 else { return }
        let count = footer.lowerBound + 4 + Int(number(file, at: footer.lowerBound))
        guard count + 4 <= footer.upperBound else { return }
        var offset = 32
        for entry in stride(from: count + 4, through: footer.upperBound - 24, by: 24) {
            let end = offset + Int(number(file, at: entry + 12))
            guard end <= footer.lowerBound else { return }
            set(&file, at: entry + 16, checksum(file, offset..<end))
            offset = end
        }
    }

    private static func number(_ file: [UInt8], at offset: Int) -> UInt32 {
        file.rawSpan.load(at: offset, as: UInt32.self)
    }

    private static func checksum(_ file: [UInt8], _ range: Range<Int>) -> UInt64 {
        Checksum.xxh3(file.rawSpan.extracting(range))
    }

    private static func set(_ file: inout [UInt8], at offset: Int, _ value: UInt64) {
        for index in 0..<8 { file[offset + index] = UInt8(truncatingIfNeeded: value >> UInt64(index * 8)) }
    }
}
