import SystemPackage
import TestSupport
import Testing

@testable import Platform

/// A file is its whole content, for as long as it is held and whichever way it is read.
@Suite struct DataFileTests {
    private let folder = TemporaryFolder()

    private func path(_ name: String) -> FilePath { folder.path.appending(name) }

    @Test(arguments: [0, 1, 4095, 4096, 4097, 3 << 20], [FileAccess.mapped, .copied])
    func aFileHoldsTheWholeContent(byteCount: Int, access: FileAccess) throws {
        var generator = SplitMix64(seed: UInt64(byteCount))
        let bytes = generator.bytes(count: byteCount)
        try AtomicFile.write(bytes.rawSpan, to: path("file"))
        let file = try DataFile(path: path("file"), access: access)
        #expect(file.byteCount == byteCount)
        #expect(try file.bytes(0..<byteCount) == bytes)
        #expect(try file.bytes(byteCount / 3..<byteCount / 2) == Array(bytes[byteCount / 3..<byteCount / 2]))
        let isHeld = try file.holds(bytes.rawSpan)
        #expect(isHeld)
        let digest = SHA256Digest(of: bytes.rawSpan)
        #expect(try SHA256Digest(of: file) == digest)
        var pieces: [UInt8] = []
        try file.forEachPiece { pieces += $0.copiedBytes }
        #expect(pieces == bytes)
    }

    @Test(arguments: [FileAccess.mapped, .copied])
    func aFileOutlivesItsName(access: FileAccess) throws {
        try AtomicFile.write([1, 2, 3].rawSpan, to: path("file"))
        let file = try DataFile(path: path("file"), access: access)
        try File.remove(path("file"))
        #expect(try file.bytes(0..<file.byteCount) == [1, 2, 3])
    }

    @Test func filesAreComparedByEveryByte() throws {
        var bytes = [UInt8](repeating: 7, count: 2_500_000)
        try AtomicFile.write(bytes.rawSpan, to: path("one"))
        try AtomicFile.write(bytes.rawSpan, to: path("same"))
        bytes[2_499_999] = 8
        try AtomicFile.write(bytes.rawSpan, to: path("other"))
        let file = try DataFile(path: path("one"))
        #expect(try file.holdsTheSame(as: DataFile(path: path("same"), access: .copied)))
        #expect(try !file.holdsTheSame(as: DataFile(path: path("other"))))
        let isHeld = try file.holds(bytes.rawSpan)
        #expect(!isHeld)
    }

    /// The system reads zeros behind the end of a file, as far as the page goes.
    @Test(arguments: [FileAccess.mapped, .copied])
    func aFileThatIsCutOffWithinItsLastPageIsNotReadWhole(access: FileAccess) throws {
        let bytes = [UInt8](repeating: 7, count: 5000)
        for name in ["file", "same"] { try AtomicFile.write(bytes.rawSpan, to: path(name)) }
        let (file, same) = (try DataFile(path: path("file"), access: access), try DataFile(path: path("same")))
        try cutOff(path("file"), to: 4500)
        let zeros = Array(bytes[..<4500]) + [UInt8](repeating: 0, count: 500)
        #expect(throws: StorageError.self) { try file.forEachPiece { _ in } }
        #expect(throws: StorageError.self) { try SHA256Digest(of: file) }
        #expect(throws: StorageError.self) { try file.holds(zeros.rawSpan) }
        try cutOff(path("same"), to: 4500)
        #expect(throws: StorageError.self) { try file.holdsTheSame(as: same) }
    }

    @Test(arguments: [FileAccess.mapped, .copied])
    func aFileThatIsCutOffWhileItIsReadIsCorrupt(access: FileAccess) throws {
        try AtomicFile.write([UInt8](repeating: 7, count: 100_000).rawSpan, to: path("file"))
        let file = try DataFile(path: path("file"), access: access)
        #expect(try file.bytes(0..<10) == [UInt8](repeating: 7, count: 10))
        try cutOff(path("file"), to: 4096)
        let error = #expect(throws: StorageError.self) { try file.bytes(50_000..<50_010) }
        #expect(error?.kind == .corruption)
        #expect(error?.message == "\(path("file")): cut off to 4096 bytes while it was read; it had 100000")
        #expect(throws: StorageError.self) { try SHA256Digest(of: file) }
    }

    /// As of a device that fails: the length is what it was, as far as anybody can see, and the bytes are not there.
    @Test(arguments: [FileAccess.mapped, .copied])
    func bytesThatCannotBeReadAreAnErrorOfTheStorage(access: FileAccess) throws {
        try AtomicFile.write([UInt8](repeating: 7, count: 100_000).rawSpan, to: path("file"))
        let file = try DataFile(path: path("file"), access: access)
        try cutOff(path("file"), to: 0)
        try File.remove(path("file"))
        let error = #expect(throws: StorageError.self) { try file.bytes(0..<10) }
        #expect(error?.kind == .storage)
        #expect(error?.errno == .ioError)
    }

    @Test func mapsThatFailLeaveTheOthersAsTheyAre() throws {
        let bytes = [UInt8](repeating: 7, count: 20_000)
        let files = try (0..<200).map { number in
            try AtomicFile.write(bytes.rawSpan, to: path("\(number)"))
            return try DataFile(path: path("\(number)"))
        }
        for number in stride(from: 0, to: 200, by: 2) { try cutOff(path("\(number)"), to: 5) }
        let failures = try Parallel.map(count: 200, threadCount: 8) { number in
            // The first page is there still.
            (try? files[number].bytes(8_192..<20_000)) == nil
        }
        #expect(failures == (0..<200).map { $0.isMultiple(of: 2) })
        let isHeld = try DataFile(path: path("1")).holds(bytes.rawSpan)
        #expect(isHeld)
    }

    /// Nobody asks whether scratch could be read, so that must not go on with zeros.
    @Test func aScratchMapThatFailsEndsTheProcess() async {
        await #expect(processExitsWith: .exitCode(7)) {
            let folder = TemporaryFolder()
            let path = folder.path.appending("scratch")
            try AtomicFile.write([UInt8](repeating: 7, count: 100_000).rawSpan, to: path)
            let descriptor = try File.open(path, .readWrite)
            let map = try MemoryMap(descriptor, byteCount: 100_000, path: folder.path, isScratch: true)
            try descriptor.resize(to: 0)
            _ = map.bytes.load(at: 50_000, as: UInt8.self)
        }
    }

    @Test func whatIsMissingIsNotFound() throws {
        let error = #expect(throws: StorageError.self) { try DataFile(path: path("none")) }
        #expect(error?.kind == .notFound)
    }

    @Test func aDeviceCannotBeMapped() throws {
        let error = #expect(throws: StorageError.self) { try DataFile(path: "/dev/null") }
        #expect(error?.kind == .usage)
        #expect(error?.remedy?.contains("a pipe or a device") == true)
    }

    /// Nobody writes to it: who waited for that would wait for ever.
    @Test func aPipeIsRefusedAtOnce() throws {
        try folder.makePipe("pipe")
        let error = #expect(throws: StorageError.self) { try DataFile(path: path("pipe")) }
        #expect(error?.kind == .usage)
    }

    @Test func aFolderIsNoFile() throws {
        let error = #expect(throws: StorageError.self) { try DataFile(path: folder.path) }
        #expect(error?.kind == .usage)
    }

    private func cutOff(_ path: FilePath, to byteCount: Int64) throws {
        let descriptor = try File.open(path, .writeOnly)
        defer { try? descriptor.close() }
        try descriptor.resize(to: byteCount)
    }
}
