import Columns
import Platform

/// Finds rows by their keys, in a time that does not depend on how many there are.
///
/// A search has to wait for memory three times as a rule: for a slot, for the row, and for the text of its key. Takes
/// 30 to 36 bytes a row beside the text.
struct RowIndex: Sendable {
    /// All that a search needs of a row, side by side.
    private struct Row {
        /// Where the key begins in the text.
        let keyStart: Int
        let keyByteCount: UInt32
        /// The lower half of the key's hash.
        let hash: UInt32
        let firstEntry: UInt32
        let entryCount: UInt32
    }

    /// All keys without anything between them.
    private let text: [UInt8]
    private let rows: [Row]
    /// A hash table with linear probing of the numbers of rows; `free` where there is none. The first bits of a hash
    /// say where the search for it begins.
    private let slots: [UInt32]
    /// What is left of a hash to begin the search: 64 minus the binary logarithm of the number of slots.
    private let shift: UInt64

    private static let free = UInt32.max

    /// - Parameters:
    ///   - keys: No two of them equal; none where rows have no keys.
    ///   - lengths: Per row the number of its entries.
    init(_ keys: IdentifierList, lengths: [UInt32]) {
        var rows: [Row] = []
        rows.reserveCapacity(keys.count)
        var hashes: [UInt64] = []
        hashes.reserveCapacity(keys.count)
        var (keyStart, firstEntry) = (0, UInt32(0))
        for index in keys.indices {
            let hash = ByteStrings.hash(keys[index])
            let byteCount = keys.byteCount(at: index)
            hashes.append(hash)
            rows.append(
                Row(
                    keyStart: keyStart, keyByteCount: UInt32(byteCount), hash: UInt32(truncatingIfNeeded: hash),
                    firstEntry: firstEntry, entryCount: lengths[index]))
            keyStart += byteCount
            // The lengths add up to the number of entries, which fits.
            firstEntry += lengths[index]
        }
        // At most two thirds are in use, so that searches are short and come to an end.
        let bitCount = UInt64(max(4, Int.bitWidth - (keys.count + keys.count / 2).leadingZeroBitCount))
        shift = 64 - bitCount
        slots = table(of: hashes.span, shift: shift, free: RowIndex.free)
        text = keys.text
        self.rows = rows
    }

    /// Number of rows with keys.
    var count: Int { rows.count }

    /// The key of a row.
    func key(ofRow index: Int) -> String {
        let row = rows[index]
        return String(decoding: text[row.keyStart..<row.keyStart + Int(row.keyByteCount)], as: UTF8.self)
    }

    /// The places of the entries of the row with that key, or nil if there is none.
    func entries(of key: Span<UInt8>) -> Range<Int>? {
        let hash = ByteStrings.hash(key)
        let (slots, rows) = (slots.span, rows.span)
        let mask = slots.count &- 1
        var position = Int(truncatingIfNeeded: hash &>> shift)
        while case let slot = slots[position], slot != RowIndex.free {
            let row = rows[Int(slot)]
            if row.hash == UInt32(truncatingIfNeeded: hash), Int(row.keyByteCount) == key.count {
                let candidate = text.span.extracting(row.keyStart..<row.keyStart &+ key.count)
                if ByteStrings.areEqual(candidate, key) {
                    return Int(row.firstEntry)..<Int(row.firstEntry) &+ Int(row.entryCount)
                }
            }
            position = (position &+ 1) & mask
        }
        return nil
    }
}

private func table(of hashes: Span<UInt64>, shift: UInt64, free: UInt32) -> [UInt32] {
    var slots = [UInt32](repeating: free, count: 1 << Int(64 - shift))
    var table = slots.mutableSpan
    let mask = table.count &- 1
    for index in hashes.indices {
        var position = Int(truncatingIfNeeded: hashes[index] &>> shift)
        while table[position] != free { position = (position &+ 1) & mask }
        table[position] = UInt32(index)
    }
    return slots
}
