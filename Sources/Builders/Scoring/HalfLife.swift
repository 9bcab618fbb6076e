import Events

/// How much an exposure of a day counts in popularity: half as much for every so many days before the last.
struct HalfLife: Sendable {
    /// More than 0.
    let dayCount: Double
    /// The last day of the window, whose exposures count 1.
    let lastDay: Day

    /// 0.5^((last day - day) / half-life).
    ///
    /// Days a half-life apart differ by exactly a factor of 2. Sums of products of weights and counts go from day to
    /// day in ascending order: in another one they might differ in the last bit.
    func weight(of day: Day) -> Double {
        let distance = Double(lastDay.daysSinceEpoch - day.daysSinceEpoch)
        // A remainder is exact on every machine, a quotient alone would be rounded from day to day.
        let rest = distance.truncatingRemainder(dividingBy: dayCount)
        let halvingCount = ((distance - rest) / dayCount).rounded()
        return PortableMath.powerOfTwo(minus: rest / dayCount) * PortableMath.powerOfTwo(minus: halvingCount)
    }
}
