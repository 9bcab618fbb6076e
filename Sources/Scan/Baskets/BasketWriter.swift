/// Writes baskets one after the other, each item of a session once.
struct BasketWriter {
    /// As in `Baskets`; only the first `end` words are written.
    private(set) var words: [UInt32] = []
    private(set) var end = 0
    /// Number of sessions written.
    private(set) var count = 0
    /// As in `Baskets`; empty unless sessions are to be named.
    private(set) var sessions: [UInt32] = []
    /// For every item of the window the last session that had it, by a number that no other session has.
    private var lastSessions: [UInt32]
    private var session: UInt32 = 0

    private let maximumItemCount: Int
    private let policy: OversizedSessionPolicy
    private let namesSessions: Bool

    init(itemCount: Int, maximumItemCount: Int, policy: OversizedSessionPolicy, namesSessions: Bool) {
        lastSessions = [UInt32](repeating: 0, count: itemCount)
        self.maximumItemCount = maximumItemCount
        self.policy = policy
        self.namesSessions = namesSessions
    }

    /// Forgets what was written, and makes room for so many sessions with so many items together.
    mutating func restart(sessionCount: Int, itemCount: Int) {
        (end, count) = (0, 0)
        sessions.removeAll(keepingCapacity: true)
        if words.count < sessionCount + itemCount {
            words = [UInt32](repeating: 0, count: sessionCount + itemCount)
        }
    }

    /// Writes the distinct items of a session, of which there is at least one.
    ///
    /// - Parameter code: The session's code in the window.
    /// - Returns: Nil, or the number of the distinct items if there are more than the policy lets pass.
    mutating func append(_ items: Span<UInt32>, of code: UInt32) -> Int? {
        session += 1
        let (session, start) = (session, end + 1)
        let count = keepDistinct(items, session, &lastSessions, into: &words, at: start)
        var kept = count
        if count > maximumItemCount {
            switch policy {
            case .fail: return count
            case .drop: return nil
            case .truncate: kept = maximumItemCount
            }
        }
        words[end] = UInt32(kept)
        end += kept + 1
        self.count += 1
        if namesSessions { sessions.append(code) }
        return nil
    }
}

/// Writes the items that the session did not have before; returns how many.
private func keepDistinct(
    _ items: Span<UInt32>, _ session: UInt32, _ lastSessions: inout [UInt32], into words: inout [UInt32], at start: Int,
) -> Int {
    var lastSessions = lastSessions.mutableSpan
    var words = words.mutableSpan
    var end = start
    for index in items.indices {
        let item = items[index]
        if lastSessions[Int(item)] != session {
            lastSessions[Int(item)] = session
            words[end] = item
            end &+= 1
        }
    }
    return end &- start
}
