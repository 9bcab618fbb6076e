import Platform
import Synchronization
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

    @Test func sharedLocksKeepOutWhoWantsItAlone() throws {
        let take = { (mode: FileLock.Mode) in
            guard let lock = try FileLock(path: path, mode) else { return false }
            defer { withExtendedLifetime(lock) {} }
            return true
        }
        try FileLock.holding([FileLock.Request(path, .shared)]) { () throws in
            #expect(try take(.shared))
            #expect(try !take(.exclusive))
        }
        try FileLock.holding([FileLock.Request(path)]) { () throws in
            #expect(try !take(.shared))
            let error = #expect(throws: LockHeldError.self) {
                try FileLock.holding([FileLock.Request(path, .shared)]) {}
            }
            #expect(error?.path == path)
        }
        #expect(try take(.exclusive))
    }

    @Test func otherPathsAreOtherLocks() throws {
        let other = path.removingLastComponent().appending("two")
        #expect(try holding(path) { try holding(other) { true } } == true)
    }

    /// Threads that remove the file of a lock while they hold it: there is never more than one of them at a time.
    @Test func aLockOnARemovedFileIsNone() throws {
        let path = path
        let holders = Atomic<Int>(0)
        let greatest = try Parallel.map(count: 4_000, threadCount: 8) { _ in
            guard let lock = try FileLock(path: path) else { return 0 }
            defer { withExtendedLifetime(lock) {} }
            var count = holders.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue
            // Time for others who believe that they hold it too.
            for _ in 0..<20 where try !File.exists(path) { count += 1 }
            holders.wrappingSubtract(1, ordering: .sequentiallyConsistent)
            try File.remove(path)
            return count
        }
        #expect(greatest.max() == 1)
    }

    @Test func aFileInPlaceOfTheFolderIsAnError() throws {
        let file = folder.path.appending("file")
        try AtomicFile.write([1].rawSpan, to: file)
        #expect(throws: StorageError.self) { _ = try FileLock(path: file.appending("lock")) }
    }
}
