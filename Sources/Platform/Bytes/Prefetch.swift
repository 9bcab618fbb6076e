public import CProcessor

extension Span {
    /// Begins to fetch the element at `index`, which will be read soon: a cache miss that is begun early enough costs
    /// nothing.
    @inlinable @inline(__always)
    public func prefetch(at index: Int) {
        precondition(indices.contains(index))
        unsafe withUnsafeBufferPointer { elements in
            if let base = elements.baseAddress { unsafe recsys_prefetch(base + index) }
        }
    }
}
