import Platform
import SystemPackage
import TestSupport
import Testing

/// Files that are taken out of a store keep their content and their place below it.
@Suite struct QuarantineTests {
    private let folder = TemporaryFolder()

    private var quarantine: Quarantine { Quarantine(root: folder.path) }

    @Test func whatIsTakenOutIsFoundBelowItsName() throws {
        for name in ["a/b/one", "a/two", "three"] { try folder.write(name, as: name) }
        try quarantine.take([folder.path.appending("a/b/one"), folder.path.appending("three")], as: "first")
        #expect(folder.fileNames == [".quarantine/first/a/b/one", ".quarantine/first/three", "a/two"])
        #expect(try folder.read(".quarantine/first/a/b/one") == Array("a/b/one".utf8))
        try quarantine.take([folder.path.appending("a/two")], as: "second")
        #expect(folder.fileNames(containing: "second") == [".quarantine/second/a/two"])
    }

    @Test func nothingIsOverwritten() throws {
        try folder.write("old", as: "file")
        try quarantine.take([folder.path.appending("file")], as: "first")
        try folder.write("new", as: "file")
        #expect(throws: StorageError.self) { try quarantine.take([folder.path.appending("file")], as: "first") }
        #expect(try folder.read("file") == Array("new".utf8))
        #expect(try folder.read(".quarantine/first/file") == Array("old".utf8))
    }

    @Test func theLastThatIsDeletedTakesTheFolderWithIt() throws {
        for name in ["one", "two"] {
            try folder.write(name, as: name)
            try quarantine.take([folder.path.appending(name)], as: "of \(name)")
        }
        #expect(try quarantine.folders(takenBefore: 0).isEmpty)
        let folders = try quarantine.folders(takenBefore: .max)
        #expect(folders.map { $0.lastComponent?.string } == ["of one", "of two"])
        for path in folders { try quarantine.delete(path) }
        #expect(folder.entryNames.isEmpty)
        #expect(try quarantine.folders(takenBefore: .max).isEmpty)
    }
}
