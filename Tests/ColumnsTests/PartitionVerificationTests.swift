import Platform
import TestSupport
import Testing

@testable import Columns

/// A file is verified block by block: what is good passes, and what is wrong is named.
@Suite struct PartitionVerificationTests {
    private let folder = TemporaryFolder()
    private let zstandard = Zstandard()

    private func verify(_ bytes: [UInt8]) throws { try folder.openPartition(bytes).verify(using: zstandard) }

    /// The error of a file that was changed, with which reading all of it fails too.
    private func refusal(
        _ exposures: [Exposure], _ change: (inout Dissection) throws -> Void,
    ) throws -> String {
        var dissection = try Dissection(
            PartitionEncoder.encode(ExposureColumns(exposures), key: .fixture(), using: zstandard))
        try change(&dissection)
        let bytes = dissection.assembled
        #expect(throws: FormatError.self) { try readAll(bytes, in: folder) }
        let error = #expect(throws: FormatError.self) { try verify(bytes) }
        #expect(error?.code == .corrupt)
        return error?.detail ?? ""
    }

    @Test(arguments: GoldenPartition.all)
    func goldenFilesPass(golden: GoldenPartition) throws { try verify(golden.bytes()) }

    @Test(arguments: IdentifierStyle.allCases, [0, 1, 2, 300])
    func whateverIsWrittenPasses(style: IdentifierStyle, count: Int) throws {
        var generator = SplitMix64(seed: UInt64(count))
        let columns = ExposureColumns(Exposure.random(count: count, identifiers: style, using: &generator))
        try verify(PartitionEncoder.encode(columns, key: .fixture(), using: zstandard))
        var run = columns
        run.arrivals = (0..<UInt32(count)).map { $0 }
        try verify(RunEncoder.encode(run, key: .fixture(), using: zstandard))
    }

    /// A repeated id is found whatever the order of the ids, and in whatever groups they stand.
    @Test(
        arguments: [IdentifierColumn.session, .request, .item],
        [
            ([["1", "1", "2"]], 0, 1), ([["2", "1", "2"]], 0, 2), ([["b", "a"], ["b"]], 2, 2),
            ([["5"], ["5", "x"]], 1, 1),
            ([["x", DictionaryBlocksTests.uuid], [DictionaryBlocksTests.uuid]], 2, 2),
        ] as [(groups: [[String]], block: Int, id: Int)])
    func aRepeatedId(column: IdentifierColumn, repetition: (groups: [[String]], block: Int, id: Int)) throws {
        let rows = (0..<3).map { row in
            Exposure(user: "u", session: "\(row)", request: "\(row)", item: "\(row)", at: UInt64(row))
        }
        let detail = try refusal(rows) { dissection in
            dissection.parts.removeAll { $0.section == column.dictionary.rawValue }
            dissection.parts += repetition.groups.flatMap { group in
                DictionaryBlocks.encode(IdentifierList(group), using: zstandard).map {
                    Dissection.Part(section: column.dictionary.rawValue, part: $0.part.rawValue, block: $0.block)
                }
            }
        }
        let place = "corrupt at section \(column.dictionary.name), block \(repetition.block), offset "
        #expect(detail.hasPrefix(place))
        #expect(detail.hasSuffix(": id \(repetition.id) is repeated"))
    }

    @Test func aRepeatedIdIsFoundAFewHashesAtATime() throws {
        let ids = (0..<500).map { "id \($0 &* 7919 % 500)" }
        for repeated in [nil, 0, 250, 499] as [Int?] {
            var dictionary = ids
            if let repeated { dictionary[repeated] = ids[(repeated + 123) % 500] }
            let columns = ExposureColumns(ids.enumerated().map { Exposure(user: "u", session: $1, at: UInt64($0)) })
            var dissection = try Dissection(PartitionEncoder.encode(columns, key: .fixture(), using: zstandard))
            dissection.replace(.sessionDictionary, with: IdentifierList(dictionary))
            let reader = try folder.openPartition(dissection.assembled)
            var verification = DictionaryVerification(reader, .session, using: zstandard)
            for capacity in [1, 7, 100, 499, 500, 501] {
                verification.sliceCapacity = capacity
                let isRefused = (try? verification.run()) == nil
                #expect(isRefused == (repeated != nil), "\(capacity) at a time")
            }
        }
    }

