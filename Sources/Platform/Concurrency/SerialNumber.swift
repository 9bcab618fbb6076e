import Synchronization

/// Numbers from 0 upwards, each given out once, to any number of threads.
package final class SerialNumber: Sendable {
    private let value = Atomic<Int>(0)

    package init() {}

    /// The next number.
    package func next() -> Int {
        value.wrappingAdd(1, ordering: .relaxed).oldValue
    }
}
