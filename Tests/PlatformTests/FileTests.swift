import Platform
import SystemPackage
import TestSupport
import Testing

/// Files and folders: what is there is read whole, what is not is told apart from what cannot be reached.
@Suite struct FileTests {
    private let folder = TemporaryFolder()

    private func path(_ name: String) -> FilePath { folder.path.appending(name) }

    @Test(arguments: [0, 1, 4095, 4096, 4097, 100_000])
    func aMappedFileHoldsTheWholeContent(byteCount: Int) throws {
        var generator = SplitMix64(seed: UInt64(byteCount))
        let bytes = generator.bytes(count: byteCount)
        try AtomicFile.write(bytes.rawSpan, to: path("file"))
        let file = try MappedFile(path: path("file"))
        let copy = file.bytes.copiedBytes
        #expect(copy == bytes)
        #expect(file.byteCount == byteCount)
        #expect(try File.read(path("file")) == bytes)
    }

    @Test func aMappedFileOutlivesItsName() throws {
        try AtomicFile.write([1, 2, 3].rawSpan, to: path("file"))
        let file = try MappedFile(path: path("file"))
        try File.remove(path("file"))
        let copy = file.bytes.copiedBytes
        #expect(copy == [1, 2, 3])
    }

    @Test func whatIsMissingIsNotFound() throws {
        let error = #expect(throws: StorageError.self) { try MappedFile(path: path("none")) }
        #expect(error?.kind == .notFound)
        #expect(try !File.exists(path("none")))
        #expect(try !File.exists(path("none/below")))
        #expect(try Directory.names(in: path("none")).isEmpty)
    }

    @Test func aFolderIsNoFileAndAFileNoFolder() throws {
        let asFile = #expect(throws: StorageError.self) { try MappedFile(path: folder.path) }
        #expect(asFile?.kind == .storage)
        try AtomicFile.write([1].rawSpan, to: path("file"))
        #expect(throws: StorageError.self) { try Directory.names(in: path("file")) }
        #expect(throws: StorageError.self) { try Directory.create(path("file/below")) }
        #expect(try !File.exists(path("file/below")))
    }

    @Test func removingIsDoneOnceAndMayBeRepeated() throws {
        try AtomicFile.write([1].rawSpan, to: path("file"))
        for _ in 0..<2 { try File.remove(path("file")) }
        #expect(folder.fileNames.isEmpty)
        #expect(throws: StorageError.self) { try File.remove(folder.path) }
    }

    @Test func namesAreSortedByBytes() throws {
        let names = ["B", "a", "a.b", "aa", "é", ".hidden"]
        for name in names { try AtomicFile.write([1].rawSpan, to: path(name)) }
        try Directory.create(path("folder"))
        #expect(try Directory.names(in: folder.path) == [".hidden", "B", "a", "a.b", "aa", "folder", "é"])
    }

    @Test func readingInPiecesComesToAnEnd() throws {
        let bytes = [UInt8](0..<100)
        try AtomicFile.write(bytes.rawSpan, to: path("file"))
        let descriptor = try File.open(path("file"), .readOnly)
        defer { try? descriptor.close() }
        var buffer: [UInt8] = [255]
        var counts: [Int] = []
        repeat {
            counts.append(try File.append(to: &buffer, from: descriptor, limit: 33, path: path("file")))
        } while counts.last != 0
        #expect(counts == [33, 33, 33, 1, 0])
        #expect(buffer == [255] + bytes)
    }
}
