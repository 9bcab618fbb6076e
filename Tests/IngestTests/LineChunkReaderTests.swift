import Events
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Ingest

/// Inputs of any length are cut into whole lines, wherever a read ends; a line that is too long costs no other.
@Suite struct LineChunkReaderTests {
    private let folder = TemporaryFolder()
    private static let lineLimit = 1 << 20
    private static let readByteCount = 4 << 20

    /// What an input is, read as an ingest does.
    private struct Reading {
        var items: [String] = []
        var rejects: [String] = []
        var lineCount = 0
        var chunks: [[UInt8]] = []
    }

    private func read(_ bytes: [UInt8]) throws -> Reading {
        let limit = LineChunkReaderTests.lineLimit
        let file = try InputFile(path: folder.write(bytes, as: "f.jsonl"))
        let reader = LineChunkReader(file, maximumLineByteCount: limit)
        let decoder = EventDecoder(maximumRank: 9, maximumLineByteCount: limit, isStrict: false)
        var collector = EventCollector(scope: IngestScope(), maximumLineByteCount: limit)
        var reading = Reading()
        var chunk = LineChunk()
        while try reader.next(into: &chunk) {
            let sequence = reading.chunks.count
            reading.chunks.append(Array(chunk.bytes.prefix(chunk.byteCount)))
            reading.lineCount += decoder.decode(chunk) { batch in
                collector.append(batch, ofChunk: sequence)
                return batch.lineCount
            }
        }
        #expect(reader.byteCount == bytes.count)
        let input = ChunkQueue.FinishedInput(
            name: "f", byteCount: bytes.count, digest: "", sequenceEnd: reading.chunks.count)
        let events = CollectedEvents([collector], runs: SpilledRuns(root: "", name: ""), inputs: [input])
        reading.items = events.partitionKeys.flatMap { events.columns(of: $0).exposures.map(\.item) }
        do throws(IngestError) { try events.checkRecords() } catch {
            reading.rejects = error.message.split(separator: "\n").dropLast().map { String($0) }
        }
        return reading
    }

    /// A line of so many bytes, without its newline.
    private func line(_ item: String, byteCount: Int) -> [UInt8] {
        let bare = EventLine.valid.with("item_id", "\"\(item)\"").with("x", "\"\"").text
        let filling = String(repeating: "x", count: byteCount - bare.utf8.count)
        return Array(EventLine.valid.with("item_id", "\"\(item)\"").with("x", "\"\(filling)\"").text.utf8)
    }

    private func small(_ item: String) -> [UInt8] { Array(EventLine.valid.with("item_id", "\"\(item)\"").text.utf8) }

    /// Lines that end just before, at and just behind the end of a read.
    @Test(arguments: [-1, 0, 1, 40])
    func linesMayStraddleReads(shift: Int) throws {
        let lastByteCount = LineChunkReaderTests.lineLimit / 2 + shift
        let parts = (0..<3).map { line("\($0)", byteCount: LineChunkReaderTests.lineLimit) }
        let lengths = parts.map(\.count).reduce(0) { $0 + $1 + 1 }
        let filling = line("3", byteCount: LineChunkReaderTests.readByteCount - lengths - lastByteCount - 2)
        let last = line("4", byteCount: lastByteCount)
        for end in [[], [0x0A]] as [[UInt8]] {
            let bytes = Array((parts + [filling, last, small("é"), small("6")]).joined(separator: [0x0A])) + end
            let result = try read(bytes)
            #expect(result.rejects.isEmpty)
            #expect(result.items == ["0", "1", "2", "3", "4", "é", "6"])
            #expect(result.lineCount == 7)
            #expect(result.chunks.flatMap { $0 } == bytes)
            #expect(result.chunks.dropLast().allSatisfy { $0.last == 0x0A })
        }
    }

    /// At the limit, one byte over it, around the length of one read and of two.
    @Test(arguments: [
        (0, true), (1, false), (3 << 20, false), ((3 << 20) + 1, false),
        ((7 << 20) + 2, false),
    ])
    func longLinesCostNoOther(excess: Int, isEvent: Bool) throws {
        let long = line("long", byteCount: LineChunkReaderTests.lineLimit + excess)
        for place in 0..<3 {
            var lines = [small("a"), small("b")]
            lines.insert(long, at: place)
            let result = try read(Array(lines.joined(separator: [0x0A])))
            #expect(result.lineCount == 3)
            if isEvent {
                #expect(result.rejects.isEmpty)
                #expect(Set(result.items) == ["a", "b", "long"])
            } else {
                #expect(result.rejects == ["f:\(place + 1): record: longer than 1048576 bytes"])
                #expect(result.items == ["a", "b"])
            }
        }
    }

    /// An event in the middle of much white space is not lost without a word.
    @Test func aLongBlankLineIsBadWhateverItHides() throws {
        let blank = [UInt8](repeating: 0x20, count: 3 << 20)
        let hiding = blank + small("hidden") + blank
        let result = try read(Array([small("a"), hiding, small("b")].joined(separator: [0x0A])))
        #expect(result.rejects == ["f:2: record: longer than 1048576 bytes"])
        #expect(result.items == ["a", "b"])
    }

    @Test func emptyInputsHaveNoLines() throws {
        #expect(try read([]).lineCount == 0)
        #expect(try read([0x0A]).lineCount == 1)
        #expect(try read(Array(repeating: 0x0A, count: 5000)).lineCount == 5000)
    }

    /// Lines are cut out of what a compressed file holds, and damage in it is no damage to a line.
    @Test func compressedInput() throws {
        let lines = Array([small("a"), small("b")].joined(separator: [0x0A]))
        #expect(try read(Gzip.stored(lines)).items == ["a", "b"])
        #expect(try read(Zstandard().compress(lines)).items == ["a", "b"])
        #expect(throws: InputError.self) { try read(Array(Gzip.stored(lines).dropLast())) }
    }
}
