import Builders
import TestSupport
import Testing

@testable import Artifacts

/// Two artifacts are compared by the formulas that the comparison states.
@Suite struct ArtifactComparisonTests {
    private typealias List = ComparisonOracle.PlainList

    /// `a: pear 5, fig 2`.
    private func list(_ key: String, _ text: String) -> List {
        let words = text.split(separator: " ").map(String.init)
        let entries = stride(from: 0, to: words.count, by: 2).map { index in
            List.Entry(id: words[index], value: Double(words[index + 1]) ?? .nan)
        }
        return List(key: key, entries: entries)
    }

    private func compare(
        _ kind: ArtifactKind, _ first: [List], _ second: [List], top: Int = 10, isScored: Bool = false,
        scores: (String?, String?) = (nil, nil),
    ) throws -> ArtifactComparison {
        try ArtifactComparison(
            of: Artifact(kind, first, isScored: isScored, score: scores.0),
            and: Artifact(kind, second, isScored: isScored, score: scores.1), topCount: top)
    }

    private func measures(_ first: String, _ second: String, top: Int = 10, isScored: Bool = false) throws -> [Double?]
    {
        let result = try compare(
            .cooc, [list("x", first)], [list("x", second)], top: top, isScored: isScored)
        let measures = try #require(result.measures)
        return [
            measures.overlapOfTop.value, measures.overlapOfLists.value, measures.rankCorrelation.value,
            measures.scoreDrift?.value,
        ]
    }

    /// Overlap of the top k, of the lists, Spearman's coefficient and drift, computed by hand.
    @Test func goldens() throws {
        #expect(try measures("a 4 b 2", "a 4 b 2") == [1, 1, 1, 0])
        #expect(try measures("a 4 b 2", "b 4 a 2") == [1, 1, -1, 0.5])
        // a stays, b and c are gone for d: 1 of 3, 1 of 2 and 1 of 1. b has no partner, so no correlation.
        #expect(try measures("a 4 b 2 c 1", "a 1 d 1") == [1 / 3, 1 / 3, nil, 0.75])
        #expect(try measures("a 4 b 2 c 1", "a 1 d 1", top: 2) == [0.5, 1 / 3, nil, 0.75])
        #expect(try measures("a 4 b 2 c 1", "a 1 d 1", top: 1) == [1, 1 / 3, nil, 0.75])
        #expect(try measures("a 4 b 2", "c 4 d 2") == [0, 0, nil, nil])
        // Ranks 1 2 3 4 against 2 1 4 3: 1 - 6 * 4 / (4 * 15) = 0.6.
        #expect(try measures("a 4 b 3 c 2 d 1", "b 4 a 3 d 2 c 1")[2] == 0.6)
        // Ranks count among those in common: a b d against d a b, differences 1, 1 and 2: 1 - 36 / 24 = -0.5.
        #expect(try measures("a 9 x 8 b 7 y 6 d 5", "z 9 d 8 a 7 b 6")[2] == -0.5)
    }

    @Test func driftStaysBetweenZeroAndOne() throws {
        #expect(try measures("a 1", "a -1", isScored: true)[3] == 1)
        #expect(try measures("a 1e308", "a -1e308", isScored: true)[3] == 1)
        #expect(try measures("a -2", "a -1", isScored: true)[3] == 0.5)
        #expect(try measures("a 0", "a 0", isScored: true)[3] == 0)
        #expect(try measures("a 0", "a 5e-324", isScored: true)[3] == 1)
        #expect(try measures("a 2 b 0", "a 1 b 0", isScored: true)[3] == 0.25)
    }

    @Test func valuesOfDifferentMeasuresHaveNoDrift() throws {
        let lists = [list("x", "a 1")]
        let same = try compare(.cooc, lists, lists, isScored: true, scores: ("lift", "lift"))
        #expect(same.measures?.scoreDrift?.value == 0)
        let different = try compare(.cooc, lists, lists, isScored: true, scores: ("lift", "npmi"))
        #expect(different.measures?.scoreDrift == nil && different.measures?.overlapOfTop.value == 1)
        let counted = Artifact(.cooc, lists, isScored: false)
        let mixed = try ArtifactComparison(
            of: counted, and: Artifact(.cooc, lists, isScored: true), topCount: 1)
        #expect(mixed.measures?.scoreDrift == nil && mixed.measures?.overlapOfLists.value == 1)
    }

