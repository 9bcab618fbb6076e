import Columns
import Events
import Platform
import Scan

/// popularity: exposures per item, most first; of equals the lower id first.
///
/// On request the distinct sessions or users with an exposure are counted instead, or exposures weigh less the longer
/// ago they are.
enum PopularityBuilder: KindBuilder {
    static let kinds: [ArtifactKind] = [.popularity]

    static func memoryNeed(_ counts: WindowCounts, _ parameters: BuildParameters) -> MemoryNeed {
        var need: MemoryNeed
        switch parameters.popularityUnit {
        case .events: return .items(counts)
        case .sessions: need = .baskets(counts)
        case .users: need = .users(counts)
        }
        need.perThread += 4 * counts.itemCount
        return need
    }

    static func shapingParameters(_ parameters: BuildParameters, _: BuildLimits) -> [ArtifactParameter?] {
        let unit = parameters.popularityUnit
        return [
            ArtifactParameter("max_items_per_artifact", parameters.popularityItemCount),
            unit == .events ? nil : ArtifactParameter("unit", unit.rawValue),
            parameters.popularityHalfLifeDayCount.map { ArtifactParameter("half_life_days", $0) },
        ]
    }

    static func build(
        _: [ArtifactKind], _ events: WindowEvents, _ parameters: BuildParameters,
    ) throws -> [RankedRows] {
        [try build(events, parameters)]
    }

    private static func build(_ events: WindowEvents, _ parameters: BuildParameters) throws -> RankedRows {
        let limit = parameters.popularityItemCount
        guard let dayCount = parameters.popularityHalfLifeDayCount else {
            return try events.ranking(counts(events, parameters), limit: limit)
        }
        let scores = try weights(events, HalfLife(dayCount: dayCount, lastDay: events.scan.window.end))
        return try events.ranking(scores, limit: limit)
    }

    /// For every item of the window what is counted of it.
    private static func counts(_ events: WindowEvents, _ parameters: BuildParameters) throws -> [UInt32] {
        let plan = try events.memory.plan(.popularity, events.counts, of: events.scan, parameters)
        switch parameters.popularityUnit {
        case .events: return try exposures(events, threadCount: plan.threadCount)
        case .sessions:
            // A session of any size counts one.
            return try events.baskets(maximumItemCount: .max, policy: .fail)
                .sessionCounts(itemCount: events.items.count, threadCount: plan.threadCount)
        case .users: return try users(events, plan)
        }
    }

    private static func users(_ events: WindowEvents, _ plan: MemoryPlan) throws -> [UInt32] {
        var counts = [UInt32](repeating: 0, count: events.items.count)
        try events.histories().forEachInOrder(
            sliceByteCount: plan.sliceByteCount, threadCount: plan.threadCount,
            makeState: { DistinctItems(itemCount: events.items.count) },
            produce: { distinct, histories in distinct.replace(with: histories) },
            consume: { distinct in for item in distinct.items { counts[Int(item)] += 1 } })
        return counts
    }

    private static func exposures(_ events: WindowEvents, threadCount: Int) throws -> [UInt32] {
        let (items, scan) = (events.items, events.scan)
        let parts = try Parallel.map(
            count: threadCount, threadCount: threadCount, makeState: { Zstandard() },
            { zstandard, thread in
                var counts = [UInt32](repeating: 0, count: items.count)
                for index in stride(from: thread, to: scan.partitions.count, by: threadCount) {
                    let local = try histogram(scan.partitions[index], zstandard)
                    add(local.span, at: items.codes(ofPartition: index), to: counts.mutableSpan)
                }
                return counts
            })
        return parts.sums
    }

    /// For every item of the window the weights of its exposures. They are added up in the order of the days, so that
    /// the sums are the same however many threads read.
    private static func weights(_ events: WindowEvents, _ halfLife: HalfLife) throws -> [Double] {
        let (items, scan) = (events.items, events.scan)
        var sums = [Double](repeating: 0, count: items.count)
        try Parallel.forEachInOrder(
            count: scan.partitions.count, threadCount: scan.threadCount,
            makeState: { (index: 0, counts: [UInt32](), zstandard: Zstandard()) },
            produce: { state, index in
                state.index = index
                state.counts = try histogram(scan.partitions[index], state.zstandard)
            },
            consume: { state in
                let weight = halfLife.weight(of: scan.partitions[state.index].statistics.key.day)
                let counts = state.counts
                add(counts.span, at: items.codes(ofPartition: state.index), times: weight, to: sums.mutableSpan)
            })
        return sums
    }

    /// For every item of a partition's dictionary its exposures.
    private static func histogram(_ partition: PartitionReader, _ zstandard: Zstandard) throws -> [UInt32] {
        var counts = [UInt32](repeating: 0, count: partition.statistics.itemCount)
        let codes = try partition.codes(.item, using: zstandard)
        count(codes.span, into: counts.mutableSpan)
        return counts
    }
}

/// Counts codes, which begin with 1.
private func count(_ codes: Span<UInt32>, into counts: consuming MutableSpan<UInt32>) {
    for index in codes.indices { counts[Int(codes[index]) &- 1] &+= 1 }
}

private func add(_ counts: Span<UInt32>, at codes: Span<UInt32>, to total: consuming MutableSpan<UInt32>) {
    for index in counts.indices { total[Int(codes[index])] &+= counts[index] }
}

private func add(
    _ counts: Span<UInt32>, at codes: Span<UInt32>, times weight: Double, to total: consuming MutableSpan<Double>,
) {
    for index in counts.indices { total[Int(codes[index])] += Double(counts[index]) * weight }
}
