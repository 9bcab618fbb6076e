import Platform

/// Where the parts of a container are, as its own numbers say, right or wrong.
struct FileParts {
    /// From the first byte behind the blocks to the tail.
    let footer: Range<Int>
    private(set) var blocks: [Range<Int>] = []
    /// For each of the blocks its entry in the section table, 24 bytes each, the last of the footer.
    private(set) var entries: [Range<Int>] = []

    /// Fails for what is too short to have a footer.
    init?(_ file: [UInt8]) {
        let tail = file.count - 32
        guard file.count >= 64 else { return nil }
        let start = tail - Int(FileParts.number(file, at: tail))
        guard start >= 32 else { return nil }
        footer = start..<tail
        guard footer.count >= 8 else { return }
        let count = footer.lowerBound + 4 + Int(FileParts.number(file, at: footer.lowerBound))
        guard count + 4 <= footer.upperBound else { return }
        var offset = 32
        for entry in stride(from: count + 4, through: footer.upperBound - 24, by: 24) {
            let end = offset + Int(FileParts.number(file, at: entry + 12))
            guard end <= footer.lowerBound else { return }
            blocks.append(offset..<end)
            entries.append(entry..<(entry + 24))
            offset = end
        }
    }

    private static func number(_ file: [UInt8], at offset: Int) -> UInt32 {
        file.rawSpan.load(at: offset, as: UInt32.self)
    }
}
