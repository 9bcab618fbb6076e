/// A column of ids: a dictionary of the distinct ones, and per row a code into it.
package struct CodedColumn: Sendable, Equatable {
    /// The distinct ids, in any order.
    package var dictionary: IdentifierList
    /// Per row 0 where there is no id, else the index of the id in the dictionary plus 1.
    package var codes: [UInt32]

    package init(dictionary: IdentifierList = IdentifierList(), codes: [UInt32] = []) {
        self.dictionary = dictionary
        self.codes = codes
    }

    /// The same column with the ids that occur, in the order in which they first occur.
    package func inOrderOfAppearance() -> CodedColumn {
        if dictionary.isEmpty { return self }
        var newCodes = [UInt32](repeating: 0, count: dictionary.count + 1)
        var order: [UInt32] = []
        order.reserveCapacity(dictionary.count)
        var previous: UInt32 = 0
        for code in codes where code != previous {
            previous = code
            if code == 0 || newCodes[Int(code)] != 0 { continue }
            order.append(code - 1)
            newCodes[Int(code)] = UInt32(order.count)
        }
        return CodedColumn(dictionary: dictionary.selecting(order), codes: gather(newCodes.span, at: codes.span))
    }

    /// The same column with the dictionary in ascending order of bytes. Ids that do not occur are dropped.
    package func inByteOrder() -> CodedColumn {
        let column = withoutUnusedIdentifiers()
        return column.reordered(column.dictionary.orderByBytes())
    }

    /// The same column with the dictionary in ascending order of lengths, then of bytes. Ids that do not occur are
    /// dropped.
    package func inLengthOrder() -> CodedColumn {
        let column = withoutUnusedIdentifiers()
        return column.reordered(column.dictionary.orderByLength())
    }

    /// True if the rows of each id stand together, rows without an id left aside.
    package var isClustered: Bool {
        if dictionary.isEmpty { return true }
        var isMet = [Bool](repeating: false, count: dictionary.count + 1)
        var previous: UInt32 = 0
        for code in codes where code != previous && code != 0 {
            if isMet[Int(code)] { return false }
            isMet[Int(code)] = true
            previous = code
        }
        return true
    }

    private func withoutUnusedIdentifiers() -> CodedColumn {
        if dictionary.isEmpty { return self }
        return usedCount(codes.span, of: dictionary.count) == dictionary.count ? self : inOrderOfAppearance()
    }

    /// The same column with the ids of the dictionary in another order.
    private func reordered(_ order: [UInt32]) -> CodedColumn {
        if order.isEmpty { return self }
        var newCodes = [UInt32](repeating: 0, count: dictionary.count + 1)
        for (rank, index) in order.enumerated() { newCodes[Int(index) + 1] = UInt32(rank + 1) }
        return CodedColumn(dictionary: dictionary.selecting(order), codes: gather(newCodes.span, at: codes.span))
    }
}

/// How many of the codes from 1 to `count` occur.
private func usedCount(_ codes: Span<UInt32>, of count: Int) -> Int {
    var isUsed = [Bool](repeating: false, count: count + 1)
    var marks = isUsed.mutableSpan
    for index in codes.indices { marks[Int(codes[index])] = true }
    var used = 0
    for code in 1..<(count + 1) where marks[code] { used &+= 1 }
    return used
}
