import Testing

@testable import Commands

/// A rate is that of late, and is not told before there is one.
@Suite struct RecentRateTests {
    @Test func nothingIsToldTooSoon() {
        var rate = RecentRate()
        #expect(rate.perSecond == nil)
        rate.add(5, in: 0)
        rate.add(5, in: 0.75)
        #expect(rate.perSecond == nil)
        rate.add(0, in: 0.25)
        #expect(rate.perSecond.map { $0 > 9 && $0 <= 10 } == true)
    }

    /// However long the pieces are in which it is seen.
    @Test(arguments: [0.001, 0.2, 1, 60])
    func aSteadyRateIsToldAsItIs(seconds: Double) {
        var rate = RecentRate()
        for _ in 0..<2_000 { rate.add(Int(seconds * 1_000), in: seconds) }
        #expect(rate.perSecond.map { abs($0 - 1_000) < 1e-6 } == true)
    }

    @Test func workThatBecomesSlowerIsToldSo() throws {
        var rate = RecentRate()
        for _ in 0..<600 { rate.add(1_000, in: 0.1) }
        for _ in 0..<600 { rate.add(10, in: 0.1) }
        let now = try #require(rate.perSecond)
        // A minute at the new rate, after one at a hundred times that.
        #expect(now > 100 && now < 400)
    }

    /// A pause counts as soon as it is over.
    @Test func aPauseIsNoSpeed() throws {
        var rate = RecentRate()
        rate.add(1_000, in: 1)
        rate.add(0, in: 99)
        #expect(try #require(rate.perSecond) < 2)
    }
}
