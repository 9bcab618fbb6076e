import Platform
import SystemPackage
import TestSupport
import Testing

/// A mapped file is the whole content of the file, for as long as it is held.
@Suite struct MappedFileTests {
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
    }

    @Test func aDeviceCannotBeMapped() throws {
        let error = #expect(throws: StorageError.self) { try MappedFile(path: "/dev/null") }
        #expect(error?.kind == .usage)
        #expect(error?.remedy?.contains("a pipe or a device") == true)
    }

    @Test func aFolderIsNoFile() throws {
        let error = #expect(throws: StorageError.self) { try MappedFile(path: folder.path) }
        #expect(error?.kind == .usage)
    }
}
