import Platform
import TestSupport

@testable import Columns

/// Every encoding of numbers. One that is added is put to all the tests of the others.
let numberEncodings = EncodingIdentifier.allCases.filter { $0.encoding != nil }

/// The bytes that an encoding makes of some values, or nil where it does not apply.
func encoded<Value: ColumnValue>(_ values: [Value], _ identifier: EncodingIdentifier) -> [UInt8]? {
    let statistics = BlockStatistics(values.span)
    guard let encoding = identifier.encoding, encoding.byteCount(of: statistics) != nil else { return nil }
    var writer = ByteWriter()
    encoding.encode(values.span, statistics, into: &writer)
    return writer.bytes
}

/// The values that an encoding reads from some bytes.
func decoded<Value: ColumnValue>(
    _ bytes: [UInt8], _ identifier: EncodingIdentifier, count: Int, as type: Value.Type,
) -> [Value]? {
    identifier.encoding?.decode(bytes.rawSpan, count: count, as: type)
}

/// Some values in one encoding, and what `BlockEncoding` promises of them.
struct EncodingTrial<Value: ColumnValue> {
    let encoding: EncodingIdentifier
    let values: [Value]
    let bytes: [UInt8]

    /// Nil where the encoding does not apply.
    init?(_ encoding: EncodingIdentifier, _ values: [Value]) {
        guard let bytes = encoded(values, encoding) else { return nil }
        self.encoding = encoding
        self.values = values
        self.bytes = bytes
    }

    /// The first promise that is broken, or nil.
    var violation: String? {
        let promised = encoding.encoding?.byteCount(of: BlockStatistics(values.span))
        guard bytes.count == promised else { return "\(bytes.count) bytes written, \(promised ?? 0) promised" }
        guard decode(bytes) == values else { return "decoded to other values" }
        guard decoded(bytes, encoding, count: values.count, as: UInt64.self) == values.map({ UInt64($0) }) else {
            return "decoded to other values of 64 bits"
        }
        let narrow = values.compactMap { UInt32(exactly: $0) }
        guard
            decoded(bytes, encoding, count: values.count, as: UInt32.self)
                == (narrow.count == values.count ? narrow : nil)
        else { return "decoded to other values of 32 bits" }
        if let count = truncations.first(where: { decode(Array(bytes.prefix($0))) != nil }) {
            return "\(count) of \(bytes.count) bytes were enough"
        }
        if let byte = [0, 1, 255].first(where: { decode(bytes + [$0]) != nil }) {
            return "another byte \(byte) was accepted"
        }
        // The number of rows stands beside the block; only a constant has nothing in it that could contradict.
        let counts = [values.count - 1, values.count + 1].filter { $0 > 0 && encoding != .constant }
        if let count = counts.first(where: { decoded(bytes, encoding, count: $0, as: Value.self) != nil }) {
            return "\(count) instead of \(values.count) rows were accepted"
        }
        return nil
    }

    /// All lengths of few bytes; of many those that are near an end or a quarter.
    private var truncations: [Int] {
        if bytes.count <= 64 { return Array(bytes.indices) }
        return Array(0..<20) + (1...3).map { bytes.count / 4 * $0 } + Array(bytes.count - 3..<bytes.count)
    }

    private func decode(_ bytes: [UInt8]) -> [Value]? {
        decoded(bytes, encoding, count: values.count, as: Value.self)
    }
}
