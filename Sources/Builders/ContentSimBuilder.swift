import Columns
package import Events
import Platform
package import SystemPackage

/// content_sim: the tags of the catalog's items, by item. Items of another namespace and without tags are left out.
package enum ContentSimBuilder {
    /// - Throws: `CatalogError` at the first row that is malformed or names an item again; `StorageError`.
    package static func build(catalog: FilePath, surface: PathSegment) throws -> RankedRows {
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
        return rows(of: items)
    }

    private static func rows(of items: [CatalogItem]) -> RankedRows {
        let keys = IdentifierList(items.map(\.id))
        let order = keys.orderByBytes()
        var tags = IdentifierInterner()
        var members: [UInt32] = []
        var rowEnds: [Int] = []
        for index in order {
            members += tags.codes(for: IdentifierList(items[Int(index)].tags))
            rowEnds.append(members.count)
        }
        let tagOrder = tags.identifiers.orderByBytes()
        var ranks = [UInt32](repeating: 0, count: tagOrder.count)
        for (rank, tag) in tagOrder.enumerated() { ranks[Int(tag)] = UInt32(rank) }
        return RankedRows(
            rowKeys: keys.selecting(order), rowEnds: rowEnds, memberKeys: tags.identifiers.selecting(tagOrder),
            members: members.map { ranks[Int($0)] }, counts: [])
    }
}
