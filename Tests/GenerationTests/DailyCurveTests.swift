import Testing

@testable import Generation

/// The hours of a day have their parts, and time goes on.
@Suite struct DailyCurveTests {
    @Test func timeGoesOn() {
        let times = (0..<100_000).map { DailyCurve.millisecond(at: UInt64($0) * (UInt64.max / 100_000)) }
        #expect(times.first == 0)
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
        #expect(DailyCurve.millisecond(at: .max) == DailyCurve.millisecondsPerDay - 1)
        let counts = Dictionary(grouping: times) { $0 / 3_600_000 }.mapValues(\.count)
        #expect(counts.count == 24)
        #expect(abs((counts[3] ?? 0) - 800) <= 1)
        #expect(abs((counts[20] ?? 0) - 8000) <= 1)
    }
}
