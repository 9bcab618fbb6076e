package import Platform

/// Makes the bytes of a sorted run, in the layout of that name.
package enum RunEncoder {
    /// The bytes of the run with these events.
    ///
    /// - Parameter columns: The events in the order of `ExposureColumns`, with their arrivals.
    package static func encode(_ columns: ExposureColumns, key: PartitionKey, using zstandard: Zstandard) -> [UInt8] {
        precondition(columns.users.dictionary.isStrictlyAscending, "users are in the order of their ids")
        precondition(columns.arrivals.count == columns.count, "a run knows when its rows arrived")
        var stored = columns
        for column in IdentifierColumn.allCases where column != .user {
            stored[column] = columns[column].inLengthOrder()
        }
        var blocks = RunBlocks(zstandard)
        for column in IdentifierColumn.allCases { blocks.append(column, stored[column]) }
        blocks.append(.timeOfDay, stored.nanosecondsOfDay)
        blocks.append(.rank, stored.ranks)
        blocks.append(.arrival, stored.arrivals)
        return blocks.writer.finish(metadata: PartitionStatistics(stored, key: key).encoded)
    }
}

/// The blocks of a run.
private struct RunBlocks {
    private static let blockRowCount = PartitionLayout.run.blockRowCount

    var writer = ContainerWriter(format: PartitionFormat.file)
    private let zstandard: Zstandard

    init(_ zstandard: Zstandard) {
        self.zstandard = zstandard
    }

    mutating func append(_ column: IdentifierColumn, _ content: CodedColumn) {
        let blocks = DictionaryBlocks.encode(content.dictionary, layout: .run, using: zstandard)
        for (part, block) in blocks {
            writer.append(section: column.dictionary.rawValue, part: part.rawValue, block)
        }
        append(column.codes, content.codes)
    }

    mutating func append(_ section: PartitionFormat.Section, _ values: [UInt32]) {
        let blocks = EncodedBlock.encode(column: values, blockRowCount: RunBlocks.blockRowCount, using: zstandard)
        for block in blocks { writer.append(section: section.rawValue, block) }
    }

    mutating func append(_ section: PartitionFormat.Section, _ values: [UInt64]) {
        let blocks = EncodedBlock.encode(column: values, blockRowCount: RunBlocks.blockRowCount, using: zstandard)
        for block in blocks { writer.append(section: section.rawValue, block) }
    }
}
