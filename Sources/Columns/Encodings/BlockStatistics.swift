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
    /// Number of values greater than the one before.
    var ascentCount: Int { runCount - 1 - descentCount }
    /// As `differences`, from run to run of equal values; 0 where there is one run.
    private let runDifferences: ClosedRange<Int64>?

    /// True of many values that only count up, as those of a sorted dictionary of numbers. By experience their
    /// differences are smaller than whatever else, so nothing else is worth a trial.
    ///
    /// Of few values the parameters weigh more, and where a scale divides them differences do not tell it.
    var countsUp: Bool {
        count >= 64 && descentCount == 0 && runCount == count && scale == 1 && differences != nil
    }

    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    init<Value: ColumnValue>(_ values: Span<Value>) {
        precondition(!values.isEmpty)
        let summary = RunSummary(values)
        count = values.count
        first = UInt64(values[0])
        minimum = UInt64(summary.minimum)
        maximum = UInt64(summary.maximum)
        runCount = summary.runCount
        longestRun = summary.longestRun
        descentCount = summary.descentCount
        scale = commonScale(values, minimum: summary.minimum)
        differences = maximum <= UInt64(Int64.max) ? summary.differences : nil
        runDifferences = maximum <= UInt64(Int64.max) ? summary.runDifferences : nil
    }

    /// The statistics of the values of the runs, each once.
    var ofRuns: BlockStatistics { BlockStatistics(ofRunsOf: self) }

    private init(ofRunsOf whole: BlockStatistics) {
        count = whole.runCount
        first = whole.first
        minimum = whole.minimum
        maximum = whole.maximum
        runCount = whole.runCount
        longestRun = 1
        descentCount = whole.descentCount
        scale = whole.scale
        differences = whole.runDifferences
        runDifferences = whole.runDifferences
    }
}

/// What changes from run to run of equal values tell. Within a run there is nothing to learn but its length, and in
/// columns that are sorted by user runs are long.
private struct RunSummary<Value: ColumnValue> {
    var minimum: Value
    var maximum: Value
    var runCount = 1
    var longestRun = 0
    var descentCount = 0
    /// Of the differences from run to run as numbers of 64 bits; of no use where one does not fit.
    private var leastDifference = Int64.max
    private var greatestDifference = Int64.min
    /// True if some value equals the one before.
    private var hasEqualNeighbors: Bool

    @inline(__always)
    init(_ values: Span<Value>) {
        var previous = values[0]
        (minimum, maximum) = (previous, previous)
        hasEqualNeighbors = false
        var start = 0
        for index in 1..<values.count {
            let value = values[index]
            if value == previous { continue }
            longestRun = max(longestRun, index &- start)
            start = index
            runCount &+= 1
            if value < previous { descentCount &+= 1 }
            minimum = min(minimum, value)
            maximum = max(maximum, value)
            let difference = Int64(truncatingIfNeeded: value) &- Int64(truncatingIfNeeded: previous)
            leastDifference = min(leastDifference, difference)
            greatestDifference = max(greatestDifference, difference)
            previous = value
        }
        longestRun = max(longestRun, values.count &- start)
        hasEqualNeighbors = runCount < values.count
    }

    var runDifferences: ClosedRange<Int64> { runCount == 1 ? 0...0 : leastDifference...greatestDifference }

    var differences: ClosedRange<Int64> {
        guard hasEqualNeighbors else { return runDifferences }
        return min(runDifferences.lowerBound, 0)...max(runDifferences.upperBound, 0)
    }
}

@inline(__always)
private func commonScale<Value: ColumnValue>(_ values: Span<Value>, minimum: Value) -> UInt64 {
    var scale: Value = 0
    var previous = minimum
    for index in values.indices {
        let value = values[index]
        if value == previous { continue }
        previous = value
        scale = greatestCommonDivisor(scale, value &- minimum)
        if scale == 1 { return 1 }
    }
    return UInt64(scale)
}

/// The largest number that divides both. Where the left divides the right, as it mostly does, one division tells.
@inline(__always)
private func greatestCommonDivisor<Value: ColumnValue>(_ left: Value, _ right: Value) -> Value {
    var (divisor, rest) = (right, left)
    while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
    return divisor
}
