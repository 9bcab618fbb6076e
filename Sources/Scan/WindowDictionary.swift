import Columns

/// Brings the dictionaries of many partitions together.
enum WindowDictionary {
    /// The distinct ids of all lists, and for each list a map from its codes to theirs. Code 0, no id, stays 0.
    static func unite(
        _ lists: [IdentifierList], order: WindowColumn.Order,
    ) -> (identifiers: IdentifierList, codeMaps: [[UInt32]]) {
        var interner = IdentifierInterner()
        var codeMaps = lists.map { list in [0] + interner.codes(for: list).map { $0 + 1 } }
        guard order == .bytes else { return (interner.identifiers, codeMaps) }
        let byteOrder = interner.identifiers.orderByBytes()
        var ranks = [UInt32](repeating: 0, count: byteOrder.count + 1)
        for (rank, index) in byteOrder.enumerated() { ranks[Int(index) + 1] = UInt32(rank + 1) }
        for index in codeMaps.indices { codeMaps[index] = codeMaps[index].map { ranks[Int($0)] } }
        return (interner.identifiers.selecting(byteOrder), codeMaps)
    }
}
