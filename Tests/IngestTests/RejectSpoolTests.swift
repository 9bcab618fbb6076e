import Events
import TestSupport
import Testing

@testable import Ingest

/// Bad records come back as they were put in.
@Suite struct RejectSpoolTests {
    private let folder = TemporaryFolder()

    private func roundTrip(_ rejects: [EventCollector.Reject]) throws -> [EventCollector.Reject] {
        let spool = RejectSpool(in: folder.path)
        for reject in rejects { try spool.append(reject) }
        try spool.finish()
        var read: [EventCollector.Reject] = []
        while let reject = spool.next() { read.append(reject) }
        return read
    }

    private func expectEqual(_ left: [EventCollector.Reject], _ right: [EventCollector.Reject]) {
        #expect(left.map(\.sequence) == right.map(\.sequence))
        #expect(left.map(\.line) == right.map(\.line))
        #expect(left.map(\.problem.field) == right.map(\.problem.field))
        #expect(left.map(\.problem.reason) == right.map(\.problem.reason))
        #expect(left.map(\.record) == right.map(\.record))
    }

    @Test func everyFieldComesBack() throws {
        let fields: [EventField?] = [nil] + EventField.allCases
        let rejects = fields.enumerated().map { number, field in
            EventCollector.Reject(
                sequence: number * 1_000_000_007, line: number, problem: RecordProblem(field, "größer \(number)"),
                record: [UInt8](repeating: 0xFF, count: number))
        }
        expectEqual(try roundTrip(rejects), rejects)
    }

    @Test func moreThanFitsInMemoryComesBack() throws {
        let rejects = (0..<50).map { number in
            EventCollector.Reject(
                sequence: number, line: number, problem: RecordProblem(nil, "reason"),
                record: [UInt8](repeating: UInt8(number), count: 70_000))
        }
        expectEqual(try roundTrip(rejects), rejects)
    }

    @Test func nothingIsNoRecord() throws {
        #expect(try roundTrip([]).isEmpty)
    }
}
