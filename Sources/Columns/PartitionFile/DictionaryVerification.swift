import Platform

/// Checks the ids of a column's dictionary, group by group: that every block is what was written, that users ascend,
/// and that no id is repeated.
///
/// Dictionaries are most often in ascending order of lengths and bytes, and then have no id twice. Of others the hashes
/// are compared, so many at a time.
struct DictionaryVerification {
    /// How many hashes are in memory at once, of 8 bytes each; for tests to be less.
    var sliceCapacity = 1 << 22

    private let reader: PartitionReader
    private let column: IdentifierColumn
    private let zstandard: Zstandard

    init(_ reader: PartitionReader, _ column: IdentifierColumn, using zstandard: Zstandard) {
        self.reader = reader
        self.column = column
        self.zstandard = zstandard
    }

    private var section: UInt8 { column.dictionary.rawValue }
    private var container: ContainerReader { reader.container }

    /// - Throws: `FormatError` at the first thing that is wrong.
    func run() throws(FormatError) {
        let count = reader.statistics.distinctCount(column)
        try container.checkIdentifierCount(section: section, count: count)
        if column == .user { return try container.checkAscending(section: section, using: zstandard) }
        let sliceCount = max(1, (count + sliceCapacity - 1) / sliceCapacity)
        for slice in 0..<sliceCount {
            let (hashes, ascends) = try hashes(slice: slice, of: sliceCount)
            if ascends { return }
            let repeated = repeatedValues(hashes)
            if !repeated.isEmpty { try checkAreDistinct(withHashes: repeated) }
        }
    }

    /// The hashes of every so many-th of the ids, by their hashes, and whether all ids ascend by length and bytes.
    private func hashes(slice: Int, of sliceCount: Int) throws(FormatError) -> (hashes: [UInt64], ascends: Bool) {
        var hashes: [UInt64] = []
        var ascends = true
        var last: [UInt8] = []
        try container.forEachGroup(section: section, using: zstandard) { identifiers, _ throws(FormatError) in
            for index in identifiers.indices {
                let identifier = identifiers[index]
                let hash = ByteStrings.hash(identifier)
                if hash.multipliedFullWidth(by: UInt64(sliceCount)).high == slice { hashes.append(hash) }
                if !ascends { continue }
                let order = last.count - identifier.count
                ascends = order < 0 || order == 0 && ByteStrings.compare(last.span, identifier) < 0
                last.removeAll(keepingCapacity: true)
                last.append(contentsOf: identifier)
            }
        }
        return (hashes, ascends)
    }

    /// Checks that ids with these hashes differ all the same, which hardly ever comes to pass.
    func checkAreDistinct(withHashes hashes: Set<UInt64>) throws(FormatError) {
        var met: Set<[UInt8]> = []
        try container.forEachGroup(section: section, using: zstandard) { identifiers, firstIndex throws(FormatError) in
            for index in identifiers.indices where hashes.contains(ByteStrings.hash(identifiers[index])) {
                let identifier = identifiers[index].raw.copiedBytes
                guard met.insert(identifier).inserted else {
                    let place = firstIndex + index
                    throw container.corrupt(repeatedIdentifier: place, in: section)
                }
            }
        }
    }
}

/// The values that occur more than once.
private func repeatedValues(_ values: [UInt64]) -> Set<UInt64> {
    let sorted = values.sorted()
    var repeated: Set<UInt64> = []
    for (value, next) in zip(sorted, sorted.dropFirst()) where value == next { repeated.insert(value) }
    return repeated
}