    @Test func rowsEnterAndLeave() throws {
        let first = [list("a", "x 1"), list("b", "x 2"), list("d", "x 1"), list("é", "x 1")]
        let second = [list("b", "x 1"), list("c", "x 1"), list("d", "x 1"), list("z", "y 1")]
        let result = try compare(.cooc, first, second)
        #expect(result.entered.map(\.id) == ["c", "z"] && result.left.map(\.id) == ["a", "é"])
        #expect(result.changes.enteredCount == 2 && result.changes.leftCount == 2)
        #expect(result.changes.commonCount == 2 && result.changes.changedCount == 1)
        #expect(result.changed.isEmpty)
        let none = try compare(.cooc, [], second)
        #expect(none.changes.enteredCount == 4 && none.changes.leftCount == 0 && none.measures?.overlapOfTop.count == 0)
        #expect(try compare(.cooc, [], []).changes.commonCount == 0)
    }

    @Test func ofPopularityTheItemsAreTheRows() throws {
        let first = [list("", "a 9 b 5 c 4 d 1")]
        let result = try compare(.popularity, first, [list("", "b 9 e 6 c 4 f 2")], top: 2)
        #expect(result.changes.enteredCount == 2 && result.changes.leftCount == 2)
        // c has the rank and the count that it had.
        #expect(result.changes.commonCount == 2 && result.changes.changedCount == 1)
        #expect(result.entered.map(\.id) == ["e", "f"] && result.entered.map(\.rank) == [2, 4])
        #expect(result.entered.map(\.value) == [6, 2])
        #expect(result.left.map(\.id) == ["a", "d"] && result.left.map(\.rank) == [1, 4])
        #expect(result.measures?.overlapOfTop.value == 0.5 && result.measures?.overlapOfLists.value == 0.5)
        let nothing = try compare(.popularity, first, [])
        #expect(nothing.changes.leftCount == 4 && nothing.measures?.overlapOfLists.value == 0)
    }

    @Test func ofContentSimTheTagsChange() throws {
        let first = [list("a", "red 0 big 0"), list("b", "red 0"), list("c", "red 0 big 0"), list("d", "x 0")]
        let second = [list("a", "red 0 big 0"), list("b", "blue 0"), list("c", "big 0 red 0"), list("e", "x 0")]
        let result = try compare(.contentSim, first, second)
        #expect(result.measures == nil)
        #expect(result.changed.map(\.id) == ["b", "c"] && result.changes.changedCount == 2)
        #expect(result.entered.map(\.id) == ["e"] && result.left.map(\.id) == ["d"])
    }

    /// A user of session_seq may have an empty list, which says nothing of order.
    @Test func emptyListsAreNoOverlap() throws {
        let first = [list("u", ""), list("v", ""), list("w", "a 1")]
        let result = try compare(.sessionSeq, first, [list("u", ""), list("v", "a 1"), list("w", "a 1")])
        #expect(result.measures?.overlapOfLists.count == 2 && result.measures?.overlapOfLists.value == 0.5)
        #expect(result.changes.changedCount == 1 && result.changes.commonCount == 3)
    }

    @Test func examplesAreFew() throws {
        let many = (10..<35).map { list("k\($0)", "x 1") }
        let result = try compare(.implicit, many, [])
        #expect(result.left.map(\.id) == (10..<20).map { "k\($0)" } && result.changes.leftCount == 25)
        let items = (0..<25).map { "i\($0 + 10) \(100 - $0)" }.joined(separator: " ")
        let popular = try compare(.popularity, [], [list("", items)])
        #expect(popular.entered.map(\.rank) == Array(1...10) && popular.changes.enteredCount == 25)
    }
}
