import Platform
import SystemPackage
import TestSupport
import Testing

/// A scratch folder goes with its object or, after a crash, with the next one; never while its object lives.
@Suite struct ScratchFolderTests {
    private let folder = TemporaryFolder()

    private var root: FilePath { folder.path.appending("scratch") }

    @Test func theFolderAndTheFolderOfFoldersGoWithTheObject() throws {
        var scratch: ScratchFolder? = try ScratchFolder(root: root, name: "a")
        _ = try folder.write([1], as: "scratch/a/file")
        #expect(scratch?.path == root.appending("a"))
        scratch = nil
        #expect(folder.entryNames.isEmpty)
    }

    @Test func theFolderOfFoldersStaysForOthers() throws {
        let other = try ScratchFolder(root: root, name: "other")
        do { _ = try ScratchFolder(root: root, name: "a") }
        #expect(try Directory.names(in: root) == ["other"])
        #expect(try File.exists(other.path.appending("lock")))
    }

    @Test func whatIsLeftIsRemovedAndWhatIsHeldIsNot() throws {
        try Directory.create(root.appending("killed/deep"))
        _ = try folder.write([1], as: "scratch/killed/deep/file")
        _ = try folder.write([], as: "scratch/killed/lock")
        try Directory.create(root.appending("killed-before-its-lock"))
        let held = try ScratchFolder(root: root, name: "held")
        try ScratchFolder.removeAbandoned(in: root)
        #expect(folder.fileNames == ["scratch/held/lock"])
        #expect(try Directory.names(in: root) == ["held"])
        _ = held
    }

    @Test func removingInAFolderThatIsMissingCreatesNothing() throws {
        try ScratchFolder.removeAbandoned(in: root)
        #expect(folder.entryNames.isEmpty)
    }

    @Test func aNameThatIsInUseIsRefused() throws {
        let held = try ScratchFolder(root: root, name: "a")
        #expect(throws: LockHeldError.self) { _ = try ScratchFolder(root: root, name: "a") }
        #expect(try File.exists(held.path.appending("lock")))
    }

    /// Folders come and go at once, and each looks for abandoned ones: none is taken for one.
    @Test func foldersThatComeAndGoAreNotTakenAway() throws {
        let root = root
        let lost = try Parallel.map(count: 400, threadCount: 8) { number in
            let scratch = try ScratchFolder(root: root, name: "run-\(number)")
            let file = scratch.path.appending("file")
            try AtomicFile.write([1].rawSpan, to: file)
            try ScratchFolder.removeAbandoned(in: root)
            return try File.exists(file) && File.exists(scratch.path.appending("lock")) ? 0 : 1
        }
        #expect(lost.reduce(0, +) == 0)
        #expect(folder.entryNames.isEmpty)
    }
}
