@testable import Columns

/// Encodings written out from the specification, in ways that the product's writer never chooses too: wider than need
/// be, and any encoding of any values that it can say.
indirect enum HandEncoding: Sendable {
    case constant
    case narrow(width: Int? = nil)
    case bytePlanes(width: Int? = nil)
    case frameOfReference(width: Int? = nil)
    case delta(width: Int? = nil)
    case runLength(HandEncoding, lengthWidth: Int? = nil)

    var identifier: EncodingIdentifier {
        switch self {
        case .constant: .constant
        case .narrow: .narrow
        case .bytePlanes: .bytePlanes
        case .frameOfReference: .frameOfReference
        case .delta: .delta
        case .runLength: .runLength
        }
    }

    /// The raw bytes of some values, all equal where they have to be.
    func bytes(_ values: [UInt64]) -> [UInt8] {
        switch self {
        case .constant: return number(values[0], 8)
        case .narrow(let width):
            let width = width ?? leastWidth(values)
            return [UInt8(width)] + values.flatMap { number($0, width) }
        case .bytePlanes(let width): return widthAndPlanes(values, width)
        case .frameOfReference(let width):
            let base = values.min() ?? 0
            let divisor = values.reduce(0) { greatestCommonDivisor($0, $1 - base) }
            let scale = max(1, divisor)
            return number(base, 8) + number(scale, 8) + widthAndPlanes(values.map { ($0 - base) / scale }, width)
        case .delta(let width):
            let differences = zip(values.dropFirst(), values).map { Int64($0) - Int64($1) }
            let least = differences.min() ?? 0
            return number(values[0], 8) + number(UInt64(bitPattern: least), 8)
                + widthAndPlanes(differences.map { UInt64($0 - least) }, width)
        case .runLength(let inner, let lengthWidth): return runs(values, inner, lengthWidth)
        }
    }

    private func runs(_ values: [UInt64], _ inner: HandEncoding, _ lengthWidth: Int?) -> [UInt8] {
        var (runs, lengths): ([UInt64], [UInt64]) = ([], [])
        for value in values {
            if value == runs.last {
                lengths[lengths.count - 1] += 1
            } else {
                runs.append(value)
                lengths.append(0)
            }
        }
        let width = lengthWidth ?? leastWidth(lengths)
        return number(UInt64(runs.count), 4) + [UInt8(width), inner.identifier.rawValue] + planes(lengths, width)
            + inner.bytes(runs)
    }

    private func widthAndPlanes(_ values: [UInt64], _ width: Int?) -> [UInt8] {
        let width = width ?? leastWidth(values)
        return [UInt8(width)] + planes(values, width)
    }

    private func planes(_ values: [UInt64], _ width: Int) -> [UInt8] {
        (0..<width).flatMap { plane in values.map { UInt8(truncatingIfNeeded: $0 >> UInt64(8 * plane)) } }
    }

    private func number(_ value: UInt64, _ byteCount: Int) -> [UInt8] {
        (0..<byteCount).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
    }

    private func leastWidth(_ values: [UInt64]) -> Int {
        (1...8).first { width in width == 8 || values.allSatisfy { $0 >> UInt64(8 * width) == 0 } } ?? 8
    }

    private func greatestCommonDivisor(_ left: UInt64, _ right: UInt64) -> UInt64 {
        right == 0 ? left : greatestCommonDivisor(right, left % right)
    }
}
