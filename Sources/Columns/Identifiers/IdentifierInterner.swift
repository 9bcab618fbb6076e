import Platform

/// Gives every distinct id a code, from 0 upwards in the order of first appearance.
package struct IdentifierInterner: Sendable {
    /// The distinct ids; an id's index is its code.
    package private(set) var identifiers = IdentifierList()
    /// A hash table with linear probing. The first bits of an id's hash say where the search for it begins.
    private var slots: [Slot]
    /// What is left of the upper half of a hash to begin the search: 32 minus the binary logarithm of the number of
    /// slots.
    private var shift: UInt32

    /// A place of the table. It says where the id's text is, so that a search has one cache miss less.
    private struct Slot {
        /// The upper half of the id's hash.
        var tag: UInt32 = 0
        /// The id's code plus 1; 0 where the place is free.
        var number: UInt32 = 0
        /// Where the text begins, above the 30 bits of its length.
        var place: UInt64 = 0

        var start: Int { Int(truncatingIfNeeded: place &>> 30) }
        var byteCount: Int { Int(truncatingIfNeeded: place & (1 << 30 - 1)) }
    }

    /// The code that was given last, most often the next one too: events come in sessions.
    private var latest: UInt32 = 0

    package init() {
        slots = [Slot](repeating: Slot(), count: 16)
        shift = 32 - 4
    }

    /// The codes of all ids of a list, in its order.
    package mutating func codes(for list: IdentifierList) -> [UInt32] {
        var codes: [UInt32] = []
        codes.reserveCapacity(list.count)
        for index in list.indices { codes.append(code(for: list[index])) }
        return codes
    }

    /// How much memory the ids and the table take.
    package var byteCount: Int { identifiers.byteCount + slots.count * MemoryLayout<Slot>.stride }

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
        slots.span.prefetch(at: home(of: tag(of: identifier)))
    }

    /// Begins to fetch what a search for `identifier` looks at after that.
    @inline(__always)
    package func prefetchText(of identifier: Span<UInt8>) {
        let tag = tag(of: identifier)
        let slot = slots[home(of: tag)]
        if slot.number != 0, slot.tag == tag { identifiers.prefetchText(at: slot.start) }
    }

    private mutating func search(for identifier: Span<UInt8>) -> UInt32 {
        let tag = tag(of: identifier)
        let mask = slots.count &- 1
        var position = home(of: tag)
        while case let slot = slots[position], slot.number != 0 {
            if slot.tag == tag, slot.byteCount == identifier.count {
                let text = identifiers.text(at: slot.start, byteCount: slot.byteCount)
                if ByteStrings.areEqual(text, identifier) { return slot.number &- 1 }
            }
            position = (position &+ 1) & mask
        }
        let code = UInt32(identifiers.count)
        let place = UInt64(identifiers.text.count) << 30 | UInt64(identifier.count)
        identifiers.append(identifier)
        slots[position] = Slot(tag: tag, number: code + 1, place: place)
        if identifiers.count * 4 > slots.count * 3 { grow() }
        return code
    }

    @inline(__always)
    private func tag(of identifier: Span<UInt8>) -> UInt32 {
        UInt32(truncatingIfNeeded: ByteStrings.hash(identifier) &>> 32)
    }

    /// Where the search for an id begins.
    @inline(__always)
    private func home(of tag: UInt32) -> Int {
        Int(truncatingIfNeeded: tag &>> shift)
    }

    /// Makes the table twice as large.
    private mutating func grow() {
        var larger = [Slot](repeating: Slot(), count: slots.count * 2)
        shift -= 1
        let mask = larger.count &- 1
        for slot in slots where slot.number != 0 {
            var position = home(of: slot.tag)
            while larger[position].number != 0 { position = (position &+ 1) & mask }
            larger[position] = slot
        }
        slots = larger
    }
}
