import Columns
import Platform

/// An order of distinct ids, in which dictionaries are written and merged.
enum IdentifierOrder {
    case bytes
    /// By length, then by bytes.
    case length

    func isBefore(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        if self == .length, left.count != right.count { return left.count < right.count }
        return ByteStrings.compare(left, right) < 0
    }

    /// A number that does not contradict the order: less for one id only if that stands first.
    func key(_ identifier: Span<UInt8>) -> UInt64 {
        let prefix = ByteStrings.prefix(identifier)
        if self == .bytes { return prefix }
        // Of longer ids the whole decides: their lengths do not fit beside a prefix.
        return identifier.count < 255 ? UInt64(identifier.count) << 56 | prefix >> 8 : UInt64(255) << 56
    }

    /// The indices of the ids of a list in this order.
    func indices(of identifiers: IdentifierList) -> [UInt32] {
        switch self {
        case .bytes: identifiers.orderByBytes()
        case .length: identifiers.orderByLength()
        }
    }
}

extension IdentifierColumn {
    /// The order of the column's dictionary where it does not stand by first appearance.
    var order: IdentifierOrder { self == .user ? .bytes : .length }
}
