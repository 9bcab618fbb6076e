import Columns

/// Decides which rows of a merge are kept: of every distinct event as many as the side has that has more of it, the
/// events of the store or those of the runs.
///
/// Rows come in the order of a partition, so equal events are among the rows of equal user, session of those without
/// one, and time; of these the rows of the store come first.
struct MultisetRule {
    private let order: RowOrder
    private var group: RowKey?
    /// The events of the store in the group that no event of a run has been matched with.
    private var spare: [EventIdentity: Int] = [:]
    /// Those events, while no row of a run has asked for them.
    private var stored: [EventIdentity] = []

    init(_ order: RowOrder) {
        self.order = order
    }

    /// True if the row is to be kept.
    mutating func keeps(_ row: Int, of batch: MergeBatch, isStored: Bool) -> Bool {
        let key = batch.key(row)
        if group.map({ order.compareIgnoringArrival($0, key) != 0 }) ?? true {
            group = key
            stored.removeAll(keepingCapacity: true)
            if !spare.isEmpty { spare.removeAll() }
        }
        let identity = EventIdentity(batch, row)
        if isStored {
            stored.append(identity)
            return true
        }
        for identity in stored { spare[identity, default: 0] += 1 }
        stored.removeAll(keepingCapacity: true)
        guard let count = spare[identity], count > 0 else { return true }
        spare[identity] = count - 1
        return false
    }
}

/// All that makes an event what it is, as codes of the unions.
private struct EventIdentity: Hashable {
    private let codes: SIMD4<UInt32>
    private let nanosecondOfDay: UInt64
    private let rank: UInt32

    init(_ batch: MergeBatch, _ row: Int) {
        codes = SIMD4(batch.users[row], batch.sessions[row], batch.requests[row], batch.items[row])
        nanosecondOfDay = batch.nanosecondsOfDay[row]
        rank = batch.ranks[row]
    }
}
