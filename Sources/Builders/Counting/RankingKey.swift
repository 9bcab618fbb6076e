/// An entry of a ranking by counts as a number: the more often counted and, of equals, the one with the lower code
/// comes first.
struct RankingKey: Comparable, BitwiseCopyable {
    let rawValue: UInt64

    init(code: UInt32, count: UInt32) {
        rawValue = UInt64(UInt32.max - count) << 32 | UInt64(code)
    }

    var code: UInt32 { UInt32(truncatingIfNeeded: rawValue) }
    var count: UInt32 { UInt32.max - UInt32(truncatingIfNeeded: rawValue >> 32) }

    /// The first of the entries that are counted less often than `minimumCount`, which is at least 1.
    static func bound(minimumCount: UInt32) -> RankingKey {
        RankingKey(code: 0, count: minimumCount - 1)
    }

    static func < (left: RankingKey, right: RankingKey) -> Bool { left.rawValue < right.rawValue }
}

/// An entry of a ranking by scores: the one with the higher score and, of equals, the one with the lower code comes
/// first.
struct ScoreKey: Comparable, BitwiseCopyable {
    /// A finite number.
    let score: Double
    let code: UInt32

    /// Comes after all entries with scores from `leastScore` on.
    static func bound(leastScore: Double) -> ScoreKey { ScoreKey(score: leastScore.nextDown, code: 0) }

    static func < (left: ScoreKey, right: ScoreKey) -> Bool {
        left.score > right.score || left.score == right.score && left.code < right.code
    }
}
