import Columns
import Platform
import Scan

/// popularity: exposures per item, most first; of equals the lower id first.
enum PopularityBuilder {
    static func build(_ events: WindowEvents, _ parameters: BuildParameters) throws -> RankedRows {
        let (items, scan) = (events.items, events.scan)
        let histograms = try Parallel.map(
            count: scan.threadCount, threadCount: scan.threadCount, makeState: { Zstandard() },
            { zstandard, thread in
                var counts = [UInt32](repeating: 0, count: items.count)
                for index in stride(from: thread, to: scan.partitions.count, by: scan.threadCount) {
                    let codes = try scan.partitions[index].codes(.item, using: zstandard)
                    var local = [UInt32](repeating: 0, count: items.codes(ofPartition: index).count)
                    countItems(codes.span, into: local.mutableSpan)
                    add(local.span, at: items.codes(ofPartition: index), to: counts.mutableSpan)
                }
                return counts
            })
        var counts = histograms[0]
        for histogram in histograms.dropFirst() { add(histogram.span, to: counts.mutableSpan) }
        var best = BestKeys(
            limit: parameters.maximumItemsPerArtifact ?? BuildParameters.defaultPopularityItemCount, minimumCount: 1)
        let candidates = counts.indices.map { UInt32($0) }
        best.offer(candidates.span, &counts)
        var slice = RankedSlice()
        best.drain(into: &slice)
        slice.endRow(0)
        var spool = RankedRowsSpool(values: .counts, scratch: events.scratch)
        try spool.append(slice)
        return try spool.finish(rowKeys: IdentifierList(), candidates: items.identifiers)
    }
}

/// Counts codes, which begin with 1.
private func countItems(_ codes: Span<UInt32>, into counts: consuming MutableSpan<UInt32>) {
    for index in codes.indices { counts[Int(codes[index]) &- 1] &+= 1 }
}

private func add(_ counts: Span<UInt32>, at codes: Span<UInt32>, to total: consuming MutableSpan<UInt32>) {
    for index in counts.indices { total[Int(codes[index])] &+= counts[index] }
}

private func add(_ counts: Span<UInt32>, to total: consuming MutableSpan<UInt32>) {
    for index in counts.indices { total[index] &+= counts[index] }
}
