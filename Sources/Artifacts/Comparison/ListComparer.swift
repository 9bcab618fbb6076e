/// An entry of a list that is compared with another one.
struct ComparedEntry: Equatable {
    /// What it is, by a number that is the same in both lists.
    let member: UInt32
    /// The count or the score, finite; 0 where there is neither.
    let value: Double
}

/// Compares lists of distinct members, one pair after the other.
struct ListComparer {
    /// Per member its rank in the first list, from 1, or 0; all 0 between two comparisons.
    private var ranks: [UInt32]
    private let topCount: Int

    /// - Parameter memberCount: Members are less than this.
    init(memberCount: Int, topCount: Int) {
        ranks = [UInt32](repeating: 0, count: memberCount)
        self.topCount = topCount
    }

    /// How many members two lists have in common.
    struct Common: Equatable {
        var count = 0
        /// With the same rank and value.
        var unchangedCount = 0
    }

    /// Adds what there is to say of a pair of lists to `measures`, if there are any, under the formulas that stand
    /// there.
    ///
    /// - Parameter onlyInSecond: Hears of the members that only the second list has: their places in it, ascending.
    mutating func compare(
        _ first: [ComparedEntry], _ second: [ComparedEntry], into measures: inout ArtifactComparison.Measures?,
        onlyInSecond: (Int) -> Void = { _ in },
    ) -> Common {
        for (place, entry) in first.enumerated() { ranks[Int(entry.member)] = UInt32(place + 1) }
        defer { for entry in first { ranks[Int(entry.member)] = 0 } }
        var common = Common()
        var topCommonCount = 0
        // For each place of the first list the rank in the second one among the members in common, or 0.
        var otherRanks = [Int](repeating: 0, count: first.count)
        for (place, entry) in second.enumerated() {
            let firstPlace = Int(ranks[Int(entry.member)]) - 1
            guard firstPlace >= 0 else {
                onlyInSecond(place)
                continue
            }
            common.count += 1
            if firstPlace == place && first[place] == entry { common.unchangedCount += 1 }
            if max(place, firstPlace) < topCount { topCommonCount += 1 }
            otherRanks[firstPlace] = common.count
            measures?.scoreDrift?.add(drift(first[firstPlace].value, entry.value))
        }
        guard max(first.count, second.count) > 0 else { return common }
        let longer = max(first.count, second.count)
        measures?.overlapOfTop.add(Double(topCommonCount) / Double(min(topCount, longer)))
        measures?.overlapOfLists.add(Double(common.count) / Double(longer))
        if common.count > 1 { measures?.rankCorrelation.add(rankCorrelation(otherRanks, count: common.count)) }
        return common
    }
}

/// Spearman's coefficient.
///
/// - Parameters:
///   - otherRanks: In the order of the one ranking the ranks from 1 to `count` in the other one, and zeros, which do
///     not count, between them.
///   - count: At least 2.
private func rankCorrelation(_ otherRanks: [Int], count: Int) -> Double {
    var (rank, sum) = (0, 0.0)
    for otherRank in otherRanks where otherRank > 0 {
        rank += 1
        let difference = Double(rank - otherRank)
        sum += difference * difference
    }
    let n = Double(count)
    return 1 - 6 * sum / (n * (n * n - 1))
}

/// How far b is from a, from 0 to 1.
private func drift(_ a: Double, _ b: Double) -> Double {
    let greatest = max(abs(a), abs(b))
    // A difference of two signs, which may be infinite, is more than the greater of both.
    return greatest == 0 ? 0 : min(1, abs(b - a) / greatest)
}
