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
        return product.low ^ product.high
    }

    /// The keys of all ids of a dictionary, in its order.
    static func keys(of runs: [DictionaryRun]) -> [IdentifierKey] {
        var keys: [IdentifierKey] = []
        keys.reserveCapacity(runs.reduce(0) { $0 + $1.count })
        for run in runs {
            switch run {
            case .decimal(let numbers):
                let mark = decimalMark
                for number in numbers { keys.append(IdentifierKey(low: number, high: mark)) }
            case .uuid(let high, let low):
                for index in low.indices { keys.append(IdentifierKey(low: low[index], high: high[index])) }
            case .text(let list):
                for index in list.indices { keys.append(key(ofText: list[index])) }
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
