import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A request from outside, by SIGINT or SIGTERM, to stop in good order.
///
/// Long loops ask between two pieces of work and unwind, so that everything unfinished is removed as after an error.
package enum Cancellation {
    private static let signal = Atomic<Int32>(0)
    /// When it came.
    private static let signalTime = Atomic<UInt64>(0)

    /// Lets SIGINT and SIGTERM ask this process to stop. Another one ends it at once; within a second it is taken for
    /// the same, for `timeout` and some terminals send each twice.
    package static func listen() {
        for number in [SIGINT, SIGTERM] {
            handle(number) { number in
                let now = MonotonicClock.nanoseconds
                if Cancellation.signal.load(ordering: .relaxed) == 0 {
                    Cancellation.signalTime.store(now, ordering: .relaxed)
                    Cancellation.signal.store(number, ordering: .relaxed)
                } else if now &- Cancellation.signalTime.load(ordering: .relaxed) > 1_000_000_000 {
                    handle(number, SIG_DFL)
                    raise(number)
                }
            }
        }
    }

    /// - Throws: `Interruption` if a signal has asked to stop.
    package static func check() throws(Interruption) {
        let number = signal.load(ordering: .relaxed)
        if number != 0 { throw Interruption(signal: number) }
    }
}

/// Work that stopped because a signal asked for it.
package struct Interruption: Error, CustomStringConvertible {
    package let signal: Int32

    package var description: String { "stopped by signal \(signal)" }

    /// What a shell reports of a process that the signal ended.
    package var exitCode: Int32 { 128 + signal }
}

/// `signal(2)`, out of reach of the property of the same name.
private func handle(_ number: Int32, _ handler: sighandler_t?) {
    signal(number, handler)
}
