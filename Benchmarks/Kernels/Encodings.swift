import Platform

@testable import Columns

/// Every encoding of numbers, both ways, on values that it is chosen for.
func measureEncodings() {
    for identifier in EncodingIdentifier.allCases {
        guard let encoding = identifier.encoding else { continue }
        measureEncode(encoding)
        measureDecode(encoding)
    }
    measure("encode: statistics of a block", .values) {
        let values = Samples.values(suiting: .runLength)
        return Kernel(values.count) { BlockStatistics(values.span) }
    }
}

private func measureEncode(_ encoding: any BlockEncoding.Type) {
    measure("encode: \(encoding.identifier)", .values) {
        let values = Samples.values(suiting: encoding.identifier)
        let statistics = BlockStatistics(values.span)
        return Kernel(values.count) { encode(values, statistics, encoding) }
    }
}

private func measureDecode(_ encoding: any BlockEncoding.Type) {
    measure("decode: \(encoding.identifier)", .values) {
        let values = Samples.values(suiting: encoding.identifier)
        let bytes = encode(values, BlockStatistics(values.span), encoding)
        return Kernel(values.count) { encoding.decode(bytes.rawSpan, count: values.count, as: UInt32.self) }
    }
}

private func encode(_ values: [UInt32], _ statistics: BlockStatistics, _ encoding: any BlockEncoding.Type) -> [UInt8] {
    var writer = ByteWriter(reserving: encoding.byteCount(of: statistics) ?? 0)
    encoding.encode(values.span, statistics, into: &writer)
    return writer.bytes
}

extension Samples {
    /// A whole block of values that the encoding is chosen for.
    fileprivate static func values(suiting encoding: EncodingIdentifier) -> [UInt32] {
        switch encoding {
        case .constant: [UInt32](repeating: 7, count: count)
        case .narrow: codes(below: 250)
        case .bytePlanes, .text: codes(below: 200_000)
        case .frameOfReference: codes(below: 60_000).map { 80_000_000 + $0 * 1000 }
        case .delta: (0..<UInt32(count)).map { 1_000_000 + $0 * 7 + $0 % 5 }
        case .runLength: (0..<UInt32(count)).map { $0 / 8 % 2000 }
        }
    }
}
