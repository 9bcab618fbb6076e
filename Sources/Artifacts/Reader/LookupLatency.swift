import Builders
package import Platform

/// How long look-ups in an opened artifact take, each timed on its own.
package struct LookupLatency: Sendable {
    /// The time of every look-up in nanoseconds, ascending, without the time that looking at the clock takes.
    package let nanoseconds: [UInt64]

    /// Looks up keys, and asks for the score and the id of the first entry of each.
    ///
    /// - Parameters:
    ///   - count: How many keys, at least one.
    ///   - key: Gives out the next key, in time that does not count; keys without a row may be among them.
    /// - Throws: `Interruption`.
    package init(_ reader: ArtifactReader, count: Int, next key: () -> String) throws(Interruption) {
        precondition(count > 0)
        let clockTime = LookupLatency.clockTime
        var nanoseconds: [UInt64] = []
        nanoseconds.reserveCapacity(count)
        for _ in 0..<count {
            try Cancellation.check()
            let key = key()
            let start = MonotonicClock.nanoseconds
            LookupLatency.lookUp(key, in: reader)
            let end = MonotonicClock.nanoseconds
            nanoseconds.append(end - start - min(end - start, clockTime))
        }
        nanoseconds.sort()
        self.nanoseconds = nanoseconds
    }

    /// The time that so large a share of the look-ups needs at most: 0.5 for the median.
    package func quantile(_ share: Double) -> UInt64 {
        nanoseconds[min(nanoseconds.count - 1, Int(Double(nanoseconds.count) * share))]
    }

    /// How many look-ups took less than 1, 2, 4, ... nanoseconds and no less than half of that, from the shortest to
    /// the longest.
    package var histogram: [(below: UInt64, count: Int)] {
        var counts: [Int] = []
        for time in nanoseconds {
            let slot = UInt64.bitWidth - time.leadingZeroBitCount
            counts += [Int](repeating: 0, count: max(0, slot + 1 - counts.count))
            counts[slot] += 1
        }
        let first = counts.firstIndex { $0 > 0 } ?? counts.endIndex
        return (first..<counts.endIndex).map { (1 << UInt64($0), counts[$0]) }
    }

    /// Not inlined, so that nothing of it moves out of the time that is taken.
    @inline(never)
    private static func lookUp(_ key: String, in reader: ArtifactReader) {
        let list: RankedList?
        switch reader.form {
        case .ranking: list = reader.top(n: 1)
        case .neighbors: list = reader.neighbors(of: key)
        case .users: list = reader.items(for: key)
        case .tags: list = reader.tags(of: key)
        }
        guard let first = list?.first else { return }
        // What nobody uses is not made.
        precondition(!first.score.isNaN && !first.id.isEmpty)
    }

    /// What it takes to look at the clock: the least of many times.
    private static var clockTime: UInt64 {
        (0..<1_000).reduce(.max) { least, _ in
            let start = MonotonicClock.nanoseconds
            return min(least, MonotonicClock.nanoseconds - start)
        }
    }
}