    /// Ids whose hashes are equal are compared themselves.
    @Test func idsThatOnlyShareAHashAreNotRepeated() throws {
        let columns = ExposureColumns(["a", "b", "c"].map { Exposure(user: "u", session: $0) })
        let bytes = PartitionEncoder.encode(columns, key: .fixture(), using: zstandard)
        let verification = DictionaryVerification(try folder.openPartition(bytes), .session, using: zstandard)
        let hashes = ["a", "b", "c"].map { text in ByteStrings.hash(Array(text.utf8).span) }
        #expect(throws: Never.self) { try verification.checkAreDistinct(withHashes: Set(hashes)) }
    }

    /// The sessions of rows without a user, a few at a time: as many as fit in what may be looked up at once.
    @Test(arguments: [2, 3, 5, 64, 1000], [1, 64, 1 << 20])
    func sessionsAreComparedAFewAtATime(windowCount: Int, byteCount: Int) throws {
        // Their dictionary is in the order of lengths, another one.
        let ids = (0..<200).map { "\($0)" }.sorted()
        let columns = ExposureColumns(ids.map { Exposure(session: $0) })
        let reader = try folder.openPartition(PartitionEncoder.encode(columns, key: .fixture(), using: zstandard))
        let codes = try reader.codes(.session, using: zstandard)
        for exchanged in [nil, 0, 77, 198] as [Int?] {
            var sequence = codes
            if let exchanged { sequence.swapAt(exchanged, exchanged + 1) }
            var verification = SessionOrderVerification(reader, using: zstandard)
            verification.windowCount = windowCount
            verification.windowByteCount = byteCount
            var isRefused = false
            do {
                for (row, code) in sequence.enumerated() { try verification.append(code, row: row) }
                try verification.checkPending()
            } catch {
                isRefused = true
                let row = (exchanged ?? 0) + 1
                #expect(error.detail.hasSuffix("does not stand after that of the row before"))
                #expect(error.detail.contains(": row \(row) is out of order: "))
            }
            #expect(isRefused == (exchanged != nil))
        }
    }

    @Test func rowsOutOfOrder() throws {
        let rows = [
            Exposure(session: "a", at: 5), Exposure(session: "b", at: 1), Exposure(session: "b", at: 2),
            Exposure(user: "u", session: "a", at: 3), Exposure(user: "u", session: "a", at: 4),
            Exposure(user: "v", session: "a", at: 5),
        ]
        let place = { (section: String) in "corrupt at section \(section), block 0, offset " }
        let times = try refusal(rows) { $0.replace(.timeOfDay, with: [5, 1, 2, 4, 3, 5] as [UInt64]) }
        #expect(times.hasPrefix(place("time_of_day")))
        #expect(times.hasSuffix("row 4 is out of order: it is earlier than the row before"))
        let anonymousTimes = try refusal(rows) { $0.replace(.timeOfDay, with: [5, 2, 1, 3, 4, 5] as [UInt64]) }
        #expect(anonymousTimes.hasSuffix("row 2 is out of order: it is earlier than the row before"))
        let users = try refusal(rows) { $0.replace(.user, with: [0, 0, 0, 1, 2, 1] as [UInt32]) }
        #expect(users.hasPrefix(place("user")))
        #expect(users.hasSuffix("row 5 is out of order: its user stands before that of the row before"))
        let sessions = try refusal(rows) { $0.replace(.session, with: [2, 1, 1, 1, 1, 1] as [UInt32]) }
        #expect(sessions.hasPrefix(place("session")))
        #expect(sessions.contains("row 1 is out of order: its session does not stand after"))
    }

    @Test func aUserWithoutARow() throws {
        let rows = [Exposure(), Exposure(user: "u", at: 1), Exposure(user: "v", at: 2)]
        let first = try refusal(rows) { $0.replace(.user, with: [0, 2, 2] as [UInt32]) }
        #expect(first.hasSuffix("row 1 is out of order: a user before it has no row"))
        let last = try refusal(rows) { $0.replace(.user, with: [0, 1, 1] as [UInt32]) }
        #expect(last == "corrupt at section user: the last user has no row")
    }
}
