import SystemPackage
import TestSupport
import Testing

@testable import Platform

/// What is appended is what is read, in memory or out of it.
@Suite struct ScratchArrayTests {
    private let folder = TemporaryFolder()
    private let pieceCount = ScratchArray<UInt32>.pieceCount

    private func space(memoryByteCount: Int) -> ScratchSpace {
        ScratchSpace(root: folder.path.appending("scratch"), name: "run", memoryByteCount: memoryByteCount)
    }

    /// Numbers that differ from piece to piece.
    private func numbers<Element: FixedWidthInteger>(_ count: Int, _: Element.Type = UInt32.self) -> [Element] {
        (0..<count).map { Element(truncatingIfNeeded: $0 &* 2_654_435_761) }
    }

    private func array<Element>(
        of numbers: [Element], in space: ScratchSpace, step: Int = 70_001,
    ) throws -> ScratchArray<Element> {
        var builder = ScratchArrayBuilder<Element>(in: space)
        for start in stride(from: 0, to: numbers.count, by: step) {
            try builder.append(numbers.span.extracting(start..<min(numbers.count, start + step)))
        }
        #expect(builder.count == numbers.count)
        return try builder.finish()
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000], [0, .max])
    func whatIsAppendedIsRead(count: Int, memoryByteCount: Int) throws {
        let numbers = numbers(count)
        for step in [700, 65_536, 70_001] {
            let array = try array(of: numbers, in: space(memoryByteCount: memoryByteCount), step: step)
            #expect(array.count == count)
            #expect(array.isInMemory == (memoryByteCount > 0 || count < pieceCount))
            #expect(try array.elements(in: 0..<count) == numbers)
            for range in [0..<0, count..<count, count / 3..<count / 2, count / 2..<count] {
                #expect(try array.elements(in: range) == Array(numbers[range]))
            }
            #expect(array.pieceRanges.allSatisfy { $0.count == pieceCount || $0.upperBound == count })
            #expect(try array.pieceRanges.flatMap { try array.elements(in: $0) } == numbers)
        }
    }

    @Test(arguments: [0, .max])
    func numbersOfEveryWidth(memoryByteCount: Int) throws {
        let space = space(memoryByteCount: memoryByteCount)
        let (bytes, words) = (numbers(150_000, UInt8.self), numbers(150_000, UInt64.self))
        #expect(try array(of: bytes, in: space).elements(in: 0..<150_000) == bytes)
        #expect(try array(of: words, in: space).elements(in: 0..<150_000) == words)
    }

    @Test func elementsThatAreThereAlready() throws {
        let numbers = numbers(140_000)
        #expect(try ScratchArray(numbers).elements(in: 0..<140_000) == numbers)
        #expect(try ScratchArray([UInt32]()).elements(in: 0..<0).isEmpty)
    }

    /// All arrays of a space share its memory, and give back what they had.
    @Test func memoryIsShared() throws {
        let space = space(memoryByteCount: pieceCount * 4 * 2)
        let numbers = numbers(pieceCount * 2)
        let first = try array(of: numbers, in: space)
        #expect(first.isInMemory)
        #expect(try !array(of: numbers, in: space).isInMemory)
        var other: ScratchArray? = try array(of: Array(numbers.dropLast(pieceCount + 1)), in: space)
        #expect(other?.isInMemory == true, "less than a piece is always in memory")
        other = nil
        #expect(try first.elements(in: 0..<numbers.count) == numbers)
    }

    @Test func memoryComesBack() throws {
        let space = space(memoryByteCount: pieceCount * 4)
        for _ in 0..<3 { #expect(try array(of: numbers(pieceCount), in: space).isInMemory) }
        // Nor does a builder that is dropped keep any.
        var builder: ScratchArrayBuilder<UInt32>? = ScratchArrayBuilder(in: space)
        try builder?.append(numbers(pieceCount).span)
        builder = nil
        #expect(try array(of: numbers(pieceCount), in: space).isInMemory)
    }

    @Test func nothingIsOnDiskBeforeMemoryIsShort() throws {
        var space: ScratchSpace? = space(memoryByteCount: pieceCount * 4)
        let some = try space.map { try array(of: numbers(pieceCount, UInt32.self), in: $0) }
        #expect(folder.entryNames.isEmpty)
        let more = try space.map { try array(of: numbers(pieceCount, UInt32.self), in: $0) }
        #expect(folder.entryNames == ["scratch", "scratch/run", "scratch/run/lock"])
        space = nil
        #expect(try more?.elements(in: 5..<7) == Array(numbers(7).suffix(2)))
        #expect(some?.isInMemory == true)
    }

    @Test func theFolderGoesWithTheSpace() throws {
        var space: ScratchSpace? = space(memoryByteCount: 0)
        let kept = try space.map { try array(of: numbers(pieceCount, UInt32.self), in: $0) }
        #expect(!folder.entryNames.isEmpty)
        space = nil
        #expect(folder.entryNames.isEmpty)
        #expect(try kept?.elements(in: 0..<3) == numbers(3))
    }

    @Test func aFolderThatCannotBeMadeIsAnErrorOnceThereIsNeedOfIt() throws {
        _ = try folder.write([], as: "file")
        let space = ScratchSpace(root: folder.path.appending("file"), name: "run", memoryByteCount: 0)
        #expect(try array(of: numbers(pieceCount - 1), in: space).isInMemory)
        #expect(throws: StorageError.self) { try array(of: numbers(pieceCount), in: space) }
    }
}
