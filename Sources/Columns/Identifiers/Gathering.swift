/// The values at `indices`, in that order.
@specialized(where Value == UInt32)
@specialized(where Value == UInt64)
func gather<Value: ColumnValue>(_ values: Span<Value>, at indices: Span<UInt32>) -> [Value] {
    var selection = [Value](repeating: 0, count: indices.count)
    var target = selection.mutableSpan
    for index in indices.indices { target[index] = values[Int(indices[index])] }
    return selection
}
