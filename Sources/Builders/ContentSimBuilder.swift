import Columns
package import Events
package import Platform
package import SystemPackage

/// content_sim: the tags of the catalog's items, by item. Items of another namespace and without tags are left out.
package enum ContentSimBuilder {
    /// - Throws: `CatalogError` at the first row that is malformed or names an item again; `StorageError`.
    package static func build(catalog: FilePath, surface: PathSegment, scratch: ScratchSpace) throws -> RankedRows {
        var lines: [[UInt8]: Int] = [:]
        var items: [CatalogItem] = []
        try CatalogReader.read(catalog) { item, line in
            guard item.belongs(to: surface), !item.tags.isEmpty else { return }
            if let earlier = lines.updateValue(line, forKey: Array(item.id.utf8)) {
                throw CatalogError(
                    place: "\(catalog):\(line)", reason: "item \"\(item.id)\" is on line \(earlier) already")
            }
            items.append(item)
        }
        return try rows(of: items, scratch)
    }

    private static func rows(of items: [CatalogItem], _ scratch: ScratchSpace) throws -> RankedRows {
        let keys = IdentifierList(items.map(\.id))
        let order = keys.orderByBytes()
        var tags = IdentifierInterner()
        let tagsOfItems = items.map { tags.codes(for: IdentifierList($0.tags)) }
        let tagOrder = tags.identifiers.orderByBytes()
        var ranks = [UInt32](repeating: 0, count: tagOrder.count)
        for (rank, tag) in tagOrder.enumerated() { ranks[Int(tag)] = UInt32(rank) }
        var slice = RankedSlice()
        for (row, index) in order.enumerated() {
            for tag in tagsOfItems[Int(index)] { slice.append(ranks[Int(tag)]) }
            slice.endRow(row)
        }
        var spool = RankedRowsSpool(values: .none, scratch: scratch)
        try spool.append(slice)
        return try spool.finish(
            rowKeys: keys.selecting(order), candidates: tags.identifiers.selecting(tagOrder))
    }
}
