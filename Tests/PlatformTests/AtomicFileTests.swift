import Platform
import SystemPackage
import TestSupport
import Testing

/// A file appears whole under its name or not at all, and nothing else stays in the folder.
@Suite struct AtomicFileTests {
    private let folder = TemporaryFolder()
    private let old = Array("old".utf8)
    private let new = Array("new and longer".utf8)

    private var path: FilePath { folder.path.appending("file") }

    @Test(arguments: [0, 1, 5000])
    func writingReplacesTheContent(byteCount: Int) throws {
        let bytes = [UInt8](repeating: 7, count: byteCount)
        for content in [new, bytes, old, bytes] {
            try AtomicFile.write(content.rawSpan, to: path)
            #expect(try File.read(path) == content)
        }
        #expect(folder.fileNames == ["file"])
    }

    @Test func missingFoldersAreCreated() throws {
        let deep = folder.path.appending("a").appending("b").appending("file")
        try AtomicFile.write(new.rawSpan, to: deep)
        #expect(folder.fileNames == ["a/b/file"])
    }

    @Test func piecesAreWrittenInOrder() throws {
        var file = try AtomicFile(path: path)
        for piece in [old, [], new] { try file.write(piece.rawSpan) }
        try file.commit()
        #expect(try File.read(path) == old + new)
    }

    @Test func anUnfinishedFileHasATemporaryNameAndLeavesNothing() throws {
        try AtomicFile.write(old.rawSpan, to: path)
        do {
            var file = try AtomicFile(path: path)
            try file.write(new.rawSpan)
            let names = folder.fileNames
            #expect(names.count == 2)
            #expect(names.filter { $0.hasPrefix(AtomicFile.temporaryPrefix) }.count == 1)
            #expect(try File.read(path) == old)
        }
        #expect(folder.fileNames == ["file"])
        #expect(try File.read(path) == old)
    }

    @Test func creatingLeavesATakenNameAlone() throws {
        #expect(try AtomicFile.create(old.rawSpan, at: path))
        #expect(try !AtomicFile.create(new.rawSpan, at: path))
        #expect(try File.read(path) == old)
        #expect(folder.fileNames == ["file"])
    }

    @Test func oneOfManyCreatorsWins() throws {
        let path = path
        let winners = try Parallel.map(count: 40, threadCount: 7) { index in
            let bytes = [UInt8](repeating: UInt8(index), count: 1000)
            return try AtomicFile.create(bytes.rawSpan, at: path)
        }
        let winner = try #require(winners.firstIndex(of: true))
        #expect(winners.count { $0 } == 1)
        #expect(try File.read(path) == [UInt8](repeating: UInt8(winner), count: 1000))
        #expect(folder.fileNames == ["file"])
    }

    @Test func aFileInPlaceOfTheFolderIsAnErrorThatNamesIt() throws {
        try AtomicFile.write(old.rawSpan, to: path)
        let error = #expect(throws: StorageError.self) {
            try AtomicFile.write(new.rawSpan, to: path.appending("below").appending("it"))
        }
        #expect(error?.kind == .storage)
        #expect(error?.message.contains(path.string) == true)
        #expect(throws: StorageError.self) { try AtomicFile.write(new.rawSpan, to: path.appending("below")) }
        #expect(folder.fileNames == ["file"])
    }

    @Test func aRenameThatFailsLeavesNothingBehind() throws {
        try AtomicFile.write(old.rawSpan, to: path.appending("inside"))
        #expect(throws: StorageError.self) { try AtomicFile.write(new.rawSpan, to: path) }
        #expect(folder.fileNames == ["file/inside"])
    }

    @Test(arguments: ["é", "日", "👩"])
    func namesAsLongAsTheSystemAllows(character: String) throws {
        let name = String(repeating: character, count: 255 / character.utf8.count)
        try AtomicFile.write(new.rawSpan, to: folder.path.appending(name))
        #expect(try File.read(folder.path.appending(name)) == new)
        #expect(folder.fileNames.count == 1)
    }
}
