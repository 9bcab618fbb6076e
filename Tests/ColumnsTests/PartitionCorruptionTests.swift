import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Columns

/// A damaged partition file is refused. None is ever read as other events.
@Suite struct PartitionCorruptionTests {
    private let folder = TemporaryFolder()
    private let zstandard = Zstandard()

    /// A file of a few rows with everything in it: ids of all forms, compressed blocks and plain ones.
    private static let tiny: [UInt8] = {
        let uuid = IdentifierStyle.uuid
        let text = String(repeating: "long", count: 40)
        let columns = ExposureColumns([
            Exposure(session: "x", item: "1", at: 7),
            Exposure(user: "u", session: text, request: uuid.text(1), item: "2", at: 8),
            Exposure(user: "v", session: "y", request: uuid.text(2), item: "70000", at: 9, rank: 3),
        ])
        return PartitionEncoder.encode(columns, key: .fixture(), using: Zstandard())
    }()

    private func isRefused(_ bytes: [UInt8]) throws -> Bool {
        try refusal(bytes, in: folder) != nil
    }

    @Test func theFileIsGoodAsLongAsNothingHappensToIt() throws {
        #expect(try !isRefused(PartitionCorruptionTests.tiny))
        let dissection = try Dissection(PartitionCorruptionTests.tiny)
        #expect(Set(dissection.parts.map(\.block.codec)) == [.none, .zstd])
        #expect(dissection.assembled == PartitionCorruptionTests.tiny)
    }

    @Test func everyBitFlip() throws {
        let unnoticed = try SmallWorlds.bitFlips(of: PartitionCorruptionTests.tiny).first { try !isRefused($0.bytes) }
        #expect(unnoticed?.bit == nil)
    }

    @Test func everyTruncation() throws {
        for prefix in SmallWorlds.truncations(of: PartitionCorruptionTests.tiny) {
            let code = try refusal(Array(prefix), in: folder)
            guard code == (prefix.count < 64 ? .notRecognised : .corrupt) else {
                Issue.record("\(prefix.count) bytes: \(code.map { "\($0)" } ?? "accepted")")
                return
            }
        }
    }

    @Test func everyTruncationAtTheFront() throws {
        let tiny = PartitionCorruptionTests.tiny
        let unnoticed = try (1...tiny.count).first { try !isRefused(Array(tiny.dropFirst($0))) }
        #expect(unnoticed == nil)
    }

    @Test(arguments: [[0], [0x0A], tiny, Array(tiny.suffix(32))] as [[UInt8]])
    func appendedBytes(more: [UInt8]) throws {
        #expect(try isRefused(PartitionCorruptionTests.tiny + more))
    }

    @Test func textModeTransfer() throws {
        let tiny = PartitionCorruptionTests.tiny
        #expect(try refusal(tiny.filter { $0 != 0x0D }, in: folder) == .notRecognised)
        #expect(try refusal(tiny.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }, in: folder) == .notRecognised)
        #expect(try refusal(tiny.map { $0 & 0x7F }, in: folder) == .notRecognised)
    }

    @Test func zeroedPages() throws {
        let tiny = PartitionCorruptionTests.tiny
        for start in stride(from: 0, to: tiny.count, by: 16) {
            var bytes = tiny
            for index in start..<min(start + 16, tiny.count) { bytes[index] = 0 }
            #expect(try bytes == tiny || isRefused(bytes))
        }
        #expect(try isRefused([UInt8](repeating: 0, count: tiny.count)))
    }

    @Test func swappedBytes() throws {
        let tiny = PartitionCorruptionTests.tiny
        let unnoticed = try (1..<tiny.count).first { index in
            var bytes = tiny
            bytes.swapAt(index - 1, index)
            return try bytes != tiny && !isRefused(bytes)
        }
        #expect(unnoticed == nil)
    }

    @Test func anErrorSaysWhere() throws {
        let dissection = try Dissection(PartitionCorruptionTests.tiny)
        var bytes = PartitionCorruptionTests.tiny
        bytes[FileFormat.headerByteCount] ^= 1
        let error = #expect(throws: FormatError.self) { try readAll(bytes, in: folder) }
        #expect(dissection.parts.first?.section == PartitionFormat.Section.userDictionary.rawValue)
        #expect(error?.detail.hasPrefix("corrupt at section user_dictionary, block 0, offset 32: ") == true)
        #expect(error?.kind == .corruption)
        #expect(error?.path == folder.path.appending("fixture.rspart"))
    }
}
