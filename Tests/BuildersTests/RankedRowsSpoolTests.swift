import Columns
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Builders

/// Rows come out as they went in, however they were cut in slices and wherever they were kept.
@Suite struct RankedRowsSpoolTests {
    private let folder = TemporaryFolder()

    private func space(memoryByteCount: Int) -> ScratchSpace {
        ScratchSpace(root: folder.path.appending("scratch"), name: "run", memoryByteCount: memoryByteCount)
    }

    /// Ids that ascend: `a0000`, `a0001`, ...
    private func ids(_ count: Int) -> IdentifierList {
        IdentifierList((0..<count).map { "a" + String(10_000 + $0).dropFirst() })
    }

    /// Random rows: numbers of rows of which some are left out, and codes of which some are not used.
    private func rows(_ count: Int, entryCount: Int, seed: UInt64) -> [(row: Int, entries: [(UInt32, UInt32)])] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).compactMap { row in
            if row % 7 == 3 { return nil }
            let entries = (0..<Int.random(in: 0...entryCount, using: &generator)).map { rank in
                (UInt32.random(in: 0..<500, using: &generator) * 2, UInt32(entryCount - rank))
            }
            return (row, entries)
        }
    }

    /// The slices of rows that are cut before each of `cuts`.
    private func slices(
        _ rows: [(row: Int, entries: [(UInt32, UInt32)])], _ kind: RankedRows.ValueKind, cuts: Set<Int>,
    ) -> [RankedSlice] {
        var slices = [RankedSlice()]
        for (index, row) in rows.enumerated() {
            if cuts.contains(index) { slices.append(RankedSlice()) }
            for (code, count) in row.entries {
                switch kind {
                case .none: slices[slices.count - 1].append(code)
                case .counts: slices[slices.count - 1].append(RankingKey(code: code, count: count))
                case .scores: slices[slices.count - 1].append(code, score: Double(count) / 8)
                }
            }
            slices[slices.count - 1].endRow(row.row, keepingEmpty: true)
        }
        return slices
    }

    private func spooled(
        _ slices: [RankedSlice], _ kind: RankedRows.ValueKind, in space: ScratchSpace, keeping: [Int]? = nil,
    ) throws -> RankedRows {
        var spool = RankedRowsSpool(values: kind, scratch: space)
        for slice in slices { try spool.append(slice) }
        return try spool.finish(rowKeys: ids(2_000), candidates: ids(1_000), keeping: keeping)
    }

    @Test(arguments: RankedRows.ValueKind.allCases, 1...4)
    func everyCutAndEveryPlace(kind: RankedRows.ValueKind, seed: UInt64) throws {
        let rows = rows(2_000, entryCount: 200, seed: seed)
        let whole = try spooled(slices(rows, kind, cuts: []), kind, in: .memory)
        #expect(whole.brokenPromise == nil)
        #expect(whole.valueKind == kind)
        #expect(whole.entryCount == rows.reduce(0) { $0 + $1.entries.count } && whole.entryCount > 150_000)
        let ids = ids(2_000)
        #expect(whole.exampleRows.map(\.key) == rows.map { ids.string(at: $0.row) })
        let members = whole.exampleRows.map { $0.entries.map(\.id) }
        #expect(members == rows.map { $0.entries.map { ids.string(at: Int($0.0)) } })
        switch kind {
        case .none: break
        case .counts: #expect(whole.exampleRows.map { $0.entries.map(\.count) } == rows.map { $0.entries.map(\.1) })
        case .scores:
            #expect(
                whole.scoredRows.map { $0.entries.map(\.score) } == rows.map { $0.entries.map { Double($0.1) / 8 } })
        }
        var generator = SplitMix64(seed: seed)
        let cuts = Set((0..<30).map { _ in Int.random(in: 0..<rows.count, using: &generator) })
        for memory in [0, 1 << 19, .max] {
            #expect(try spooled(slices(rows, kind, cuts: cuts), kind, in: space(memoryByteCount: memory)) == whole)
        }
        let every = Set(rows.indices)
        #expect(try spooled(slices(rows, kind, cuts: every), kind, in: space(memoryByteCount: 0)) == whole)
    }

    @Test(arguments: RankedRows.ValueKind.allCases)
    func rowsThatAreKept(kind: RankedRows.ValueKind) throws {
        let rows = rows(300, entryCount: 40, seed: 9)
        let all = slices(rows, kind, cuts: [10, 11, 200])
        for step in [1, 3, 100, 1_000] {
            let kept = Array(stride(from: 0, to: rows.count, by: step))
            let selected = try spooled(all, kind, in: space(memoryByteCount: 0), keeping: kept)
            let expected = try spooled(slices(kept.map { rows[$0] }, kind, cuts: []), kind, in: .memory)
            #expect(selected == expected)
            #expect(selected.brokenPromise == nil)
        }
        let none = try spooled(all, kind, in: .memory, keeping: [])
        #expect(none.rowCount == 0 && none.entryCount == 0 && none.memberKeys.isEmpty)
    }

    @Test func nothingAtAll() throws {
        var spool = RankedRowsSpool(values: .counts, scratch: .memory)
        let rows = try spool.finish(rowKeys: ids(3), candidates: ids(2))
        #expect(rows.rowCount == 0 && rows.entryCount == 0)
        #expect(rows.rowKeys.isEmpty && rows.memberKeys.isEmpty)
    }

    /// The two zeros are one score, so that equal results are equal bytes.
    @Test func thereIsOneZero() throws {
        var slice = RankedSlice()
        for score in [0.5, 0, -0.0, -2] { slice.append(0, score: score) }
        slice.endRow(0)
        let rows = try spooled([slice], .scores, in: .memory)
        #expect(try rows.scoreBits(in: 0..<4) == [0.5, 0, 0, -2].map(\.bitPattern))
    }
}
