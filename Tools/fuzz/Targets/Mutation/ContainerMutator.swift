import Columns
import Platform
import TestSupport

/// Changes bytes without knowing what they are.
package typealias ByteMutation = ([UInt8]) -> [UInt8]

/// Changes container files a part at a time and puts them together so that the checksums are right again, for behind a
/// wrong one nothing is read.
struct ContainerMutator {
    private var generator: SplitMix64
    private let mutateBytes: ByteMutation
    private let zstandard = Zstandard()

    init(seed: UInt64, _ mutateBytes: @escaping ByteMutation) {
        generator = SplitMix64(seed: seed)
        self.mutateBytes = mutateBytes
    }

    /// A file that differs from `file`, or a new one.
    ///
    /// - Parameter makeFile: Makes a file that is right.
    mutating func mutate(_ file: [UInt8], makeFile: (inout SplitMix64) -> [UInt8]) -> [UInt8] {
        let choice = Int.random(in: 0..<32, using: &generator)
        if choice == 0 { return makeFile(&generator) }
        guard choice > 1, var parts = ContainerParts(file) else { return mutateBytes(file) }
        switch choice {
        case 2: return parts.file(changeFooter: mutateBytes)
        case 3: parts.header = mutateBytes(parts.header)
        default:
            for _ in 0..<Int.random(in: 1...3, using: &generator) { change(&parts) }
        }
        return parts.file()
    }

    private mutating func change(_ parts: inout ContainerParts) {
        let choice = Int.random(in: 0..<17, using: &generator)
        guard choice > 1, let index = parts.blocks.indices.randomElement(using: &generator) else {
            parts.metadata = mutateBytes(parts.metadata)
            return
        }
        switch choice {
        case 2: parts.blocks.insert(parts.blocks[index], at: index)
        case 3: parts.blocks.remove(at: index)
        case 4: parts.blocks.swapAt(index, parts.blocks.indices.randomElement(using: &generator) ?? index)
        case 5: parts.blocks[index].kind = mutateBytes(parts.blocks[index].kind).exactly(4)
        case 6: parts.blocks[index].rowCount = number(near: parts.blocks[index].rowCount)
        case 7: parts.blocks[index].rawByteCount = number(near: parts.blocks[index].rawByteCount)
        case 8: parts.blocks[index].stored = mutateBytes(parts.blocks[index].stored)
        case 9: parts.blocks.insert(moved(parts.blocks[index]), at: index)
        case 10...12: replaceValues(of: index, in: &parts)
        default: changePayload(of: &parts.blocks[index])
        }
    }

    /// The block as one of another section, or another part of it.
    private mutating func moved(_ block: ContainerParts.Block) -> ContainerParts.Block {
        var block = block
        let sections: [UInt8] = [1, 2, 3, 4, 16, 17, 18, 19, 20, 21, 128, 255]
        if Bool.random(using: &generator) { block.kind[0] = sections.randomElement(using: &generator) ?? 1 }
        if Bool.random(using: &generator) { block.kind[1] = .random(in: 0...6, using: &generator) }
        return block
    }

    /// Changes what a block holds below its compression.
    private mutating func changePayload(of block: inout ContainerParts.Block) {
        var raw = block.stored
        if block.kind[3] == CodecIdentifier.zstd.rawValue, block.rawByteCount <= ContainerMutator.maximumRawByteCount {
            raw = zstandard.decompress(block.stored.rawSpan, byteCount: Int(block.rawByteCount)) ?? raw
        }
        if Bool.random(using: &generator) { raw = mutateBytes(raw) }
        let isCompressed = Bool.random(using: &generator)
        block.kind[3] = (isCompressed ? CodecIdentifier.zstd : .none).rawValue
        block.stored = isCompressed ? zstandard.compress(raw) : raw
        block.rawByteCount = UInt32(raw.count)
        if block.kind[2] == EncodingIdentifier.text.rawValue { block.rowCount = UInt32(raw.count) }
    }

    /// Puts other values into a block of numbers, or into two.
    private mutating func replaceValues(of index: Int, in parts: inout ContainerParts) {
        let block = parts.blocks[index]
        guard (1...ContainerMutator.maximumRowCount).contains(block.rowCount) else { return }
        var values = values(count: Int(block.rowCount))
        if Bool.random(using: &generator) { values.sort() }
        let cut = Int.random(in: 0..<values.count, using: &generator)
        let pieces =
            Bool.random(using: &generator) || cut == 0
            ? [values] : [[UInt64](values[..<cut]), [UInt64](values[cut...])]
        let blocks = pieces.map { piece in
            let encoded = EncodedBlock.encode(piece.span, using: zstandard)
            return ContainerParts.Block(
                kind: [block.kind[0], block.kind[1], encoded.encoding.rawValue, encoded.codec.rawValue],
                rowCount: UInt32(piece.count), rawByteCount: UInt32(encoded.rawByteCount), stored: encoded.stored)
        }
        parts.blocks.replaceSubrange(index...index, with: blocks)
    }

    private mutating func values(count: Int) -> [UInt64] {
        let bounds: [UInt64] = [1, 2, 3, UInt64(count), 1 << 8, 1 << 31, 1 << 32, 86_400_000_000_000, .max]
        let bound = bounds.randomElement(using: &generator) ?? 1
        let least = UInt64.random(in: 0...2, using: &generator)
        return (0..<count).map { _ in .random(in: min(least, bound)...bound, using: &generator) }
    }

    private mutating func number(near value: UInt32) -> UInt32 {
        let numbers = [value &+ 1, value &- 1, value &* 2, value / 2, 0, 1, 65_536, 65_537, .max]
        return numbers.randomElement(using: &generator) ?? value
    }

    private static let maximumRawByteCount = 1 << 20
    private static let maximumRowCount: UInt32 = 4_096
}

extension [UInt8] {
    /// The first bytes, or as many zeros behind them as are missing.
    fileprivate func exactly(_ count: Int) -> [UInt8] {
        prefix(count) + [UInt8](repeating: 0, count: Swift.max(0, count - self.count))
    }
}
