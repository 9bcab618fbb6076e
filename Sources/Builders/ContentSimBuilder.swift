package import Events
package import Platform
package import SystemPackage

/// content_sim: the tags of the catalog's items, by item. Items of another namespace and without tags are left out.
package enum ContentSimBuilder {
    /// What a catalog holds for a surface, and of which bytes that was read.
    package struct Result {
        package let rows: RankedRows
        /// The SHA-256 of the catalog's file, compressed as it is.
        package let catalogDigest: SHA256Digest
    }

    /// Reads the catalog once; memory grows with the distinct ids and tags, not with the file.
    ///
    /// - Parameters:
    ///   - maximumRecordByteCount: A row that is longer is malformed.
    ///   - scratch: Where the rows are kept.
    /// - Throws: `CatalogError` at the first row that is malformed or names an item again; `LimitExceeded` if there are
    ///   too many items; `InputError` if the file is damaged or changes; `StorageError`, `LockHeldError` if it cannot
    ///   be read or rows cannot be kept; `Interruption`.
    package static func build(
        catalog: FilePath, surface: PathSegment, _ limits: BuildLimits, maximumRecordByteCount: Int,
        scratch: ScratchSpace,
    ) throws -> Result {
        let reader = CatalogReader(catalog, maximumRecordByteCount: maximumRecordByteCount)
        return try build(from: reader, surface: surface, limits, scratch: scratch)
    }

    /// Reads the catalog as above.
    package static func build(
        from reader: CatalogReader, surface: PathSegment, _ limits: BuildLimits, scratch: ScratchSpace,
    ) throws -> Result {
        var items = CatalogItems(for: surface)
        let digest = try reader.read { row in
            try items.add(row)
            guard items.count <= limits.maximumItemCount else {
                throw LimitExceeded(
                    limit: "max_distinct_items_per_run", allowed: limits.maximumItemCount, met: items.count,
                    subject: "\(reader.path):\(row.line): items up to here")
            }
        }
        return Result(rows: try items.rows(in: scratch), catalogDigest: digest)
    }
}
