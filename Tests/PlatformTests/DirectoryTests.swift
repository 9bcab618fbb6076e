import Platform
import SystemPackage
import TestSupport
import Testing

/// A folder is made with all that is missing above it, and lists its names in one order everywhere.
@Suite struct DirectoryTests {
    private let folder = TemporaryFolder()

    private func path(_ name: String) -> FilePath { folder.path.appending(name) }

    @Test func namesAreSortedByBytes() throws {
        let names = ["B", "a", "a.b", "aa", "é", ".hidden"]
        for name in names { try AtomicFile.write([1].rawSpan, to: path(name)) }
        try Directory.create(path("folder"))
        #expect(try Directory.names(in: folder.path) == [".hidden", "B", "a", "a.b", "aa", "folder", "é"])
    }

    @Test func aFolderThatIsMissingHasNoNames() throws {
        #expect(try Directory.names(in: path("none")).isEmpty)
    }

    @Test func aFileIsNoFolder() throws {
        try AtomicFile.write([1].rawSpan, to: path("file"))
        #expect(throws: StorageError.self) { try Directory.names(in: path("file")) }
        #expect(throws: StorageError.self) { try Directory.create(path("file/below")) }
        #expect(throws: StorageError.self) { try Directory.synchronise(path("file")) }
    }

    @Test func creatingMayBeRepeated() throws {
        for _ in 0..<2 { try Directory.create(path("a/b/c")) }
        #expect(try Directory.names(in: path("a/b")) == ["c"])
    }
}
