import Columns
import Events
import Platform

/// The items of a catalog that have tags and are for one surface, with their tags, as codes in the order of the file.
///
/// Not to be copied: for a copy references to all that it holds are counted, which takes longer than adding an item.
struct CatalogItems: ~Copyable {
    private let surface: [UInt8]
    private var items = IdentifierInterner()
    /// For each item the line on which it begins.
    private var lines: [Int] = []
    private var tags = TagInterner()
    /// The codes of the tags of all items.
    private var members: [UInt32] = []
    /// For each item the index in `members` after its last tag.
    private var rowEnds: [Int] = []

    init(for surface: PathSegment) {
        self.surface = Array(surface.text.utf8)
    }

    /// Number of items.
    var count: Int { items.count }

    /// Adds the item of a row, unless it is for another surface or has no tags.
    ///
    /// - Throws: `CatalogProblem` if the row has no id, or that of an earlier item.
    mutating func add(_ row: borrowing CatalogRow) throws(CatalogProblem) {
        let item = trimmed(row.item)
        guard !item.isEmpty else {
            throw CatalogProblem(line: row.line, reason: "\(CatalogKey.itemID.rawValue): empty")
        }
        let namespace = trimmed(row.namespace)
        guard namespace.isEmpty || ByteStrings.areEqual(namespace, surface.span) else { return }
        tags.appendCodes(of: row.tags, to: &members)
        guard members.count > rowEnds.last ?? 0 else { return }
        let code = Int(items.code(for: item))
        guard code == lines.count else {
            throw CatalogProblem(
                line: row.line, reason: "item \(text(item).debugDescription) is on line \(lines[code]) already",
                remedy: "remove one of the two lines and run the same command again")
        }
        lines.append(row.line)
        rowEnds.append(members.count)
    }

    /// A row for each item in ascending order of the bytes of their ids, its tags in the order of the catalog.
    ///
    /// - Throws: `StorageError`, `LockHeldError` if memory is short and a file cannot be written; `Interruption`.
    consuming func rows(in scratch: ScratchSpace) throws -> RankedRows {
        let keys = items.identifiers
        // The table of the interner and the lines are not needed any more, and as large as the ids.
        items = IdentifierInterner()
        lines = []
        let order = keys.orderByBytes()
        let tagKeys = tags.identifiers
        let tagOrder = tagKeys.orderByBytes()
        var ranks = [UInt32](repeating: 0, count: tagOrder.count)
        for (rank, tag) in tagOrder.enumerated() { ranks[Int(tag)] = UInt32(rank) }
        var spool = RankedRowsSpool(values: .none, scratch: scratch)
        var slice = RankedSlice()
        for start in stride(from: 0, to: order.count, by: CatalogItems.sliceRowCount) {
            try Cancellation.check()
            slice.removeAll()
            for row in start..<min(order.count, start + CatalogItems.sliceRowCount) {
                for index in tagIndices(ofItem: Int(order[row])) { slice.append(ranks[Int(members[index])]) }
                slice.endRow(row)
            }
            try spool.append(slice)
        }
        members = []
        rowEnds = []
        return try spool.finish(rowKeys: keys.selecting(order), candidates: tagKeys.selecting(tagOrder))
    }

    /// How many rows are put in order at a time.
    private static let sliceRowCount = 1 << 16

    private func tagIndices(ofItem item: Int) -> Range<Int> {
        (item == 0 ? 0 : rowEnds[item - 1])..<rowEnds[item]
    }
}

/// The part of a text between the white space at its ends.
@_lifetime(copy bytes)
func trimmed(_ bytes: Span<UInt8>) -> Span<UInt8> {
    bytes.extracting(WhiteSpace.trim(bytes, bytes.indices))
}
