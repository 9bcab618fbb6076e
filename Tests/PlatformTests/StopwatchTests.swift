import Foundation
import Platform
import Testing

/// Time goes on.
@Suite struct StopwatchTests {
    @Test func timeGoesOn() {
        let stopwatch = Stopwatch()
        usleep(2000)
        let first = stopwatch.seconds
        #expect(first >= 0.002)
        #expect(stopwatch.seconds >= first)
    }
}
