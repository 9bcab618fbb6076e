/// Draws values with given probabilities, each in constant time: Walker's alias method, with the table built as Vose
/// does (*A linear algorithm for generating random numbers with a given distribution*, IEEE Transactions on Software
/// Engineering, 1991).
///
/// Probabilities are exact to 2^-32 of a column, that is of the mean probability.
struct AliasTable: Sendable {
    /// One of equally likely columns, each of which holds at most two values.
    struct Column: Sendable {
        /// Of 2^32 equally likely numbers so many mean `value`, all others `alias`.
        var threshold: UInt32
        var value: UInt32
        var alias: UInt32

        /// The value that `random`, equally distributed over all 64-bit numbers, picks among `columns[range]`.
        @inline(__always)
        static func draw(_ random: UInt64, from columns: Span<Column>, _ range: Range<Int>) -> UInt32 {
            let (high, low) = random.multipliedFullWidth(by: UInt64(truncatingIfNeeded: range.count))
            let column = columns[range.lowerBound &+ Int(truncatingIfNeeded: high)]
            return low >> 32 < UInt64(column.threshold) ? column.value : column.alias
        }
    }

    let columns: [Column]

    /// - Parameters:
    ///   - values: At least one.
    ///   - weights: Of each value its weight, greater than zero.
    init(values: [UInt32], weights: [Double]) {
        precondition(!values.isEmpty && values.count == weights.count)
        let scale = Double(values.count) / weights.reduce(0, +)
        var rests = weights.map { $0 * scale }
        var (small, large): ([Int], [Int]) = ([], [])
        for index in rests.indices.reversed() {
            if rests[index] < 1 { small.append(index) } else { large.append(index) }
        }
        // What stays unpaired differs from a whole column by rounding alone, and is one.
        var columns = values.map { Column(threshold: 0, value: $0, alias: $0) }
        while let poor = small.popLast(), let rich = large.last {
            columns[poor].threshold = UInt32(min(rests[poor] * 0x1p32, 0x1p32 - 1))
            columns[poor].alias = values[rich]
            rests[rich] -= 1 - rests[poor]
            if rests[rich] < 1 {
                large.removeLast()
                small.append(rich)
            }
        }
        self.columns = columns
    }

    /// The value that `random`, equally distributed over all 64-bit numbers, picks.
    func draw(_ random: UInt64) -> UInt32 {
        Column.draw(random, from: columns.span, 0..<columns.count)
    }
}

/// Weights by the law of Zipf and Mandelbrot, `1 / (rank + shift)`, ranks from 0.
///
/// The exponent is 1 so that division is all it takes, which every machine rounds alike.
enum Zipf {
    static func weights(count: Int, shift: Double) -> [Double] {
        (0..<count).map { 1 / (Double($0) + shift) }
    }
}
