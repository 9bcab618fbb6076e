import Platform

extension IdentifierList {
    /// The indices of the ids in ascending order of their bytes; equal ids keep their order.
    package func orderByBytes() -> [UInt32] {
        let start = sharedPrefixByteCount
        let keys = indices.map { prefix(at: $0, from: start) }
        return RadixOrder.indices(keys, orderingEqualKeys: compare)
    }

    /// The indices of the ids in ascending order of their lengths, then of their bytes; equal ids keep their order.
    ///
    /// Of numbers this is the numeric order, whose differences are small.
    package func orderByLength() -> [UInt32] {
        let start = sharedPrefixByteCount
        let keys = indices.map { index in
            let length = byteCount(at: index)
            // Of longer ids the comparison decides: their lengths do not fit beside a prefix.
            guard length < 255 else { return UInt64(255) << 56 }
            // Behind the end any byte will do, as ids of different lengths are told apart: a digit, for numbers differ
            // from it in four bits only.
            let padding: UInt64 = length - start < 8 ? 0x3030_3030_3030_3030 >> UInt64((length - start) * 8) : 0
            return UInt64(length) << 56 | (prefix(at: index, from: start) | padding) >> 8
        }
        return RadixOrder.indices(keys) { left, right in
            let difference = byteCount(at: Int(left)) - byteCount(at: Int(right))
            return difference != 0 ? difference : compare(left, right)
        }
    }

    private func compare(_ left: UInt32, _ right: UInt32) -> Int {
        ByteStrings.compare(self[Int(left)], self[Int(right)])
    }

    /// The eight bytes from `start` on as a number that sorts as they do.
    private func prefix(at index: Int, from start: Int) -> UInt64 {
        let identifier = self[index]
        return ByteStrings.prefix(identifier.extracting(start..<identifier.count))
    }

    /// The number of bytes that all ids begin with: ids that count up, as those of the sessions of a day often do, then
    /// differ within the eight bytes of a key.
    private var sharedPrefixByteCount: Int {
        guard !isEmpty else { return 0 }
        let first = self[0]
        var count = first.count
        for index in indices {
            if count == 0 { break }
            let identifier = self[index]
            var shared = 0
            while shared < min(count, identifier.count), identifier[shared] == first[shared] { shared &+= 1 }
            count = shared
        }
        return count
    }
}
