import Columns
import Platform
import TestSupport
import Testing

@testable import DumpCommands

/// Files that are ours and no partitions of today.
@Suite struct UnusualFileTests {
    private let folder = TemporaryFolder()
    private let partition: ChoppedPartition

    init() throws {
        partition = try ChoppedPartition(count: 8, longest: 3, seed: 5)
    }

    private func run(_ arguments: String...) throws -> ProgramResult {
        try Program.dump.run(arguments, in: folder)
    }

    /// A run of an ingest is told from a partition; its rows are shown all the same.
    @Test func aSortedRun() throws {
        let events = partition.exposures.enumerated().map { (exposure: $1, arrival: UInt32($0)) }
        let columns = ExposureColumns(arriving: events).inPartitionOrder()
        let bytes = RunEncoder.encode(columns, key: ChoppedPartition.key, using: Zstandard())
        _ = try folder.write(bytes, as: "x.rspart")
        let summary = try run("x.rspart")
        #expect(summary.exitCode == 0)
        #expect(summary.text.hasPrefix("type      sorted run, format 1\n"))
        #expect(try run("blocks", "x.rspart", "--section", "arrival").text.contains("arrival"))
        let rows = try run("rows", "x.rspart").text.split(separator: "\n").map(String.init)
        #expect(rows == partition.lines(partition.exposures))
    }

    /// The table has the offsets of messages digit for digit.
    @Test func offsetsCanBeSearchedFor() throws {
        let large = try ChoppedPartition(count: 200, longest: 3, seed: 5)
        _ = try folder.write(large.bytes, as: "x.rspart")
        let lines = try run("blocks", "x.rspart").text.split(separator: "\n").dropFirst()
        let blocks = try #require(
            try run("blocks", "x.rspart", "--format", "json").object?["blocks"] as? [[String: Any]])
        let offsets = blocks.compactMap { $0["offset"] as? Int }
        #expect(offsets.count == lines.count && offsets.contains { $0 > 1_000 })
        for (line, offset) in zip(lines, offsets) { #expect(line.split(separator: " ").contains("\(offset)")) }
    }

    /// What a newer version has written is not called damaged.
    @Test(arguments: ["", "columns", "blocks", "rows"])
    func aNewerFile(command: String) throws {
        var bytes = partition.bytes
        bytes[8] = 2
        let checksum = Checksum.xxh3(bytes.rawSpan.extracting(0..<24))
        for index in 0..<8 { bytes[24 + index] = UInt8(truncatingIfNeeded: checksum >> UInt64(index * 8)) }
        _ = try folder.write(bytes, as: "x.rspart")
        let result = try Program.dump.run(words(of: "\(command) x.rspart"), in: folder)
        #expect(result.exitCode == 2)
        #expect(result.standardError.contains("needs a newer recsys-pipelines (format 2, this one reads 1)"))
    }

    /// Sections that a later version may add are listed, and nothing is said of what they hold.
    @Test func anUnknownOptionalSection() throws {
        let container = try partition.folder.openPartition(partition.bytes).container
        let bytes = try ChoppedFile.bytes(of: container, longest: 3, seed: 2) { writer in
            writer.append(section: 200, column: [UInt32(1), 2, 3], using: Zstandard())
        }
        _ = try folder.write(bytes, as: "x.rspart")
        let blocks = try run("blocks", "x.rspart", "--section", "200", "--format", "json")
        #expect(blocks.exitCode == 0, "\(blocks.standardError)")
        let block = try #require((blocks.object?["blocks"] as? [[String: Any]])?.first)
        #expect(block["section"] as? String == "200" && block["rows"] as? Int == 3)
        #expect(block["intact"] == nil && block["least"] == nil)
        let rows = try run("rows", "x.rspart").text.split(separator: "\n").map(String.init)
        #expect(rows == partition.lines(partition.exposures))
        #expect(try run("columns", "x.rspart").text.contains("\n200 "))
    }
}
