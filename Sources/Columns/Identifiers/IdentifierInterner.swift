import Platform

/// Gives every distinct id a code, from 0 upwards in the order of first appearance.
package struct IdentifierInterner: Sendable {
    /// The distinct ids; an id's index is its code.
    package private(set) var identifiers = IdentifierList()
    /// A hash table with linear probing. The upper half of a slot is the upper half of an id's hash, whose first bits
    /// say where the search for it begins; the lower half is the id's code plus 1. 0 is free.
    private var slots: [UInt64]
    /// What is left of a hash to begin the search: 64 minus the binary logarithm of the number of slots.
    private var shift: UInt64

    /// The code that was given last, most often the next one too: events come in sessions.
    private var latest: UInt32 = 0

    package init() {
        slots = [UInt64](repeating: 0, count: 16)
        shift = 64 - 4
    }

    /// The codes of all ids of a list, in its order.
    package mutating func codes(for list: IdentifierList) -> [UInt32] {
        var codes: [UInt32] = []
        codes.reserveCapacity(list.count)
        for index in list.indices { codes.append(code(for: list[index])) }
        return codes
    }

    /// How much memory the ids and the table take.
    package var byteCount: Int { identifiers.byteCount + slots.count * 8 }

    /// Number of distinct ids.
    package var count: Int { identifiers.count }

    /// The code of `identifier`, a new one if it was not met before.
    package mutating func code(for identifier: Span<UInt8>) -> UInt32 {
        if !identifiers.isEmpty, ByteStrings.areEqual(identifiers[Int(latest)], identifier) { return latest }
        latest = search(for: identifier)
        return latest
    }

    /// True if the table is so large that a search most often waits for memory. Fetching ahead does not pay before.
    package var isLarge: Bool { slots.count > 1 << 15 }

    /// Begins to fetch what a search for `identifier` looks at first.
    @inline(__always)
    package func prefetchSlot(of identifier: Span<UInt8>) {
        slots.span.prefetch(at: Int(truncatingIfNeeded: ByteStrings.hash(identifier) &>> shift))
    }

    private mutating func search(for identifier: Span<UInt8>) -> UInt32 {
        let hash = ByteStrings.hash(identifier)
        let tag = hash & 0xFFFF_FFFF_0000_0000
        let mask = slots.count &- 1
        var position = Int(truncatingIfNeeded: hash &>> shift)
        while case let slot = slots[position], slot != 0 {
            if slot & 0xFFFF_FFFF_0000_0000 == tag {
                let code = UInt32(truncatingIfNeeded: slot) &- 1
                if ByteStrings.areEqual(identifiers[Int(code)], identifier) { return code }
            }
            position = (position &+ 1) & mask
        }
        let code = UInt32(identifiers.count)
        identifiers.append(identifier)
        slots[position] = tag | UInt64(code + 1)
        if identifiers.count * 4 > slots.count * 3 { grow() }
        return code
    }

    /// Makes the table twice as large.
    private mutating func grow() {
        var larger = [UInt64](repeating: 0, count: slots.count * 2)
        shift -= 1
        let mask = larger.count &- 1
        for slot in slots where slot != 0 {
            var position = Int(truncatingIfNeeded: slot &>> shift)
            while larger[position] != 0 { position = (position &+ 1) & mask }
            larger[position] = slot
        }
        slots = larger
    }
}
