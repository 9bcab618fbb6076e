import Platform

/// Checks the ids of a column's dictionary, group by group: that every block is what was written, that users ascend,
/// and that no id is repeated.
///
/// Dictionaries are most often in ascending order of lengths and bytes, and then have no id twice. Of others the hashes
/// are compared, so many at a time: the whole is read once for each so many ids.
struct DictionaryVerification {
    /// About how many hashes are compared at once, of 8 bytes each; for tests to be less. As many again may be in
    /// memory before they are.
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
            var hashes: [UInt64] = []
            if try collect(&hashes, slice: slice, of: sliceCount) { return }
            try settle(&hashes)
        }
    }

    /// Checks that of the ids with these hashes none is repeated, and leaves each hash once.
    private func settle(_ hashes: inout [UInt64]) throws(FormatError) {
        hashes.sort()
        let (distinct, repeated) = split(hashes)
        if !repeated.isEmpty { try checkAreDistinct(withHashes: repeated) }
        hashes = distinct
    }

    /// Takes the hashes of every so many-th of the ids, by their hashes.
    ///
    /// - Returns: True if all ids ascend by length and bytes, whatever their hashes.
    private func collect(_ hashes: inout [UInt64], slice: Int, of sliceCount: Int) throws(FormatError) -> Bool {
        var ascends = true
        // Of ids that differ a slice has hardly more than its share. If one is repeated, that is found before many are.
        var limit = 2 * sliceCapacity
        var last: [UInt8] = []
        try container.forEachGroup(section: section, using: zstandard) { identifiers, _ throws(FormatError) in
            for index in identifiers.indices {
                let identifier = identifiers[index]
                let hash = ByteStrings.hash(identifier)
                if hash.multipliedFullWidth(by: UInt64(sliceCount)).high == slice { hashes.append(hash) }
                if hashes.count > limit {
                    try settle(&hashes)
                    limit = 2 * max(sliceCapacity, hashes.count)
                }
                if !ascends { continue }
                let order = last.count - identifier.count
                ascends = order < 0 || order == 0 && ByteStrings.compare(last.span, identifier) < 0
                last.removeAll(keepingCapacity: true)
                last.append(contentsOf: identifier)
            }
        }
        return ascends
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

/// Each of some sorted values once, and those that occur more than once.
private func split(_ sorted: [UInt64]) -> (distinct: [UInt64], repeated: Set<UInt64>) {
    var (distinct, repeated): ([UInt64], Set<UInt64>) = ([], [])
    for value in sorted {
        if distinct.last == value { repeated.insert(value) } else { distinct.append(value) }
    }
    return (distinct, repeated)
}
