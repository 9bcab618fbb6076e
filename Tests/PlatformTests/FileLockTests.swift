import Platform
import SystemPackage
import TestSupport
import Testing

/// A lock has one holder, and goes with it.
@Suite struct FileLockTests {
    private let folder = TemporaryFolder()

    private var path: FilePath { folder.path.appending("locks").appending("one") }

    /// What `body` returns while the lock is held; nil if somebody else holds it.
    private func holding<Result>(_ path: FilePath, _ body: () throws -> Result) throws -> Result? {
        guard let lock = try FileLock(path: path) else { return nil }
        defer { withExtendedLifetime(lock) {} }
        return try body()
    }

    @Test func aSecondHolderIsRefused() throws {
        let seconds = try holding(path) { try (0..<2).map { _ in try holding(path) { true } } }
        #expect(seconds == [nil, nil])
    }

    @Test func aDroppedLockIsFree() throws {
        for _ in 0..<3 { #expect(try holding(path) { true } == true) }
    }

    @Test func otherPathsAreOtherLocks() throws {
        let other = path.removingLastComponent().appending("two")
        #expect(try holding(path) { try holding(other) { true } } == true)
    }

    @Test func aFileInPlaceOfTheFolderIsAnError() throws {
        let file = folder.path.appending("file")
        try AtomicFile.write([1].rawSpan, to: file)
        #expect(throws: StorageError.self) { _ = try FileLock(path: file.appending("lock")) }
    }
}
