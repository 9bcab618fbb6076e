import Builders
import Events
import TestSupport

@testable import Artifacts

/// The formulas of a comparison, read literally: lists, sets and a correlation of ranks.
struct ComparisonOracle {
    let first: [PlainList]
    let second: [PlainList]
    let top: Int

    /// A row spelled out.
    struct PlainList: Equatable {
        let key: String
        var entries: [Entry]

        struct Entry: Equatable {
            let id: String
            let value: Double
        }
    }

    /// The keys that only one of both has, in order of bytes, and the pairs of lists that both have.
    var entered: [String] { second.map(\.key).filter { key in !first.contains { $0.key == key } } }
    var left: [String] { first.map(\.key).filter { key in !second.contains { $0.key == key } } }
    var pairs: [(PlainList, PlainList)] {
        first.compactMap { list in second.first { $0.key == list.key }.map { (list, $0) } }
    }

    var overlapOfTop: Double? { mean(pairs.compactMap { overlap($0.entries, $1.entries, top) }) }
    var overlapOfLists: Double? { mean(pairs.compactMap { overlap($0.entries, $1.entries, .max) }) }
    var rankCorrelation: Double? { mean(pairs.compactMap { correlation($0.entries, $1.entries) }) }
    var scoreDrift: Double? {
        mean(
            pairs.flatMap { pair in
                pair.0.entries.flatMap { a in pair.1.entries.filter { $0.id == a.id }.map { drift(a.value, $0.value) } }
            })
    }

    private func mean(_ numbers: [Double]) -> Double? {
        numbers.isEmpty ? nil : numbers.reduce(0, +) / Double(numbers.count)
    }

    private func overlap(_ a: [PlainList.Entry], _ b: [PlainList.Entry], _ k: Int) -> Double? {
        let (a, b) = (Set(a.prefix(k).map(\.id)), Set(b.prefix(k).map(\.id)))
        return a.isEmpty && b.isEmpty ? nil : Double(a.intersection(b).count) / Double(max(a.count, b.count))
    }

    /// Pearson's coefficient of the ranks among the members in common.
    private func correlation(_ a: [PlainList.Entry], _ b: [PlainList.Entry]) -> Double? {
        let common = a.map(\.id).filter { id in b.contains { $0.id == id } }
        let other = b.map(\.id).filter { common.contains($0) }
        if common.count < 2 { return nil }
        let (x, y) = (common.indices.map(Double.init), common.compactMap { other.firstIndex(of: $0) }.map(Double.init))
        let middle = Double(common.count - 1) / 2
        let covariance = zip(x, y).map { ($0 - middle) * ($1 - middle) }.reduce(0, +)
        return covariance / x.map { ($0 - middle) * ($0 - middle) }.reduce(0, +)
    }

    private func drift(_ a: Double, _ b: Double) -> Double {
        if a == b { return 0 }
        return a.sign != b.sign && a != 0 && b != 0 ? 1 : abs(b - a) / max(abs(a), abs(b))
    }
}

extension Artifact {
    /// An artifact with these rows, in any order of their keys; a single one with an empty key is that of popularity.
    init(_ kind: ArtifactKind, _ lists: [ComparisonOracle.PlainList], isScored: Bool, score: String? = nil) {
        let rows: RankedRows
        if kind == .popularity, !isScored {
            rows = RankedRows(popularity: (lists.first?.entries ?? []).map { ($0.id, UInt32($0.value)) })
        } else if isScored {
            rows = RankedRows(scored: lists.map { ($0.key, $0.entries.map { ($0.id, $0.value) }) })
        } else {
            rows = RankedRows(
                lists.map { ($0.key, $0.entries.map { ($0.id, UInt32($0.value)) }) }, isCounted: kind != .contentSim)
        }
        let parameters = score.map { [ArtifactParameter("score", $0)] } ?? []
        self.init(ArtifactKey(.fixture(), kind, .fixture()), rows: rows, parameters: parameters)
    }
}
