import Columns
import Events
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Partitions

/// Merging runs gives the bytes that encoding all of their events at once gives.
@Suite struct PartitionMergeTests {
    private let folder = TemporaryFolder()
    private let zstandard = Zstandard()
    private let key = PartitionKey.fixture()

    private var store: PartitionStore { PartitionStore(root: folder.path.appending("store")) }
    private var scratch: FilePath { folder.path.appending("scratch") }

    /// Deals the events, piece by piece as they arrive, to runs.
    private func runs(
        of exposures: [Exposure], count: Int, pieceLength: Int, using generator: inout SplitMix64,
    ) throws -> [FilePath] {
        var dealt = [[(Exposure, UInt32)]](repeating: [], count: count)
        for start in stride(from: 0, to: exposures.count, by: pieceLength) {
            let run = Int.random(in: 0..<count, using: &generator)
            let piece = exposures[start..<min(exposures.count, start + pieceLength)]
            dealt[run] += piece.map { ($0, UInt32(start / pieceLength)) }
        }
        return try dealt.filter { !$0.isEmpty }.map { try run(of: $0) }
    }

    private func run(of arriving: [(Exposure, UInt32)]) throws -> FilePath {
        let columns = ExposureColumns(arriving: arriving).inPartitionOrder()
        let path = scratch.appending("run-\(UInt64.random(in: 0...UInt64.max))")
        var file = try ScratchFile(path: path)
        try file.write(RunEncoder.encode(columns, key: key, using: zstandard).rawSpan)
        return path
    }

    private func merge(_ runs: [FilePath], isKeepingStored: Bool = false) throws -> [UInt8] {
        let change = store.beginChange()
        let prepared = try change.replace(
            key, withRuns: runs, isKeepingStored: isKeepingStored, in: scratch, using: zstandard)
        try change.commit()
        let bytes = try File.read(store.path(key))
        #expect(prepared.byteCount == bytes.count)
        #expect(prepared.digest == SHA256Digest(of: bytes.rawSpan))
        #expect(try store.open(key).rowCount == prepared.rowCount)
        return bytes
    }

    private func encoded(_ exposures: [Exposure]) -> [UInt8] {
        PartitionEncoder.encode(ExposureColumns(exposures), key: key, using: zstandard)
    }

    @Test(arguments: IdentifierStyle.allCases, [1, 2, 7])
    func runsGiveTheBytesOfAllEventsAtOnce(style: IdentifierStyle, runCount: Int) throws {
        var generator = SplitMix64(seed: UInt64(runCount))
        for count in [1, 2, 50, 300] {
            let exposures = Exposure.random(count: count, identifiers: style, using: &generator)
            let runs = try runs(of: exposures, count: runCount, pieceLength: 9, using: &generator)
            #expect(try merge(runs) == encoded(exposures), "\(count) events")
        }
    }

    /// Lists of three events, some of which stand together by session, item or request and some of which do not.
    @Test func smallWorldsGiveTheSameBytes() throws {
        let events = [
            Exposure(user: "u", request: "r", item: "a"), Exposure(user: "v", item: "b", rank: 0),
            Exposure(session: "tt", item: "a", at: 1), Exposure(session: "u", request: "r", item: "a", at: 1),
        ]
        for exposures in SmallWorlds.lists(of: events, lengths: 1...3) {
            let arriving = exposures.enumerated().map { ($1, UInt32($0)) }
            for cut in 0...arriving.count {
                let parts = [arriving[cut...], arriving[..<cut]].filter { !$0.isEmpty }
                let runs = try parts.map { try run(of: Array($0)) }
                #expect(try merge(runs) == encoded(exposures), "\(exposures) cut at \(cut)")
            }
        }
    }

    /// More rows and ids than a block holds, of a run and of a partition, sessions and requests in one piece each.
    @Test func severalBlocksGiveTheSameBytes() throws {
        var generator = SplitMix64(seed: 3)
        let exposures = (0..<70_000).map { number in
            Exposure(
                user: "\(number % 5_000)", session: "\(number % 5_000)-\(number / 35_000)", request: "r\(number)",
                item: "i\(number * 7_919 % 300)", at: UInt64(number))
        }
        let runs = try runs(of: exposures, count: 3, pieceLength: 1_000, using: &generator)
        #expect(try merge(runs) == encoded(exposures))
    }

    /// Ids of which few fit in a block: blocks of a run are small, for those of all runs are in memory at once.
    @Test func longIdentifiersGiveTheSameBytesAndRunsHaveSmallBlocks() throws {
        var generator = SplitMix64(seed: 6)
        let exposures = (0..<400).map { number in
            let length = number == 7 ? 300_000 : 2_000
            return Exposure(user: "u", item: String(repeating: "x\(number * 7 % 300)-", count: length / 5))
        }
        let runs = try runs(of: exposures, count: 2, pieceLength: 30, using: &generator)
        for run in runs {
            let container = try PartitionReader(DataFile(path: run)).container
            let texts = container.entries.filter { $0.encoding == .text }
            #expect(texts.count > 2)
            #expect(texts.filter { $0.rawByteCount > PartitionLayout.run.blockTextByteCount }.count <= 1)
        }
        #expect(try merge(runs) == encoded(exposures))
        // The dictionary of what is stored is read in more than one piece of the same size.
        let again = try self.runs(of: exposures, count: 2, pieceLength: 30, using: &generator)
        #expect(try merge(again, isKeepingStored: true) == encoded(exposures))
    }

