import Events
import Foundation
import Partitions
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Ingest

/// The standard input is an input like others, though it comes in pieces of any length. It is one for the whole
/// process, so these tests run one after the other.
@Suite(.serialized) struct StandardInputTests {
    private let workshop = IngestWorkshop()

    /// Runs `body` while the standard input gives out these pieces.
    private func feeding<Result>(_ pieces: [[UInt8]], _ body: () throws -> Result) throws -> Result {
        let pipe = try FileDescriptor.pipe()
        let original = try FileDescriptor.standardInput.duplicate()
        _ = try pipe.readEnd.duplicate(as: .standardInput)
        try pipe.readEnd.close()
        let writer = Thread {
            for piece in pieces { _ = try? pipe.writeEnd.writeAll(piece) }
            try? pipe.writeEnd.close()
        }
        writer.start()
        defer {
            _ = try? original.duplicate(as: .standardInput)
            try? original.close()
        }
        return try body()
    }

    @Test func piecesOfAnyLengthAreOneInput() throws {
        let lines = (0..<2000).map { EventLine.event("é\($0)") }
        let bytes = Array(lines.joined(separator: "\n").utf8)
        var generator = SplitMix64(seed: 8)
        var pieces: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = rest.prefix(Int.random(in: 1...9000, using: &generator))
            pieces.append(Array(piece))
            rest = rest.dropFirst(piece.count)
        }
        let report = try feeding(pieces) { try workshop.ingestion().run([.standardInput], run: RunIdentifier()) }
        #expect(report.inputs.map(\.name) == ["-"])
        #expect(report.inputs.map(\.lineCount) == [2000])
        #expect(report.inputs.map(\.byteCount) == [bytes.count])
        let fromFile = IngestWorkshop()
        let other = try fromFile.ingestion().run(
            [.file(fromFile.folder.write(bytes, as: "in.jsonl"))], run: RunIdentifier())
        #expect(report.inputs.map(\.digest) == other.inputs.map(\.digest))
        #expect(try workshop.storedFiles() == fromFile.storedFiles())
    }

    @Test func badRecordsOfItAreNamedByADash() throws {
        let error = try feeding([Array("\n{}\n".utf8)]) {
            #expect(throws: IngestError.self) {
                try workshop.ingestion().run([.standardInput], run: RunIdentifier())
            }
        }
        #expect(error?.message == "-:2: v: missing\n1 bad record, nothing was replaced")
    }

    @Test func itMayBeCompressed() throws {
        let lines = Array((EventLine.valid.text + "\n" + EventLine.valid.text + "\n").utf8)
        for bytes in [Gzip.stored(lines), Zstandard().compress(lines)] {
            let report = try feeding([Array(bytes.prefix(3)), Array(bytes.dropFirst(3))]) {
                try workshop.ingestion().run([.standardInput], run: RunIdentifier())
            }
            #expect(report.eventCount == 2)
        }
    }

    @Test func nothingAtAllIsNoEvents() throws {
        let report = try feeding([]) { try workshop.ingestion().run([.standardInput], run: RunIdentifier()) }
        #expect(report.lineCount == 0 && report.partitions.isEmpty)
    }
}
