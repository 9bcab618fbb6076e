import Builders

/// How two artifacts of one kind differ: what came and went from the first to the second, and how much the lists that
/// both have moved.
///
/// What is compared are rows: items with their neighbours or tags, users with their items. popularity has a single
/// list; there it is the items of that list.
package struct ArtifactComparison: Sendable, Equatable {
    /// Rows, or the items of popularity.
    package struct Changes: Sendable, Equatable {
        /// How many only the second artifact has.
        package internal(set) var enteredCount = 0
        /// How many only the first artifact has.
        package internal(set) var leftCount = 0
        /// How many both have.
        package internal(set) var commonCount = 0
        /// How many of those in common are not the same: rows with other entries, another order, or other values; items
        /// of popularity with another rank or value.
        package internal(set) var changedCount = 0

        init() {}
    }

    /// The arithmetic mean of some numbers.
    package struct Mean: Sendable, Equatable {
        private var sum = 0.0
        /// Of how many numbers it is the mean.
        package private(set) var count = 0

        init() {}

        /// Nil without numbers.
        package var value: Double? { count == 0 ? nil : sum / Double(count) }

        mutating func add(_ number: Double) {
            sum += number
            count += 1
        }
    }

    /// How alike the ranked lists are that both artifacts have: of each common row, or of popularity.
    package struct Measures: Sendable, Equatable {
        /// Overlap at `topCount`, from 0, nothing in common, to 1, the same members: |top-k(A) ∩ top-k(B)| /
        /// max(min(k, |A|), min(k, |B|)). The mean over the rows that have entries in one of the artifacts.
        package internal(set) var overlapOfTop = Mean()
        /// Overlap of the whole lists: the same with k the length of the longer one.
        package internal(set) var overlapOfLists = Mean()
        /// Spearman's rank correlation of the members that both lists have, ranked among themselves: 1 - 6 sum(d²) /
        /// (n (n² - 1)), from -1, reversed, to 1, in the same order. The mean over the rows with n ≥ 2 such members.
        package internal(set) var rankCorrelation = Mean()
        /// Drift of the counts or scores a and b of the entries that both lists have: |b - a| / max(|a|, |b|), from 0,
        /// the same, to 1; 0 for two zeros, and 1, not more, where the sign changes. The mean over all such entries;
        /// nil where the values are of different measures, which cannot be compared.
        package internal(set) var scoreDrift: Mean?
    }

    /// One row or item that entered, left or changed.
    package struct Example: Sendable, Equatable {
        package let id: String
        /// In popularity the rank, from 1, in the list that has the item; else nil.
        package let rank: Int?
        /// In popularity the count or the score there; else nil.
        package let value: Double?
    }

    /// The k of `overlapOfTop`, at least 1.
    package let topCount: Int
    package internal(set) var changes = Changes()
    /// Nil for content_sim, whose lists have no ranks.
    package internal(set) var measures: Measures?
    /// The first that entered, at most `exampleCount`: by rank in popularity, else by the bytes of their ids.
    package internal(set) var entered: [Example] = []
    /// Likewise the first that left.
    package internal(set) var left: [Example] = []
    /// Likewise the first items of content_sim whose tags changed; of other kinds none.
    package internal(set) var changed: [Example] = []

    /// How many examples there are at most.
    package static let exampleCount = 10

    /// Compares two artifacts of the same kind. Both are gone over once, row by row, with a row of each in memory; 4
    /// bytes for each distinct member are taken beside that.
    ///
    /// - Parameter topCount: At least 1.
    /// - Throws: `StorageError` if rows are in a file that cannot be read; `Interruption`.
    package init(of first: Artifact, and second: Artifact, topCount: Int) throws {
        precondition(first.key.kind == second.key.kind && topCount >= 1, "two artifacts of one kind, and some ranks")
        self.topCount = topCount
        if first.key.kind.form != .tags {
            measures = Measures()
            if ArtifactComparison.haveSameMeasure(first, second) { measures?.scoreDrift = Mean() }
        }
        var walk = ComparisonWalk(first, second)
        try walk.run(into: &self)
    }

    /// True if the counts or scores of both say the same thing of an entry.
    private static func haveSameMeasure(_ first: Artifact, _ second: Artifact) -> Bool {
        let names: Set = ["score", "unit", "half_life_days"]
        let measures = [first, second].map { $0.parameters.filter { names.contains($0.name) } }
        return first.rows.valueKind == second.rows.valueKind && measures[0] == measures[1]
    }
}
