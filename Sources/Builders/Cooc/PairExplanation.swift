package import Events
import Platform
package import Scan

/// Why an item of a window is a neighbour of another one in cooc, or is not: what is counted of the two, and where the
/// one stands among all neighbours of the other.
package struct PairExplanation: Sendable, Equatable {
    /// Sessions that count for a pair, each once however often it has an item.
    package struct Sessions: Sendable, Equatable {
        package var count = 0
        /// What they weigh together in `asym_shrunk`, where a session counts 1 / sqrt(distinct items - 1); nil in other
        /// scores.
        package var weight: Double?

        package init(count: Int = 0, weight: Double? = nil) {
            self.count = count
            self.weight = weight
        }
    }

    /// What the counts say of the pair.
    package enum Standing: Sendable, Equatable {
        /// No event of the window has the item.
        case itemIsUnknown
        /// No event of the window has the neighbour.
        case neighborIsUnknown
        /// No session that counts has both.
        case apart
        /// Fewer sessions than `min_cooc_support` have both.
        case belowSupport
        /// The two occur together no more often than by chance, and the score is one that only others have.
        case notAssociated
        /// The rank by the score, from 1, among so many neighbours; whether the list is that long does not count here.
        case ranked(rank: Int, neighborCount: Int)
    }

    /// The number of sessions with one of the items or both on a day.
    package struct DayCount: Sendable, Equatable {
        package let day: Day
        package let sessionCount: Int

        package init(day: Day, sessionCount: Int) {
            self.day = day
            self.sessionCount = sessionCount
        }
    }

    /// N: all sessions of the window that count.
    package let sessionCount: Int
    /// a: those with the item.
    package internal(set) var item = Sessions()
    /// b: those with the neighbour.
    package internal(set) var neighbor = Sessions()
    /// c: those with both.
    package internal(set) var both = Sessions()
    /// The score of the pair; nil where there is none: no session has both, or the pair is not associated.
    package internal(set) var score: Double?
    package internal(set) var standing: Standing
    /// How many sessions have both items and, having too many items, do not count as such.
    package internal(set) var oversizedCount = 0
    /// Of the sessions with both, for each day how many have events of one of the items or both on that day: days with
    /// some, ascending. A session that spans days counts on each of them.
    package internal(set) var days: [DayCount] = []

    /// Counts what the builder of cooc counts.
    ///
    /// - Parameters:
    ///   - item: The item whose neighbours are asked about.
    ///   - neighbor: Another item.
    ///   - sessions: The most distinct items that a session may have, and what becomes of one that has more.
    ///   - limits: Of all sessions, items and events.
    ///   - memory: What it may take, which is what the builder of cooc takes.
    /// - Throws: `LimitExceeded`; `MemoryExceeded`; `FormatError` if a block is damaged; `StorageError`;
    ///   `Interruption`.
    package init(
        of neighbor: String, asNeighborOf item: String, in scan: WindowScan, _ parameters: BuildParameters,
        sessions: (maximumItemCount: Int, policy: OversizedSessionPolicy), _ limits: BuildLimits, memory: BuildMemory,
    ) throws {
        precondition(!item.utf8.elementsEqual(neighbor.utf8), "an item is no neighbour of itself")
        let window = try PairWindow(scan, parameters, sessions: sessions, limits, memory: memory)
        sessionCount = window.baskets.count
        let (itemCode, neighborCode) = (window.code(of: item), window.code(of: neighbor))
        if let itemCode { self.item = window.sessions(of: itemCode) }
        if let neighborCode { self.neighbor = window.sessions(of: neighborCode) }
        guard let itemCode else {
            standing = .itemIsUnknown
            return
        }
        guard let neighborCode else {
            standing = .neighborIsUnknown
            return
        }
        let isShared: [Bool]
        (both, isShared) = window.sessions(of: itemCode, and: neighborCode)
        let appearances = try PairAppearances(of: itemCode, neighborCode, in: window)
        days = appearances.counts(ofSessions: isShared)
        oversizedCount = appearances.sharedSessionCount - both.count
        (standing, score) = try window.standing(of: neighborCode, asNeighborOf: itemCode, sharing: both.count)
    }
}
