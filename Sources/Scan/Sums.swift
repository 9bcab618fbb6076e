extension [[UInt32]] {
    /// The sums of the numbers at each place of the arrays, of which there is at least one, all of one length: what
    /// several threads have counted.
    package var sums: [UInt32] {
        var total = self[0]
        for numbers in dropFirst() { add(numbers.span, to: total.mutableSpan) }
        return total
    }
}

private func add(_ numbers: Span<UInt32>, to total: consuming MutableSpan<UInt32>) {
    for index in numbers.indices { total[index] &+= numbers[index] }
}
