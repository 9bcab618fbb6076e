import SystemPackage

/// A temporary file that ends with the object, for it has no name. It is written once, then any thread may read it.
final class UnnamedFile: Sendable {
    /// What messages call it.
    private let folder: FilePath
    private let descriptor: FileDescriptor

    init(in folder: FilePath) throws(StorageError) {
        self.folder = folder
        descriptor = try File.openUnnamed(in: folder)
    }

    deinit {
        File.discard(descriptor)
    }

    /// Adds bytes at the end.
    func append(_ bytes: RawSpan) throws(StorageError) {
        try File.write(bytes, to: descriptor, path: folder)
    }

    /// The numbers at these places of a file of numbers as memory has them, all of which must be there.
    @specialized(where Element == UInt8)
    @specialized(where Element == UInt32)
    @specialized(where Element == UInt64)
    func read<Element: BitwiseCopyable & FixedWidthInteger>(
        _ range: Range<Int>, of _: Element.Type,
    ) throws(StorageError) -> [Element] {
        var elements = [Element](repeating: 0, count: range.count)
        let offset = range.lowerBound * MemoryLayout<Element>.size
        var span = elements.mutableSpan
        var bytes = unsafe span.mutableBytes
        try File.read(into: &bytes, at: offset, from: descriptor, path: folder)
        return elements
    }
}
