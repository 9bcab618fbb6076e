/// How events are spread over the hours of a day: few at night, most in the evening.
enum DailyCurve {
    static let millisecondsPerDay = 86_400_000

    /// Of each hour its part of a day's events.
    private static let weights: [UInt64] = [
        4, 3, 2, 2, 2, 3, 5, 8, 11, 12, 12, 13, 14, 13, 12, 12, 13, 15, 18, 20, 20, 17, 12, 7,
    ]
    private static let total = weights.reduce(0, +)
    /// Of each unit of weight its hour, and how many units of the hour come before it.
    private static let units = weights.enumerated().flatMap { hour, weight in
        (0..<weight).map { (hour: UInt64(hour), offset: $0) }
    }

    /// The millisecond of the day by which a part of the day's events have happened.
    ///
    /// - Parameter part: The part, in units of 2^-64.
    static func millisecond(at part: UInt64) -> Int {
        let (unit, rest) = part.multipliedFullWidth(by: total)
        let (hour, offset) = units[Int(unit)]
        let partOfHour = (((offset << 32) | (rest >> 32)) * 3_600_000 / weights[Int(hour)]) >> 32
        return Int(hour * 3_600_000 + partOfHour)
    }
}
