import Platform

/// What a column block may hold: whole numbers from 0 upwards, of 32 or 64 bits.
package protocol ColumnValue: FixedWidthInteger, UnsignedInteger, BitwiseCopyable, Sendable {}

extension UInt32: ColumnValue {}
extension UInt64: ColumnValue {}

/// A way to write a list of numbers as bytes. All encodings look alike, so that a new one starts as a copy of another.
///
/// The bytes of a block are the encoding's parameters and then its payload; the number of values stands beside them, in
/// the block's entry.
protocol BlockEncoding {
    /// The encoding's number in files.
    static var identifier: EncodingIdentifier { get }

    /// How many bytes `encode` would write, or nil where the encoding does not apply.
    static func byteCount(of statistics: BlockStatistics) -> Int?

    /// False where the encoding applies and yet, by experience, another one is smaller once it is compressed.
    static func mayBeSmallest(_ statistics: BlockStatistics) -> Bool

    /// Writes the values, which `statistics` describe.
    static func encode<Value: ColumnValue>(
        _ values: Span<Value>, _ statistics: BlockStatistics, into writer: inout ByteWriter)

    /// The `count` values, of which there is at least one, that the bytes stand for; nil unless all bytes are used and
    /// every value is in the range of `Value`. Wider than need be is accepted.
    static func decode<Value: ColumnValue>(_ bytes: RawSpan, count: Int, as: Value.Type) -> [Value]?
}

extension BlockEncoding {
    static func mayBeSmallest(_ statistics: BlockStatistics) -> Bool { true }
}

extension BlockStatistics {
    /// The encodings worth a trial with values of these statistics, by number, each with the bytes it needs.
    ///
    /// Never empty: narrow, byte planes or delta is worth a trial with any values.
    var encodingsToTry: [(encoding: any BlockEncoding.Type, byteCount: Int)] {
        var encodings: [(encoding: any BlockEncoding.Type, byteCount: Int)] = []
        for identifier in EncodingIdentifier.allCases {
            guard let encoding = identifier.encoding, encoding.mayBeSmallest(self),
                let byteCount = encoding.byteCount(of: self)
            else { continue }
            encodings.append((encoding, byteCount))
        }
        return encodings
    }
}

/// The numbers of the encodings in files. They never change.
package enum EncodingIdentifier: UInt8, Sendable, CaseIterable {
    case constant = 1
    case narrow = 2
    case bytePlanes = 3
    case frameOfReference = 4
    case delta = 5
    case runLength = 6
    /// Bytes as they are: the text of a dictionary. No encoding of numbers.
    case text = 7

    /// The type that encodes numbers so; nil for `text`.
    var encoding: (any BlockEncoding.Type)? {
        switch self {
        case .constant: ConstantEncoding.self
        case .narrow: NarrowEncoding.self
        case .bytePlanes: BytePlanesEncoding.self
        case .frameOfReference: FrameOfReferenceEncoding.self
        case .delta: DeltaEncoding.self
        case .runLength: RunLengthEncoding.self
        case .text: nil
        }
    }
}
