package import Columns
import Platform

/// What a file of blocks holds but for how it is compressed: its metadata, and of every block its place in the
/// section table and its bytes before compression.
package struct GoldenContent: Equatable {
    private let metadata: [UInt8]
    private let blocks: [Block]

    private struct Block: Equatable {
        let section: UInt8
        let part: UInt8
        let encoding: EncodingIdentifier
        let rowCount: Int
        let raw: [UInt8]?
    }

    package init(_ bytes: [UInt8], _ format: FileFormat) throws {
        let (zstandard, folder) = (Zstandard(), TemporaryFolder())
        let container = try ContainerReader(DataFile(path: folder.write(bytes, as: "golden")), format: format)
        metadata = container.metadata
        blocks = zip(container.entries, container.offsets).map { entry, offset in
            let stored = Array(bytes[offset..<(offset + entry.storedByteCount)])
            let raw =
                entry.codec == .none ? stored : zstandard.decompress(stored.rawSpan, byteCount: entry.rawByteCount)
            return Block(
                section: entry.section, part: entry.part, encoding: entry.encoding, rowCount: entry.rowCount, raw: raw)
        }
    }
}
