import Columns
import Platform
import Scan

/// The sessions of a window, counted as the builder of cooc counts them, for questions about single items.
struct PairWindow {
    let scan: WindowScan
    let items: WindowDictionary
    let sessions: WindowDictionary
    /// With the session that each basket is of.
    let baskets: Baskets
    private let parameters: BuildParameters
    /// Per item its sessions.
    private let sessionCounts: [UInt32]
    /// Per item what its sessions weigh; nil where sessions have no weights.
    private let weightSums: [UInt64]?

    /// - Throws: As `PairExplanation`.
    init(
        _ scan: WindowScan, _ parameters: BuildParameters,
        sessions limit: (maximumItemCount: Int, policy: OversizedSessionPolicy), _ limits: BuildLimits,
        memory: BuildMemory,
    ) throws {
        let events = try WindowEvents(scan, limits: limits, memory: memory, scratch: .memory)
        // The names of the sessions fit in what is kept free for results, of which there are none.
        let plan = try memory.plan(.cooc, events.counts, of: scan, parameters)
        self.scan = scan
        self.parameters = parameters
        items = events.items
        sessions = try events.sessions()
        baskets = try events.baskets(
            of: sessions, maximumItemCount: limit.maximumItemCount, policy: limit.policy, namesSessions: true)
        sessionCounts = try baskets.sessionCounts(itemCount: items.count, threadCount: plan.threadCount)
        weightSums =
            parameters.coocScore == .asymShrunk
            ? try baskets.weightSums(itemCount: items.count, threadCount: plan.threadCount) : nil
    }

    /// The code of an item, or nil if no event has it.
    func code(of item: String) -> Int? {
        let bytes = Array(item.utf8)
        return items.identifiers.index(ofSorted: bytes.span)
    }

    /// The sessions with an item.
    func sessions(of item: Int) -> PairExplanation.Sessions {
        PairExplanation.Sessions(
            count: Int(sessionCounts[item]), weight: weightSums.map { SessionWeight.value(ofSum: $0[item]) })
    }

    /// The sessions with two items, and for every session of the window whether it is one of them.
    func sessions(of item: Int, and other: Int) -> (sessions: PairExplanation.Sessions, isShared: [Bool]) {
        var isShared = [Bool](repeating: false, count: sessions.count)
        var (count, weight): (Int, UInt64) = (0, 0)
        let words = baskets.words
        var start = 0
        for session in baskets.sessions {
            let basket = words[(start + 1)...].prefix(Int(words[start]))
            if basket.contains(UInt32(item)), basket.contains(UInt32(other)) {
                isShared[Int(session)] = true
                count += 1
                weight += SessionWeight.fixedPoint(itemCount: basket.count)
            }
            start = basket.endIndex
        }
        let value = weightSums == nil ? nil : SessionWeight.value(ofSum: weight)
        return (PairExplanation.Sessions(count: count, weight: value), isShared)
    }

    /// Where an item stands among the neighbours of another one, by the same code that ranks them for artifacts.
    ///
    /// - Parameter count: How many sessions have both.
    func standing(
        of neighbor: Int, asNeighborOf item: Int, sharing count: Int,
    ) throws -> (PairExplanation.Standing, score: Double?) {
        if count == 0 { return (.apart, nil) }
        if count < parameters.minimumCoocSupport {
            return (.belowSupport, try place(of: neighbor, amongNeighborsOf: item, minimumSupport: 1)?.score)
        }
        let support = parameters.minimumCoocSupport
        guard let place = try place(of: neighbor, amongNeighborsOf: item, minimumSupport: support) else {
            return (.notAssociated, nil)
        }
        return (.ranked(rank: place.rank, neighborCount: place.neighborCount), place.score)
    }

    /// The place of an item among all neighbours of another one; nil if it is none of them.
    private func place(
        of neighbor: Int, amongNeighborsOf item: Int, minimumSupport: Int,
    ) throws -> (rank: Int, neighborCount: Int, score: Double)? {
        let index = BasketIndex(baskets, items: item..<item + 1, counts: sessionCounts)
        var parameters = parameters
        parameters.minimumCoocSupport = minimumSupport
        parameters.maximumNeighborsPerItem = max(1, neighborCount(index.sessions))
        let scoring = try NeighborScoring(
            parameters.coocScore, baskets, sessionCounts: sessionCounts, threadCount: scan.threadCount)
        var ranker = scoring.makeRanker(itemCount: items.count, parameters)
        var slice = RankedSlice()
        ranker.rank(UInt32(item), index.sessions.span, baskets.words.span, into: &slice)
        guard let place = slice.members.firstIndex(of: UInt32(neighbor)) else { return nil }
        let score = slice.scores.isEmpty ? Double(slice.counts[place]) : slice.scores[place]
        return (place + 1, slice.members.count, score)
    }

    /// How many distinct items some sessions have.
    ///
    /// - Parameter starts: Where their baskets begin.
    private func neighborCount(_ starts: [UInt32]) -> Int {
        var isMet = [Bool](repeating: false, count: items.count)
        for start in starts {
            for item in baskets.words[(Int(start) + 1)...].prefix(Int(baskets.words[Int(start)])) {
                isMet[Int(item)] = true
            }
        }
        return isMet.count { $0 }
    }
}
