package import Platform

/// Makes the bytes of a partition file. Equal events give equal bytes.
package enum PartitionEncoder {
    /// The bytes of the file with these events.
    ///
    /// - Parameter columns: The events in the order of `ExposureColumns`. The dictionary of users is ascending and
    ///   holds only users that occur; the others may hold anything, in any order.
    package static func encode(_ columns: ExposureColumns, key: PartitionKey, using zstandard: Zstandard) -> [UInt8] {
        precondition(columns.users.dictionary.isStrictlyAscending, "users are in the order of their ids")
        var writer = ContainerWriter(format: PartitionFormat.file)
        IdentifierBlocks(columns.users, using: zstandard).append(.user, to: &writer)
        writer.append(
            section: PartitionFormat.Section.timeOfDay.rawValue, column: columns.nanosecondsOfDay, using: zstandard)
        let sessions = appendSmaller(.session, columns.sessions, to: &writer, using: zstandard)
        let requests = appendSmaller(.request, columns.requests, to: &writer, using: zstandard)
        let items = appendSmaller(.item, columns.items, to: &writer, using: zstandard)
        writer.append(section: PartitionFormat.Section.rank.rawValue, column: columns.ranks, using: zstandard)
        let stored = ExposureColumns(
            users: columns.users, sessions: sessions, requests: requests, items: items,
            nanosecondsOfDay: columns.nanosecondsOfDay, ranks: columns.ranks)
        return writer.finish(metadata: PartitionStatistics(stored, key: key).encoded)
    }

    /// Adds a column with its dictionary in the order of length and bytes or, if that takes fewer bytes, in the order
    /// of first appearance.
    ///
    /// Appearance is tried where the rows of each id stand together, for then the codes only count up.
    private static func appendSmaller(
        _ column: IdentifierColumn, _ content: CodedColumn, to writer: inout ContainerWriter,
        using zstandard: Zstandard,
    ) -> CodedColumn {
        let byLength = content.inLengthOrder()
        let blocks = IdentifierBlocks(byLength, using: zstandard)
        if content.isClustered {
            let byAppearance = content.inOrderOfAppearance()
            let otherBlocks = IdentifierBlocks(byAppearance, using: zstandard)
            if otherBlocks.byteCount < blocks.byteCount {
                otherBlocks.append(column, to: &writer)
                return byAppearance
            }
        }
        blocks.append(column, to: &writer)
        return byLength
    }
}

/// The dictionary and the codes of a column of ids, encoded.
private struct IdentifierBlocks {
    let dictionary: [(part: DictionaryPart, block: EncodedBlock)]
    let codes: [EncodedBlock]

    init(_ column: CodedColumn, using zstandard: Zstandard) {
        dictionary = DictionaryBlocks.encode(column.dictionary, using: zstandard)
        codes = EncodedBlock.encode(column: column.codes, using: zstandard)
    }

    /// What the blocks and their entries take in a file.
    var byteCount: Int {
        (dictionary.map(\.block) + codes).reduce(0) { $0 + $1.stored.count + BlockEntry.byteCount }
    }

    func append(_ column: IdentifierColumn, to writer: inout ContainerWriter) {
        for (part, block) in dictionary {
            writer.append(section: column.dictionary.rawValue, part: part.rawValue, block)
        }
        for block in codes { writer.append(section: column.codes.rawValue, block) }
    }
}
