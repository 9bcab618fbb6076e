import Platform

/// Prints text, many lines at a time.
struct LinePrinter {
    private var pending: [UInt8] = []
    private let write: ([UInt8]) throws -> Void

    /// - Parameter write: Takes what is printed.
    init(to write: @escaping ([UInt8]) throws -> Void = StandardOutput.write) {
        self.write = write
    }

    /// Adds what `body` appends.
    ///
    /// - Throws: As `flush`.
    mutating func print(_ body: (inout [UInt8]) -> Void) throws {
        body(&pending)
        if pending.count > 1 << 16 { try flush() }
    }

    /// Adds a line.
    ///
    /// - Throws: As `flush`.
    mutating func print(line: String) throws {
        try print { $0 += "\(line)\n".utf8 }
    }

    /// Prints what is pending.
    ///
    /// - Throws: `Interruption` if a signal asks to stop; `ClosedPipe`; `StorageError`.
    mutating func flush() throws {
        try Cancellation.check()
        if pending.isEmpty { return }
        try write(pending)
        pending.removeAll(keepingCapacity: true)
    }
}
