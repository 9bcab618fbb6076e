import Platform

/// Ids, each an opaque string of bytes, one after the other in a single piece of memory.
package struct IdentifierList: Sendable, Equatable {
    /// All ids without anything between them.
    package private(set) var text: [UInt8] = []
    /// For each id the offset in `text` of the byte after it.
    private var ends: [Int] = []

    package init() {}

    /// The ids that `texts` spell, in their order.
    package init(_ texts: some Sequence<String>) {
        for text in texts { append(Array(text.utf8).span) }
    }

    /// The ids that stand one after the other in `text`; nil unless the lengths are positive and add up, and every id
    /// is UTF-8.
    init?(text: [UInt8], lengths: [UInt32]) {
        guard lengths.reduce(0, { $0 + Int($1) }) == text.count, String(validating: text.rawSpan) != nil else {
            return nil
        }
        ends.reserveCapacity(lengths.count)
        var end = 0
        for length in lengths {
            // The whole text is UTF-8; an id is too if it begins where a character does.
            guard length > 0, text[end] & 0xC0 != 0x80 else { return nil }
            end += Int(length)
            ends.append(end)
        }
        self.text = text
    }

    /// Number of ids.
    package var count: Int { ends.count }

    /// How much memory the ids take.
    package var byteCount: Int { text.capacity + ends.capacity * 8 }

    package var isEmpty: Bool { ends.isEmpty }

    package var indices: Range<Int> { ends.indices }

    /// The bytes of the id at `index`.
    package subscript(index: Int) -> Span<UInt8> {
        @_lifetime(borrow self)
        @inline(__always)
        get { text.span.extracting(range(of: index)) }
    }

    /// Length in bytes of the id at `index`.
    package func byteCount(at index: Int) -> Int { range(of: index).count }

    /// The id at `index` as text. Bytes that are no UTF-8, which no file of ours holds, are replaced.
    package func string(at index: Int) -> String {
        String(decoding: text[range(of: index)], as: UTF8.self)
    }

    /// The bytes of the ids at `indices`, which is not empty, without anything between them.
    package func text(of indices: Range<Int>) -> [UInt8] {
        Array(text[range(of: indices.lowerBound).lowerBound..<range(of: indices.upperBound - 1).upperBound])
    }

    /// Makes room for so many ids with so many bytes together.
    package mutating func reserveCapacity(count: Int, byteCount: Int) {
        ends.reserveCapacity(count)
        text.reserveCapacity(byteCount)
    }

    /// Adds an id at the end.
    package mutating func append(_ identifier: Span<UInt8>) {
        text.append(contentsOf: identifier)
        ends.append(text.count)
    }

    /// Adds all ids of another list at the end.
    package mutating func append(contentsOf other: IdentifierList) {
        let offset = text.count
        text += other.text
        ends += other.ends.map { $0 + offset }
    }

    /// Removes all ids and keeps the memory for others.
    package mutating func removeAll() {
        text.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }

    /// The ids at `indices`, in that order.
    package func selecting(_ indices: [UInt32]) -> IdentifierList {
        let ranges = indices.map { range(of: Int($0)) }
        var selection = IdentifierList()
        selection.text = ByteStrings.joined(ranges, of: text.span)
        selection.ends.reserveCapacity(indices.count)
        var end = 0
        for range in ranges {
            end &+= range.count
            selection.ends.append(end)
        }
        return selection
    }

    /// True if each id stands after the one before it, which rules out duplicates.
    package var isStrictlyAscending: Bool { firstMisplaced == nil }

    /// The index of the first id that does not stand after the one before it; nil if there is none.
    package var firstMisplaced: Int? {
        guard count > 1 else { return nil }
        for index in 1..<count where ByteStrings.compare(self[index - 1], self[index]) >= 0 { return index }
        return nil
    }

    /// The index of an id in an ascending list, or nil if it is not there. Takes time logarithmic in the count.
    package func index(ofSorted identifier: Span<UInt8>) -> Int? {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            let order = ByteStrings.compare(self[middle], identifier)
            if order == 0 { return middle }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    private func range(of index: Int) -> Range<Int> {
        (index == 0 ? 0 : ends[index - 1])..<ends[index]
    }
}
