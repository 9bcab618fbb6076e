import Events
import Foundation
import Testing

@testable import Builders

/// The weight of a day halves with every half-life before the last.
@Suite struct HalfLifeTests {
    @Test(arguments: [0.5, 1, 7, 30.5, 1000])
    func weightsFall(dayCount: Double) throws {
        let lastDay = try #require(Day("2024-03-01"))
        let halfLife = HalfLife(dayCount: dayCount, lastDay: lastDay)
        #expect(halfLife.weight(of: lastDay) == 1)
        for distance in 0...400 {
            let day = try #require(lastDay.advanced(by: -distance))
            let expected = pow(0.5, Double(distance) / dayCount)
            #expect(abs(halfLife.weight(of: day) - expected) <= 1e-13 * expected)
        }
    }

    @Test func daysAHalfLifeApartDifferByExactlyTwo() throws {
        let lastDay = try #require(Day("2024-03-01"))
        let halfLife = HalfLife(dayCount: 7, lastDay: lastDay)
        for distance in 0..<300 {
            let (later, earlier) = (lastDay.advanced(by: -distance), lastDay.advanced(by: -distance - 14))
            #expect(try halfLife.weight(of: #require(later)) == 4 * halfLife.weight(of: #require(earlier)))
        }
    }

    @Test func theLongestWindowAndTheShortestHalfLife() throws {
        let halfLife = HalfLife(dayCount: .leastNonzeroMagnitude, lastDay: Day.range.upperBound)
        #expect(halfLife.weight(of: Day.range.upperBound) == 1)
        #expect(halfLife.weight(of: Day.range.lowerBound) == 0)
        let longest = HalfLife(dayCount: .greatestFiniteMagnitude, lastDay: Day.range.upperBound)
        #expect(longest.weight(of: Day.range.lowerBound) == 1)
    }
}
