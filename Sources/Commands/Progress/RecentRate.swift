/// How fast something grows, as it was of late: what was seen longer ago counts less.
///
/// So a time that is left follows when work becomes faster or slower, and does not jump with every part of it.
struct RecentRate {
    /// What was seen this long ago counts about a third of what was seen just now, in seconds.
    private static let memory = 15.0
    /// Before as many seconds have been seen, nothing is said.
    private static let leastSeconds = 1.0

    private var weightedAmount = 0.0
    private var weightedSeconds = 0.0
    private var seenSeconds = 0.0

    /// Takes in that `amount` was added within the last `seconds`.
    mutating func add(_ amount: Int, in seconds: Double) {
        let kept = RecentRate.memory / (RecentRate.memory + seconds)
        weightedAmount = weightedAmount * kept + Double(amount)
        weightedSeconds = weightedSeconds * kept + seconds
        seenSeconds += seconds
    }

    /// The rate in a second; nil as long as too little has been seen.
    var perSecond: Double? {
        seenSeconds >= RecentRate.leastSeconds ? weightedAmount / weightedSeconds : nil
    }
}
