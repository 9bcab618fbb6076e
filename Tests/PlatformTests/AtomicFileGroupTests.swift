import Platform
import SystemPackage
import TestSupport
import Testing

/// A group of files changes when it is committed, and not before.
@Suite struct AtomicFileGroupTests {
    private let folder = TemporaryFolder()
    private let old = Array("old".utf8)
    private let new = Array("new".utf8)

    private func path(_ name: String) -> FilePath { folder.path.appending(name) }

    /// The inode tells whether a file is still the same one.
    private func inode(_ name: String) throws -> UInt64 {
        try folder.inode(of: name)
    }

    @Test func committingSwitchesEveryFile() throws {
        for name in ["a", "b"] { try AtomicFile.write(old.rawSpan, to: path(name)) }
        let group = AtomicFileGroup()
        try group.prepare(new, as: path("a"))
        try group.prepare([], as: path("c/d"))
        group.remove(path("b"))
        #expect(try File.read(path("a")) == old)
        #expect(try File.read(path("b")) == old)
        #expect(try !File.exists(path("c/d")))
        try group.commit()
        #expect(folder.fileNames == ["a", "c/d"])
        #expect(try File.read(path("a")) == new)
        #expect(try File.read(path("c/d")).isEmpty)
    }

    @Test func aDroppedGroupLeavesEveryFileAsItWas() throws {
        for name in ["a", "b"] { try AtomicFile.write(old.rawSpan, to: path(name)) }
        do {
            let group = AtomicFileGroup()
            try group.prepare(new, as: path("a"))
            try group.prepare(new, as: path("c"))
            group.remove(path("b"))
            #expect(folder.fileNames.count == 4)
        }
        #expect(folder.fileNames == ["a", "b"])
        #expect(try File.read(path("a")) == old)
    }

    @Test func equalBytesKeepTheFile() throws {
        try AtomicFile.write(old.rawSpan, to: path("a"))
        let before = try inode("a")
        let group = AtomicFileGroup()
        try group.prepare(old, as: path("a"))
        #expect(folder.fileNames == ["a"])
        try group.commit()
        #expect(try inode("a") == before)
        try group.prepare(new, as: path("a"))
        try group.commit()
        #expect(try inode("a") != before)
    }

    @Test func creatingLeavesTakenNamesAlone() throws {
        try AtomicFile.write(old.rawSpan, to: path("a"))
        let group = AtomicFileGroup()
        for name in ["a", "b"] { try group.prepareAlways(new, as: path(name)) }
        #expect(!group.isEmpty)
        try group.readBack(threadCount: 2) { file, _ in
            let bytes = try file.bytes(0..<file.byteCount)
            #expect(bytes == new)
        }
        #expect(try group.create() == [path("a")])
        #expect(folder.fileNames == ["a", "b"])
        #expect(try File.read(path("a")) == old)
        #expect(try File.read(path("b")) == new)
        #expect(group.isEmpty)
    }

    /// As when days are published one after the other: each was current, and the last one is.
    @Test func severalFilesOfOneNameAreSwitchedInTheirOrder() throws {
        let group = AtomicFileGroup()
        for bytes in [old, new, old + new] { try group.prepareAlways(bytes, as: path("a")) }
        try group.commit()
        #expect(folder.fileNames == ["a"])
        #expect(try File.read(path("a")) == old + new)
    }

    @Test func bytesOfTheSameLengthAreStillOtherBytes() throws {
        try AtomicFile.write(old.rawSpan, to: path("a"))
        let group = AtomicFileGroup()
        try group.prepare(new, as: path("a"))
        try group.commit()
        #expect(try File.read(path("a")) == new)
    }

    @Test func aCommittedGroupStartsAnew() throws {
        let group = AtomicFileGroup()
        try group.prepare(old, as: path("a"))
        try group.commit()
        try AtomicFile.write(new.rawSpan, to: path("a"))
        try group.commit()
        #expect(try File.read(path("a")) == new)
    }

    @Test func removingWhatIsNotThereIsNoError() throws {
        let group = AtomicFileGroup()
        group.remove(path("a"))
        group.remove(path("no/such/folder/a"))
        try group.commit()
        #expect(folder.fileNames.isEmpty)
    }

    @Test func aCommitThatFailsHalfwayLeavesEachFileOldOrNew() throws {
        try AtomicFile.write(old.rawSpan, to: path("b/inside"))
        for name in ["a", "c"] { try AtomicFile.write(old.rawSpan, to: path(name)) }
        do {
            let group = AtomicFileGroup()
            for name in ["a", "c"] { try group.prepare(new, as: path(name)) }
            // A folder that is not empty gives its name to nobody.
            try group.prepare(new, as: path("b"))
            #expect(throws: StorageError.self) { try group.commit() }
        }
        #expect(folder.fileNames == ["a", "b/inside", "c"])
        for name in ["a", "c"] { #expect(try [old, new].contains(File.read(path(name)))) }
    }

    @Test func manyThreadsPrepareAtOnce() throws {
        let group = AtomicFileGroup()
        let folder = folder.path
        _ = try Parallel.map(count: 50, threadCount: 7) { index in
            try group.prepare([UInt8(index)], as: folder.appending("\(index)"))
        }
        try group.commit()
        for index in 0..<50 { #expect(try File.read(path("\(index)")) == [UInt8(index)]) }
        #expect(self.folder.fileNames.count == 50)
    }
}
