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

    package init() {
        slots = [UInt64](repeating: 0, count: 256)
        shift = 64 - 8
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
        let hash = Checksum.xxh3(identifier)
        let tag = hash & 0xFFFF_FFFF_0000_0000
        var position = Int(hash >> shift)
        while slots[position] != 0 {
            if slots[position] & 0xFFFF_FFFF_0000_0000 == tag {
                let code = UInt32(truncatingIfNeeded: slots[position]) - 1
                if ByteStrings.compare(identifiers[Int(code)], identifier) == 0 { return code }
            }
            position = (position + 1) & (slots.count - 1)
        }
        let code = UInt32(identifiers.count)
        identifiers.append(identifier)
        slots[position] = tag | UInt64(code + 1)
        if identifiers.count * 2 > slots.count { grow() }
        return code
    }

    /// Makes the table four times as large.
    private mutating func grow() {
        var larger = [UInt64](repeating: 0, count: slots.count * 4)
        shift -= 2
        for slot in slots where slot != 0 {
            var position = Int(slot >> shift)
            while larger[position] != 0 { position = (position + 1) & (larger.count - 1) }
            larger[position] = slot
        }
        slots = larger
    }
}
