import SystemPackage
import TestSupport
import Testing

@testable import Platform

/// What is appended is what is read, in memory or out of it.
@Suite struct ScratchBufferTests {
    private let folder = TemporaryFolder()

    /// Numbers that differ from piece to piece.
    private func numbers(_ count: Int) -> [UInt32] {
        (0..<count).map { UInt32(truncatingIfNeeded: $0 &* 2_654_435_761) }
    }

    @Test(arguments: [0, 1, 1_000, 1 << 18 - 1, 1 << 18, 1 << 18 + 1, 600_000])
    func whatIsAppendedIsRead(count: Int) throws {
        let buffer = ScratchBuffer(in: folder.path)
        let numbers = numbers(count)
        for start in stride(from: 0, to: count, by: 700) {
            try buffer.append(numbers: Array(numbers[start..<min(count, start + 700)]))
        }
        let middle = count / 3..<count / 2
        #expect(try buffer.copy(of: (middle.lowerBound * 4)..<(middle.upperBound * 4)) == bytes(numbers[middle]))
        try buffer.finish()
        #expect(buffer.byteCount == count * 4)
        #expect(buffer.bytes.byteCount == count * 4)
        #expect(buffer.numbers(0..<count) == numbers)
        #expect(buffer.numbers(middle) == Array(numbers[middle]))
        buffer.releasePages()
        #expect(buffer.numbers(0..<count) == numbers)
    }

    private func bytes(_ numbers: ArraySlice<UInt32>) -> [UInt8] {
        numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
    }

    @Test func fewBytesNeedNoFolder() throws {
        let buffer = ScratchBuffer(in: folder.path.appending("none"))
        try buffer.append(numbers: numbers(1_000))
        try buffer.finish()
        #expect(buffer.numbers(0..<1_000) == numbers(1_000))
    }

    @Test func theFileHasNoNameWhileItIsWritten() throws {
        let buffer = ScratchBuffer(in: folder.path)
        try buffer.append(numbers: numbers(600_000))
        #expect(folder.entryNames.isEmpty)
        try buffer.finish()
        #expect(folder.entryNames.isEmpty)
    }

    @Test func aFolderThatIsMissingIsAnErrorOnceThereIsNeedOfAFile() throws {
        let buffer = ScratchBuffer(in: folder.path.appending("none"))
        #expect(throws: StorageError.self) { try buffer.append(numbers: numbers(600_000)) }
    }
}
