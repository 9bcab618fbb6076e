import Builders
import Platform
import TestSupport
import Testing

@testable import Artifacts

/// What a comparison says is what its formulas say, in small worlds and in random ones.
@Suite struct ComparisonOracleTests {
    private typealias List = ComparisonOracle.PlainList

    private func check(
        _ kind: ArtifactKind, _ first: [List], _ second: [List], top: Int, isScored: Bool, comment: Comment? = nil,
    ) throws {
        let oracle = ComparisonOracle(first: first, second: second, top: top)
        let result = try ArtifactComparison(
            of: Artifact(kind, first, isScored: isScored), and: Artifact(kind, second, isScored: isScored),
            topCount: top)
        let measures = try #require(result.measures)
        #expect(isClose(measures.overlapOfTop.value, oracle.overlapOfTop), comment)
        #expect(isClose(measures.overlapOfLists.value, oracle.overlapOfLists), comment)
        #expect(isClose(measures.rankCorrelation.value, oracle.rankCorrelation), comment)
        #expect(isClose(measures.scoreDrift?.value, oracle.scoreDrift), comment)
        if kind == .popularity { return }
        #expect(result.changes.enteredCount == oracle.entered.count, comment)
        #expect(result.changes.leftCount == oracle.left.count, comment)
        #expect(result.entered.map(\.id) == Array(oracle.entered.prefix(10)), comment)
        #expect(result.left.map(\.id) == Array(oracle.left.prefix(10)), comment)
        #expect(result.changes.commonCount == oracle.pairs.count, comment)
        #expect(result.changes.changedCount == oracle.pairs.count { $0 != $1 }, comment)
    }

    private func isClose(_ left: Double?, _ right: Double?) -> Bool {
        guard let left, let right else { return left == nil && right == nil }
        return abs(left - right) < 1e-12
    }

    /// Every pair of rankings of up to four items, at every k.
    @Test func pairsOfShortListsAreExhausted() throws {
        let rankings = SmallWorlds.lists(of: ["a", "b", "c", "d"], lengths: 1...4).filter { Set($0).count == $0.count }
        let lists = rankings.map { ranking in
            List(
                key: "x",
                entries: ranking.enumerated().map { List.Entry(id: $1, value: Double(4 * ranking.count - $0)) })
        }
        #expect(lists.count == 64)
        for first in lists {
            for second in lists {
                for top in 1...4 { try check(.cooc, [first], [second], top: top, isScored: false) }
            }
        }
    }

    /// Every pair of sets of four rows.
    @Test func setsOfRowsAreExhausted() throws {
        let worlds = (0..<16).map { set in
            (0..<4).filter { set & 1 << $0 != 0 }.map { row in
                List(key: "k\(row)", entries: [List.Entry(id: "i\(row)", value: Double(set))])
            }
        }
        for first in worlds {
            for second in worlds { try check(.implicit, first, second, top: 1, isScored: false) }
        }
    }

    @Test(arguments: [ArtifactKind.cooc, .implicit, .sessionSeq, .popularity], 1...6)
    func randomArtifactsAreComparedAsTheFormulasSay(kind: ArtifactKind, seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let isScored = seed % 2 == 0 && (kind == .cooc || kind == .popularity)
        for round in 0..<8 {
            let sides = (0..<2).map { _ in randomLists(kind, isScored: isScored, using: &generator) }
            try check(
                kind, sides[0], sides[1], top: Int.random(in: 1...12, using: &generator), isScored: isScored,
                comment: "seed \(seed), round \(round)")
        }
    }

    /// More entries than are read at a time, in files.
    @Test func rowsMayBeInFiles() throws {
        var generator = SplitMix64(seed: 9)
        let folder = TemporaryFolder()
        let scratch = ScratchSpace(root: folder.path, name: "rows", memoryByteCount: 1)
        let sides = (0..<2).map { _ in
            (0..<3000).filter { _ in Int.random(in: 0..<4, using: &generator) > 0 }.map { row in
                List(key: "k\(row + 1000)", entries: randomEntries(30, isScored: false, using: &generator))
            }
        }
        let artifacts = sides.map { Artifact(.cooc, $0, isScored: false) }
        let spilled = try artifacts.enumerated().map { index, artifact in
            let path = try folder.write(artifact.fileBytes, as: "\(index).rsart")
            return try ArtifactDecoder.decode(DataFile(path: path), keepingRowsIn: scratch)
        }
        let inMemory = try ArtifactComparison(of: artifacts[0], and: artifacts[1], topCount: 5)
        #expect(try ArtifactComparison(of: spilled[0], and: spilled[1], topCount: 5) == inMemory)
        #expect(inMemory.changes.commonCount > 1000 && inMemory.changes.enteredCount > 100)
    }

    private func randomLists(_ kind: ArtifactKind, isScored: Bool, using generator: inout SplitMix64) -> [List] {
        if kind == .popularity {
            return [List(key: "", entries: randomEntries(40, isScored: isScored, using: &generator))]
        }
        return (10..<40).filter { _ in Bool.random(using: &generator) }.map { row in
            List(key: "k\(row)", entries: randomEntries(15, isScored: isScored, using: &generator))
        }
    }

    /// Some of so many items, best first.
    private func randomEntries(
        _ itemCount: Int, isScored: Bool, using generator: inout SplitMix64,
    ) -> [List.Entry] {
        let entries = (0..<itemCount).filter { $0 == 0 || Bool.random(using: &generator) }.map { item in
            let count = Double(Int.random(in: 1...9, using: &generator))
            return List.Entry(id: "i\(item + 10)", value: isScored ? count - 4.5 : count)
        }
        return entries.sorted { ($1.value, $0.id) < ($0.value, $1.id) }
    }
}
