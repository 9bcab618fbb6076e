import Events
import Platform
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import Ingest

/// Whoever listens hears how much is read of how much, up to the end.
@Suite struct ReadingProgressTests {
    private let workshop = IngestWorkshop()

    /// What an ingest tells of its progress.
    private func progress(of inputs: [InputSource], threadCount: Int = 1) throws -> [WorkProgress] {
        let heard = Mutex<[WorkProgress]>([])
        var ingestion = workshop.ingestion(threadCount: threadCount)
        ingestion.progress = { progress in heard.withLock { $0.append(progress) } }
        _ = try ingestion.run(inputs, run: RunIdentifier())
        return heard.withLock { $0 }
    }

    /// Two files of more than one chunk, one of them compressed.
    private func write() throws -> (inputs: [InputSource], byteCount: Int) {
        let line = Array((EventLine.event("a") + "\n").utf8)
        let bytes =
            Array(repeating: line, count: 1_000).flatMap(\.self)
            + [UInt8](repeating: UInt8(ascii: "\n"), count: 9 << 20)
        let compressed = Zstandard().compress(bytes)
        let inputs = try [("a.jsonl", bytes), ("b.jsonl.zst", compressed)].map { name, bytes in
            InputSource.file(try workshop.folder.write(bytes, as: name))
        }
        return (inputs, bytes.count + compressed.count)
    }

    @Test(arguments: [1, 3])
    func bytesAreThoseOfTheFiles(threadCount: Int) throws {
        let (inputs, byteCount) = try write()
        let reported = try progress(of: inputs, threadCount: threadCount)
        #expect(reported.first == .reading(byteCount: 0, total: byteCount, eventCount: 0))
        let readings = reported.filter { if case .reading = $0 { true } else { false } }
        #expect(readings.count > 6)
        if threadCount == 1 {
            #expect(readings.last == .reading(byteCount: byteCount, total: byteCount, eventCount: 2_000))
        }
        #expect(reported.suffix(2) == [.writing(partitionCount: 0, total: 1), .writing(partitionCount: 1, total: 1)])
    }

    @Test func ofADeviceTheTotalIsUnknown() throws {
        let (inputs, _) = try write()
        let reported = try progress(of: inputs + [.file("/dev/null")])
        #expect(reported.first == .reading(byteCount: 0, total: nil, eventCount: 0))
    }

    @Test func nobodyNeedListen() throws {
        let isThere = try ReadingProgress(of: [.file("none")], listener: nil).map { _ in true } ?? false
        #expect(!isThere)
    }
}
