import Columns
import Platform

/// What tells an id apart from all others of a window, in 128 bits.
///
/// Decimal numbers and UUIDs are their own values. Of other texts it is a hash with a seed that no input can know: of a
/// billion distinct ids two have the same key with a probability of 10^-21. Nothing that depends on the seed is ever
/// written or seen: keys are compared for being equal, and for nothing else.
struct IdentifierKey: BitwiseCopyable, Equatable, Sendable {
    let low: UInt64
    let high: UInt64

    private static let seed = UInt64.random(in: .min ... .max)
    /// What stands beside a number where a UUID has its other half.
    private static let decimalMark = UInt64.random(in: .min ... .max)

    /// Every bit depends on every bit of the key: the first bits choose a shard, the next ones a place in a table.
    @inline(__always)
    var hash: UInt64 {
        // The mixing of wyhash, with its constants.
        let product = (low ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: high ^ 0xE703_7ED1_A0B4_28DB)
        let mixed = (product.low ^ product.high ^ 0x8EBC_6AF0_9C88_C6E3)
            .multipliedFullWidth(by: 0x5899_65CC_7537_4CC3)
        return mixed.low ^ mixed.high
    }

    /// The keys of all ids of a dictionary, in its order.
    static func keys(of runs: [DictionaryRun]) -> [IdentifierKey] {
        var keys: [IdentifierKey] = []
        keys.reserveCapacity(runs.reduce(0) { $0 + $1.count })
        for run in runs {
            switch run {
            case .decimal(let numbers): keys += numbers.map { IdentifierKey(low: $0, high: decimalMark) }
            case .uuid(let high, let low): keys += low.indices.map { IdentifierKey(low: low[$0], high: high[$0]) }
            case .text(let list): keys += list.indices.map { key(ofText: list[$0]) }
            }
        }
        return keys
    }

    /// The same id has the same key, in whatever run it stands.
    private static func key(ofText identifier: Span<UInt8>) -> IdentifierKey {
        if let number = IdentifierForm.decimal(identifier) { return IdentifierKey(low: number, high: decimalMark) }
        if let uuid = IdentifierForm.uuid(identifier) { return IdentifierKey(low: uuid.low, high: uuid.high) }
        let hash = Checksum.xxh3Wide(identifier, seed: seed)
        return IdentifierKey(low: hash.low, high: hash.high)
    }
}
