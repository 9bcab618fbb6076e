/// What one pass over a block's values tells; every encoding judges by it whether it applies and how large it would be.
struct BlockStatistics: Equatable {
    /// Number of values, at least 1.
    let count: Int
    let first: UInt64
    let minimum: UInt64
    let maximum: UInt64
    /// Number of maximal runs of equal values, at least 1.
    let runCount: Int
    /// Length of the longest run.
    let longestRun: Int
    /// The largest number that divides every distance from `minimum`; 0 where all values are equal.
    let scale: UInt64
    /// Least and greatest difference of a value and the one before it, where all fit in 64 bits signed.
    let differences: ClosedRange<Int64>?
    /// Number of values less than the one before.
    let descentCount: Int

    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    init<Value: ColumnValue>(_ values: Span<Value>) {
        precondition(!values.isEmpty)
        let range = valueRange(values)
        count = values.count
        first = UInt64(values[0])
        minimum = UInt64(range.minimum)
        maximum = UInt64(range.maximum)
        (runCount, longestRun) = runs(values)
        scale = commonScale(values, minimum: range.minimum)
        descentCount = descents(values)
        differences = maximum <= UInt64(Int64.max) ? differenceRange(values) : nil
    }
}

private func valueRange<Value: ColumnValue>(_ values: Span<Value>) -> (minimum: Value, maximum: Value) {
    var minimum = values[0]
    var maximum = values[0]
    for index in values.indices {
        minimum = min(minimum, values[index])
        maximum = max(maximum, values[index])
    }
    return (minimum, maximum)
}

private func runs<Value: ColumnValue>(_ values: Span<Value>) -> (count: Int, longest: Int) {
    var count = 1
    var start = 0
    var longest = 1
    for index in 1..<values.count where values[index] != values[index &- 1] {
        longest = max(longest, index &- start)
        start = index
        count &+= 1
    }
    return (count, max(longest, values.count &- start))
}

private func descents<Value: ColumnValue>(_ values: Span<Value>) -> Int {
    var count = 0
    for index in 1..<values.count where values[index] < values[index &- 1] { count &+= 1 }
    return count
}

private func commonScale<Value: ColumnValue>(_ values: Span<Value>, minimum: Value) -> UInt64 {
    var scale: Value = 0
    for index in values.indices {
        scale = greatestCommonDivisor(scale, values[index] &- minimum)
        if scale == 1 { return 1 }
    }
    return UInt64(scale)
}

private func greatestCommonDivisor<Value: ColumnValue>(_ left: Value, _ right: Value) -> Value {
    var (larger, smaller) = (left, right)
    while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
    return larger
}

private func differenceRange<Value: ColumnValue>(_ values: Span<Value>) -> ClosedRange<Int64> {
    guard values.count > 1 else { return 0...0 }
    var least = Int64.max
    var greatest = Int64.min
    for index in 1..<values.count {
        let difference = Int64(truncatingIfNeeded: values[index]) &- Int64(truncatingIfNeeded: values[index &- 1])
        least = min(least, difference)
        greatest = max(greatest, difference)
    }
    return least...greatest
}