    @Test func moreRunsThanCanBeMergedAtOnceGiveTheSameBytes() throws {
        var generator = SplitMix64(seed: 4)
        let exposures = Exposure.random(count: 200, identifiers: .text, using: &generator)
        let runs = try exposures.enumerated().map { try run(of: [($1, UInt32($0))]) }
        #expect(runs.count > PartitionMerge.maximumRunCount * 2)
        #expect(try merge(runs.shuffled(using: &generator)) == encoded(exposures))
        // What was merged is gone, and so is what it was merged into on the way.
        #expect(try Directory.names(in: scratch).isEmpty)
    }

    /// All pairs of short lists of three events, two of which differ in their item alone.
    @Test func smallWorldsAreAddedToWhatIsStored() throws {
        let events = [
            Exposure(user: "u", item: "a"), Exposure(user: "u", item: "b"), Exposure(session: "t", item: "a", rank: 0),
        ]
        let worlds = SmallWorlds.lists(of: events, lengths: 1...3)
        for old in worlds where old.count <= 2 {
            for new in worlds {
                try store.store(old, as: key)
                let runs = try new.enumerated().map { try run(of: [($1, UInt32($0))]) }
                #expect(try merge(runs, isKeepingStored: true) == encoded(old + added(new, to: old)), "\(old), \(new)")
            }
        }
    }

    @Test(arguments: IdentifierStyle.allCases)
    func eventsAreAddedToWhatIsStored(style: IdentifierStyle) throws {
        var generator = SplitMix64(seed: 11)
        let old = Exposure.random(count: 400, identifiers: style, using: &generator)
        let part = old.filter { _ in Bool.random(using: &generator) }
        let new = (part + part + Exposure.random(count: 200, identifiers: style, using: &generator))
            .shuffled(using: &generator)
        try store.store(old, as: key)
        let runs = try runs(of: new, count: 3, pieceLength: 10, using: &generator)
        let merged = try merge(runs, isKeepingStored: true)
        #expect(merged == encoded(old + added(new, to: old)))
        // Again, and in another order, it changes nothing.
        let again = try self.runs(of: new.shuffled(using: &generator), count: 2, pieceLength: 7, using: &generator)
        #expect(try merge(again, isKeepingStored: true) == merged)
    }

    /// Of every distinct event those of `new` that `old` has not as many of.
    private func added(_ new: [Exposure], to old: [Exposure]) -> [Exposure] {
        var spare = old.reduce(into: [Exposure: Int]()) { $0[$1, default: 0] += 1 }
        // The events that are matched are the first in the order of a partition.
        return ExposureColumns(new).exposures.filter { exposure in
            spare[exposure, default: 0] -= 1
            return spare[exposure, default: 0] < 0
        }
    }

    @Test func aDamagedPartitionIsNotAddedTo() throws {
        var generator = SplitMix64(seed: 5)
        let exposures = Exposure.random(count: 5, identifiers: .text, using: &generator)
        try store.store(exposures, as: key)
        let whole = try File.read(store.path(key))
        let run = try run(of: [(Exposure(), 0)])
        for offset in whole.indices {
            var damaged = whole
            damaged[offset] ^= 1
            try AtomicFile.write(damaged.rawSpan, to: store.path(key))
            #expect(throws: FormatError.self, "offset \(offset)") {
                try store.beginChange().replace(
                    key, withRuns: [run], isKeepingStored: true, in: scratch, using: zstandard)
            }
        }
        #expect(try Directory.names(in: store.path(key).removingLastComponent()).count == 1)
    }

    /// Its checksums are right: only somebody else can have made it. Written anew it would look as good as any.
    @Test func aForgedPartitionIsNotAddedTo() throws {
        let stored = [Exposure(user: "a", session: "s", at: 1), Exposure(user: "b", session: "t", at: 2)]
        let run = try run(of: [(Exposure(), 0)])
        let forgeries: [(users: [String], sessions: [String], times: [UInt64], reason: String)] = [
            (["a", "a"], ["s", "t"], [1, 2], "id 1 does not stand after the one before it"),
            (["b", "a"], ["s", "t"], [1, 2], "id 1 does not stand after the one before it"),
            (["a", "b"], ["s", "s"], [1, 2], "id 1 is repeated"),
            (["a", "b"], ["s", "t"], [1, 1], "the times are not those of the footer"),
        ]
        for forgery in forgeries {
            try store.store(stored, as: key)
            let forged = try forged(forgery.users, forgery.sessions, forgery.times)
            try AtomicFile.write(forged.rawSpan, to: store.path(key))
            let error = #expect(throws: FormatError.self) {
                try store.beginChange().replace(
                    key, withRuns: [run], isKeepingStored: true, in: scratch, using: zstandard)
            }
            #expect(error?.detail.hasSuffix(forgery.reason) == true, "\(error?.detail ?? "")")
        }
    }

    /// The stored partition with other users, sessions and times.
    private func forged(_ users: [String], _ sessions: [String], _ times: [UInt64]) throws -> [UInt8] {
        let reader = try PartitionReader(DataFile(path: store.path(key)))
        let dictionaries: [IdentifierColumn: [String]] = [.user: users, .session: sessions]
        var writer = ContainerWriter(format: PartitionFormat.file)
        for column in IdentifierColumn.allCases {
            let dictionary = dictionaries[column].map { IdentifierList($0) }
            let original = try reader.column(column, using: zstandard)
            writer.append(
                section: column.dictionary.rawValue, dictionary: dictionary ?? original.dictionary, using: zstandard)
            writer.append(section: column.codes.rawValue, column: original.codes, using: zstandard)
        }
        let (timeOfDay, rank) = (PartitionFormat.Section.timeOfDay, PartitionFormat.Section.rank)
        writer.append(section: timeOfDay.rawValue, column: times, using: zstandard)
        writer.append(section: rank.rawValue, column: try reader.ranks(using: zstandard), using: zstandard)
        return writer.finish(metadata: reader.container.metadata)
    }
}
