import Foundation
import Platform
import SystemPackage
import TestSupport
import Testing

/// System calls on files: what is there is read whole, what is not is told apart from what cannot be reached.
@Suite struct FileTests {
    private let folder = TemporaryFolder()

    private func path(_ name: String) -> FilePath { folder.path.appending(name) }

    @Test func existingIsHavingAName() throws {
        try AtomicFile.write([1].rawSpan, to: path("file"))
        let names = ["file", ".", "none", "none/below", "file/below"]
        #expect(try names.map { try File.exists(path($0)) } == [true, true, false, false, false])
        #expect(try File.status(at: path("file"))?.isRegularFile == true)
        #expect(try File.status(at: folder.path)?.isDirectory == true)
    }

    @Test func removingIsDoneOnceAndMayBeRepeated() throws {
        try AtomicFile.write([1].rawSpan, to: path("file"))
        for _ in 0..<2 { try File.remove(path("file")) }
        #expect(folder.fileNames.isEmpty)
        #expect(throws: StorageError.self) { try File.remove(folder.path) }
    }

    /// A shell's `<(...)` names a pipe, whose length is not known and which gives its bytes in pieces.
    @Test func aPipeIsReadWhole() throws {
        let bytes = [UInt8](repeating: 7, count: 200_000)
        let pipe = try FileDescriptor.pipe()
        let writer = Thread {
            try? File.write(bytes.rawSpan, to: pipe.writeEnd, path: "pipe")
            try? pipe.writeEnd.close()
        }
        writer.start()
        defer { try? pipe.readEnd.close() }
        #expect(try File.read(FilePath("/dev/fd/\(pipe.readEnd.rawValue)"), allowingPipes: true) == bytes)
        #expect(try File.read("/dev/null", allowingPipes: true).isEmpty)
    }

    /// Nobody writes to it: who waited for that would wait for ever.
    @Test func aPipeIsNoFileOfOurs() throws {
        try folder.makePipe("pipe")
        let error = #expect(throws: StorageError.self) { try File.read(path("pipe")) }
        #expect(error?.errno == .illegalSeek)
    }

    @Test func aFolderCannotBeReadWhole() {
        let error = #expect(throws: StorageError.self) { try File.read(folder.path) }
        #expect(error?.errno == .isDirectory)
    }

    @Test func readingInPiecesComesToAnEnd() throws {
        let bytes = [UInt8](0..<100)
        try AtomicFile.write(bytes.rawSpan, to: path("file"))
        let descriptor = try File.open(path("file"), .readOnly)
        defer { try? descriptor.close() }
        var buffer = [UInt8](repeating: 255, count: 134)
        let counts = try [1..<67, 67..<133, 101..<134].map { range in
            try File.fill(&buffer, range, from: descriptor, path: path("file"))
        }
        #expect(counts == [66, 34, 0])
        #expect(buffer == [255] + bytes + [UInt8](repeating: 255, count: 33))
    }
}
