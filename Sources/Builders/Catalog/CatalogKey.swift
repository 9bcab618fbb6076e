/// The columns of a catalog in CSV, and the keys of one in JSON Lines, by their names. Others are ignored.
enum CatalogKey: String, CaseIterable {
    case itemID = "item_id"
    case id
    case itemid
    case tags
    case tagList = "tag_list"
    case namespace

    /// The names for the item's id: of several the first that is there.
    static let items = [itemID, id, itemid]
    /// The names for the item's tags: of several the first that is there.
    static let tagLists = [tags, tagList]
}
