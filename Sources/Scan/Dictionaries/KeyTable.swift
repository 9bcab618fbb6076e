/// Where each key of a shard was met first: a hash table with linear probing.
struct KeyTable {
    private var slots: [KeySlot]
    private var count = 0
    private let shardBitCount: Int

    init(shardBitCount: Int) {
        self.shardBitCount = shardBitCount
        slots = [KeySlot](repeating: .free, count: 64)
    }

    /// Looks up keys, adds those that are new, and appends to `result` for each where it was met first.
    ///
    /// - Parameters:
    ///   - indices: For each key its index in its dictionary.
    ///   - base: What an index is to be added to: the number of ids in all dictionaries before this one. The sums are
    ///     less than 2^32 - 1.
    mutating func firstPositions(
        of keys: Span<IdentifierKey>, indices: Span<UInt32>, base: UInt32, appendingTo result: inout [UInt32],
    ) {
        reserve(keys.count)
        let start = result.count
        result += repeatElement(0, count: keys.count)
        var target = result.mutableSpan
        let shardBitCount = shardBitCount
        count += lookUp(
            keys, indices, base: base, in: slots.mutableSpan, shardBitCount: shardBitCount,
            into: target._mutatingExtracting(start...))
    }

    /// Makes room for so many more keys, with a quarter of the slots to spare.
    private mutating func reserve(_ added: Int) {
        var capacity = slots.count
        while (count + added) * 4 > capacity * 3 { capacity *= 2 }
        guard capacity > slots.count else { return }
        var larger = [KeySlot](repeating: .free, count: capacity)
        move(slots.span, to: larger.mutableSpan, shardBitCount: shardBitCount)
        slots = larger
    }
}

private struct KeySlot: BitwiseCopyable {
    var key: IdentifierKey
    /// Where the key was met first, plus 1; 0 if the slot is free.
    var position: UInt32

    static let free = KeySlot(key: IdentifierKey(low: 0, high: 0), position: 0)
}

/// Where the search for a hash begins: its bits behind those that chose the shard.
@inline(__always)
private func firstSlot(_ hash: UInt64, _ shardBitCount: Int, slotCount: Int) -> Int {
    Int(truncatingIfNeeded: (hash &<< UInt64(shardBitCount)) &>> UInt64(64 &- slotCount.trailingZeroBitCount))
}

/// Returns how many keys were new.
private func lookUp(
    _ keys: Span<IdentifierKey>, _ indices: Span<UInt32>, base: UInt32, in slots: consuming MutableSpan<KeySlot>,
    shardBitCount: Int, into result: consuming MutableSpan<UInt32>,
) -> Int {
    let mask = slots.count &- 1
    var added = 0
    for index in keys.indices {
        let key = keys[index]
        var slot = firstSlot(key.hash, shardBitCount, slotCount: slots.count)
        while slots[slot].position != 0, slots[slot].key != key { slot = (slot &+ 1) & mask }
        if slots[slot].position == 0 {
            slots[slot] = KeySlot(key: key, position: base &+ indices[index] &+ 1)
            added &+= 1
        }
        result[index] = slots[slot].position &- 1
    }
    return added
}

private func move(_ slots: Span<KeySlot>, to larger: consuming MutableSpan<KeySlot>, shardBitCount: Int) {
    let mask = larger.count &- 1
    for index in slots.indices where slots[index].position != 0 {
        var slot = firstSlot(slots[index].key.hash, shardBitCount, slotCount: larger.count)
        while larger[slot].position != 0 { slot = (slot &+ 1) & mask }
        larger[slot] = slots[index]
    }
}
