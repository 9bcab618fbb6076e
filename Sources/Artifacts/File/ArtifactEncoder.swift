import Builders
import Columns
package import Platform

/// Makes artifact files, block by block. Equal artifacts give equal bytes, whatever the number of threads.
package enum ArtifactEncoder {
    /// Hands the pieces of the file to `write`, in order.
    ///
    /// - Parameters:
    ///   - threadCount: How many blocks may be encoded at once.
    ///   - zstandard: What compresses the blocks of an artifact that is too small for several threads.
    /// - Throws: `StorageError` if the rows are in a file that cannot be read; `Interruption`; whatever `write` throws.
    package static func encode(
        _ artifact: Artifact, threadCount: Int, using zstandard: Zstandard, to write: (RawSpan) throws -> Void,
    ) throws {
        var stream = try ContainerStream(format: ArtifactFormat.file, to: write)
        let parts = parts(of: artifact.rows)
        if threadCount == 1 || artifact.rows.entryCount <= EncodedBlock.maximumRowCount {
            for part in parts {
                try append(part, try encode(part, of: artifact.rows, using: zstandard), to: &stream, write)
            }
        } else {
            try Parallel.forEachInOrder(
                count: parts.count, threadCount: threadCount, makeState: { Worker() },
                produce: { worker, index in
                    worker.part = parts[index]
                    worker.blocks = try encode(parts[index], of: artifact.rows, using: worker.zstandard)
                },
                consume: { worker in
                    guard let part = worker.part else { return }
                    try append(part, worker.blocks, to: &stream, write)
                })
        }
        try stream.finish(metadata: ArtifactMetadata(artifact).encoded, to: write)
    }

    private typealias Section = ArtifactFormat.Section
    private typealias Block = (part: UInt8, block: EncodedBlock)

    /// Values of a section that are encoded together: a run of ids, or a block of numbers.
    private struct Part {
        let section: Section
        let range: Range<Int>
    }

    /// What a thread has to encode with, and what it has encoded last.
    private struct Worker {
        let zstandard = Zstandard()
        var part: Part?
        var blocks: [Block] = []
    }

    /// The parts of a file, in their order.
    private static func parts(of rows: RankedRows) -> [Part] {
        let values: Section? =
            switch rows.valueKind {
            case .none: nil
            case .counts: .count
            case .scores: .score
            }
        return DictionaryBlocks.runs(of: rows.rowKeys).map { Part(section: .rowDictionary, range: $0) }
            + DictionaryBlocks.runs(of: rows.memberKeys).map { Part(section: .memberDictionary, range: $0) }
            + blocks(.rowLength, rows.rowCount) + blocks(.member, rows.entryCount)
            + (values.map { blocks($0, rows.entryCount) } ?? [])
    }

    private static func blocks(_ section: Section, _ count: Int) -> [Part] {
        stride(from: 0, to: count, by: EncodedBlock.maximumRowCount).map {
            Part(section: section, range: $0..<min(count, $0 + EncodedBlock.maximumRowCount))
        }
    }

    private static func encode(
        _ part: Part, of rows: RankedRows, using zstandard: Zstandard,
    ) throws(StorageError) -> [Block] {
        let range = part.range
        switch part.section {
        case .rowDictionary: return ids(rows.rowKeys, range, zstandard)
        case .memberDictionary: return ids(rows.memberKeys, range, zstandard)
        case .rowLength: return numbers(try rows.rowLengths(in: range), zstandard)
        case .member: return numbers(try rows.members(in: range), zstandard)
        case .count: return numbers(try rows.counts(in: range), zstandard)
        case .score: return numbers(try rows.scoreBits(in: range), zstandard)
        }
    }

    private static func ids(_ ids: IdentifierList, _ run: Range<Int>, _ zstandard: Zstandard) -> [Block] {
        DictionaryBlocks.encode(ids, run: run, using: zstandard).map { ($0.part.rawValue, $0.block) }
    }

    private static func numbers<Value: ColumnValue>(_ values: [Value], _ zstandard: Zstandard) -> [Block] {
        [(0, EncodedBlock.encode(values.span, using: zstandard))]
    }

    private static func append(
        _ part: Part, _ blocks: [Block], to stream: inout ContainerStream, _ write: (RawSpan) throws -> Void,
    ) throws {
        for block in blocks {
            try stream.append(section: part.section.rawValue, part: block.part, block.block, to: write)
        }
    }
}
