import Columns
import Platform
import Scan

/// popularity: exposures per item, most first; of equals the lower id first.
enum PopularityBuilder {
    static func build(_ events: WindowEvents, _ parameters: BuildParameters) throws -> RankedRows {
        let items = events.items
        let threadCount = events.scan.threadCount
        let histograms = try Parallel.map(count: threadCount, threadCount: threadCount) { thread in
            var counts = [UInt64](repeating: 0, count: items.identifiers.count + 1)
            for index in stride(from: thread, to: items.codes.count, by: threadCount) {
                count(items.codes[index], into: &counts)
            }
            return counts
        }
        let counts = histograms.dropFirst().reduce(into: histograms[0]) { add($1, to: &$0) }
        let limit = parameters.maximumItemsPerArtifact ?? BuildParameters.defaultPopularityItemCount
        let ranking = counts.indices.dropFirst().filter { counts[$0] > 0 }
            .sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(limit)
        return RankedRows(
            rowKeys: IdentifierList(), rowEnds: ranking.isEmpty ? [] : [ranking.count], candidates: items.identifiers,
            members: ranking.map { UInt32($0 - 1) }, counts: ranking.map { counts[$0] })
    }
}

private func count(_ codes: [UInt32], into counts: inout [UInt64]) {
    let codes = codes.span
    var counts = counts.mutableSpan
    for index in codes.indices { counts[Int(codes[index])] &+= 1 }
}

private func add(_ counts: [UInt64], to total: inout [UInt64]) {
    let counts = counts.span
    var total = total.mutableSpan
    for index in counts.indices { total[index] &+= counts[index] }
}
