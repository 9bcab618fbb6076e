import SystemPackage
import TestSupport
import Testing

@testable import Platform

/// An input gives the same bytes however it is compressed and however it is read, or an error that says what is wrong.
@Suite struct InputFileTests {
    private let folder = TemporaryFolder()
    private static let content = Array("one line\nand another, another, another\n".utf8)

    /// The whole of a file with these bytes, read so many at a time.
    private func read(_ bytes: [UInt8], pieceByteCount: Int = 16) throws -> [UInt8] {
        var hasher = SHA256Hasher()
        let file = try InputFile(path: folder.write(bytes, as: "input")) { hasher.update($0) }
        var buffer = [UInt8](repeating: 0xAA, count: pieceByteCount + 2)
        var result: [UInt8] = []
        while true {
            let count = try file.read(into: &buffer, 1..<(pieceByteCount + 1))
            #expect(buffer.first == 0xAA && buffer.last == 0xAA)
            result += buffer[1..<(count + 1)]
            if count < pieceByteCount { break }
        }
        #expect(file.byteCount == bytes.count)
        let digest = StreamingDigest()
        digest.update(bytes.rawSpan)
        #expect(file.hexadecimalDigest == digest.hexadecimal)
        #expect(hasher.finish() == SHA256Digest(of: bytes.rawSpan))
        return result
    }

    /// One frame of the format.
    private func compressed(_ bytes: [UInt8], _ format: CompressionFormat) -> [UInt8] {
        format == .zstd ? Zstandard().compress(bytes) : Gzip.stored(bytes)
    }

    @Test func plainFilesOfAnyShortLength() throws {
        for count in 0...InputFileTests.content.count {
            let bytes = Array(InputFileTests.content.prefix(count))
            for pieceByteCount in [1, 3, 4, 5, 64] { #expect(try read(bytes, pieceByteCount: pieceByteCount) == bytes) }
        }
    }

    @Test(arguments: CompressionFormat.allCases)
    func framesOneAfterTheOther(format: CompressionFormat) throws {
        let content = InputFileTests.content
        for cut in 0...content.count {
            let parts = [content[..<cut], [], content[cut...]].map { Array($0) }
            let bytes = parts.flatMap { compressed($0, format) }
            for pieceByteCount in [1, 7, content.count, 1000] {
                #expect(try read(bytes, pieceByteCount: pieceByteCount) == content)
            }
        }
    }

    /// More than is read of a compressed file at a time, on either side.
    @Test func longFrames() throws {
        var random = SplitMix64(seed: 1)
        let noise = (0..<700_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        #expect(try read(compressed(noise, .zstd), pieceByteCount: 100_000) == noise)
        let regular = [UInt8](repeating: 7, count: 3_000_000)
        #expect(try read(compressed(regular, .zstd), pieceByteCount: 1 << 20) == regular)
        let members = stride(from: 0, to: 600_000, by: 60_000).flatMap { Gzip.stored(Array(noise[$0..<($0 + 60_000)])) }
        #expect(try read(members, pieceByteCount: 100_000) == Array(noise[..<600_000]))
    }

    @Test(arguments: CompressionFormat.allCases)
    func aFileThatIsCutOffIsRefused(format: CompressionFormat) throws {
        let frame = compressed(InputFileTests.content, format)
        for count in 4..<frame.count {
            let error = #expect(throws: InputError.self) { try read(frame + frame.prefix(count)) }
            #expect(error?.kind == .badInput)
            #expect(error?.message.contains("\(folder.path)/input: ") == true)
        }
    }

    @Test func damageIsRefused() throws {
        let frame = Gzip.stored(InputFileTests.content)
        // Without its magic it is taken for plain; bytes 3 to 9 and the padding of byte 10 say nothing of the content.
        for index in frame.indices.dropFirst(2) where !(3...10).contains(index) {
            var damaged = frame
            damaged[index] ^= 0x10
            #expect(throws: InputError.self, "byte \(index)") { try read(damaged) }
        }
        #expect(throws: InputError.self) { try read(Zstandard().compress([1, 2, 3]) + [9, 9, 9, 9, 9]) }
    }

    @Test(arguments: [-5, -1, 1, 100])
    func aFileThatChangesWhileItIsReadIsRefused(change: Int) throws {
        let content = InputFileTests.content
        let path = try folder.write(content, as: "input")
        let file = try InputFile(path: path)
        let changed = change < 0 ? Array(content.dropLast(-change)) : content + [UInt8](repeating: 1, count: change)
        let descriptor = try File.open(path, .writeOnly, options: .truncate)
        try File.write(changed.rawSpan, to: descriptor, path: path)
        try descriptor.close()
        var buffer = [UInt8](repeating: 0, count: 1000)
        let error = #expect(throws: InputError.self) { try file.read(into: &buffer, 0..<1000) }
        #expect(error?.message.contains("had \(content.count) bytes") == true)
        #expect(error?.message.contains("and \(changed.count) when it was read") == true)
    }

    /// A file in another format is told as that, not as the bad records that its bytes would make.
    @Test(arguments: ForeignFormat.allCases)
    func aFileOfAnotherFormatIsRefusedByItsName(format: ForeignFormat) throws {
        let error = #expect(throws: InputError.self) { try read(format.magic + InputFileTests.content) }
        #expect(error?.kind == .badInput)
        #expect(error?.message == "\(folder.path)/input: is \(format.name), which cannot be read; nothing was replaced")
        // Less than its first bytes is no such file.
        let beginning = Array(format.magic.dropLast())
        #expect(try read(beginning) == beginning)
    }

    @Test func aFolderIsNoInput() {
        let error = #expect(throws: StorageError.self) { try InputFile(path: folder.path) }
        #expect(error?.errno == .isDirectory)
    }
}
