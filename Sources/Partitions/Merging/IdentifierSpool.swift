import Columns
import Platform
import SystemPackage

/// Encodes a column of ids whose codes come piece by piece, with its dictionary in the order of the union or, where the
/// layout allows for it and that takes fewer bytes, in the order of first appearance.
struct IdentifierSpool {
    private let column: IdentifierColumn
    private let union: DictionaryUnion
    private var codes: ColumnSpool<UInt32>
    /// Nil if the rows of some id do not stand together, or appearance is not tried.
    private var appearance: AppearanceSpool?

    init(
        _ column: IdentifierColumn, _ union: DictionaryUnion, _ layout: PartitionLayout, to spool: BlockSpool,
        in folder: FilePath, using zstandard: Zstandard,
    ) {
        self.column = column
        self.union = union
        codes = ColumnSpool(column.codes, layout, to: spool, using: zstandard)
        if layout.triesAppearance, column != .user {
            appearance = AppearanceSpool(column, union, layout, to: spool, in: folder, using: zstandard)
        }
    }

    /// Adds codes of the union at the end.
    mutating func append(_ newCodes: ArraySlice<UInt32>) throws(StorageError) {
        try codes.append(newCodes)
        if try appearance?.append(newCodes) == false { appearance = nil }
    }

    /// The blocks of the dictionary and of the codes.
    mutating func finish() throws(StorageError) -> [SpooledBlock] {
        try codes.finish()
        let blocks = union.blocks + codes.blocks
        guard let other = try appearance?.finish() else { return blocks }
        return other.storedByteCount < blocks.storedByteCount ? other : blocks
    }
}

/// The same column with its dictionary in the order of first appearance, for as long as the rows of each id stand
/// together.
private struct AppearanceSpool {
    private let union: DictionaryUnion
    private var codes: ColumnSpool<UInt32>
    private var dictionary: DictionarySpool
    /// The codes of the union in the order of their first appearance.
    private let order: ScratchBuffer
    /// Per code of the union whether it has appeared.
    private var isMet: [Bool]
    private var latest: UInt32 = 0
    /// So many ids are looked up before the pages that were read are let go: each look-up may make 64 KiB resident.
    private static let lookUpCount = 1 << 10
    private var count: UInt32 = 0

    init(
        _ column: IdentifierColumn, _ union: DictionaryUnion, _ layout: PartitionLayout, to spool: BlockSpool,
        in folder: FilePath, using zstandard: Zstandard,
    ) {
        self.union = union
        codes = ColumnSpool(column.codes, layout, to: spool, using: zstandard)
        dictionary = DictionarySpool(column, layout, to: spool, using: zstandard)
        order = ScratchBuffer(in: folder)
        isMet = [Bool](repeating: false, count: union.count + 1)
    }

    /// Adds codes of the union; false if the rows of an id do not stand together.
    mutating func append(_ newCodes: ArraySlice<UInt32>) throws(StorageError) -> Bool {
        var appeared: [UInt32] = []
        var translated: [UInt32] = []
        translated.reserveCapacity(newCodes.count)
        for code in newCodes {
            if code != latest, code != 0 {
                if isMet[Int(code)] { return false }
                isMet[Int(code)] = true
                latest = code
                count += 1
                appeared.append(code)
            }
            translated.append(code == 0 ? 0 : count)
        }
        try order.append(numbers: appeared)
        try codes.append(translated[...])
        return true
    }

    /// The blocks of the dictionary and of the codes.
    mutating func finish() throws(StorageError) -> [SpooledBlock] {
        try codes.finish()
        try order.finish()
        let texts = union.texts
        for start in stride(from: 0, to: Int(count), by: AppearanceSpool.lookUpCount) {
            for code in order.numbers(start..<min(Int(count), start + AppearanceSpool.lookUpCount)) {
                try texts.withIdentifier(at: Int(code) - 1) { identifier throws(StorageError) in
                    try dictionary.append(identifier)
                }
            }
            texts.releasePages()
        }
        try dictionary.finish()
        return dictionary.blocks + codes.blocks
    }
}
