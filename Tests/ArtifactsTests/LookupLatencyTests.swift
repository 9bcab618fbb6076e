import Builders
import TestSupport
import Testing

@testable import Artifacts

/// The times of look-ups are all there, in order.
@Suite struct LookupLatencyTests {
    private let folder = TemporaryFolder()

    @Test func quantilesAndHistogram() throws {
        for artifact in [Artifact.example(.popularity), .example(.implicit), .example(.contentSim)] {
            let reader = try ArtifactReader(folder.open(encoded(artifact)))
            var number = 0
            let latency = try LookupLatency(reader, count: 500) {
                number += 1
                return number.isMultiple(of: 3) ? "none" : "apple"
            }
            #expect(number == 500)
            #expect(latency.nanoseconds.count == 500)
            #expect(latency.nanoseconds == latency.nanoseconds.sorted())
            #expect(latency.quantile(0) == latency.nanoseconds.first)
            #expect(latency.quantile(0.5) == latency.nanoseconds[250])
            #expect(latency.quantile(1) == latency.nanoseconds.last)
            #expect(try #require(latency.histogram.first).count > 0)
            var end = try #require(latency.histogram.first).below / 2
            for (below, count) in latency.histogram {
                #expect(latency.nanoseconds.count { (end..<below).contains($0) } == count)
                end = below
            }
            #expect(latency.histogram.reduce(0) { $0 + $1.count } == 500)
            #expect(end > latency.quantile(1))
        }
    }
}
