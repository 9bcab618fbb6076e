import Platform

extension ContainerReader {
    /// Lets the system forget the bytes of blocks that stand together and will not be read again.
    ///
    /// The pages around a byte that is read become resident with it, so those before the last block too are let go of
    /// once more.
    package func releasePages(ofBlocks indices: ClosedRange<Int>) {
        let end = offsets[indices.upperBound] + entries[indices.upperBound].storedByteCount
        file.releasePages(of: offsets[indices.lowerBound]..<end)
    }

    /// Lets the system forget the bytes of a section that was read and most likely will not be read again. Small ones
    /// stay: forgetting them would cost more than it gives.
    func releasePages(section: UInt8) {
        let indices = blockIndices(section: section)
        guard let first = indices.first, let last = indices.last, last - first == indices.count - 1 else { return }
        let end = offsets[last] + entries[last].storedByteCount
        if end - offsets[first] >= ContainerReader.leastReleasedByteCount { releasePages(ofBlocks: first...last) }
    }

    private static let leastReleasedByteCount = 1 << 18
}
