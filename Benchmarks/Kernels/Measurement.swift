import Benchmark
import Platform

/// What a kernel works through.
enum Unit: String {
    case values
    case bytes

    /// The metric of the throughput. The one that Benchmark has counts calls.
    fileprivate var metric: BenchmarkMetric {
        .custom("\(rawValue)/s", polarity: .prefersLarger, useScalingFactor: false)
    }
}

/// A kernel and its input.
struct Kernel {
    fileprivate let amount: Int
    fileprivate let call: () -> Void

    /// - Parameters:
    ///   - amount: How many values or bytes one call works through.
    ///   - call: Returns whatever the kernel makes, so that the work is not optimised away.
    init<Output>(_ amount: Int, _ call: @escaping () -> Output) {
        self.amount = amount
        self.call = { blackHole(call()) }
    }
}

/// Measures one call of a kernel after the other.
///
/// - Parameter prepare: Makes the kernel's input, once and unmeasured.
func measure(_ name: String, _ unit: Unit, _ prepare: @escaping () throws -> Kernel) {
    let metric = unit.metric
    let configuration = Benchmark.Configuration(
        metrics: [metric, .wallClock, .instructions], warmupIterations: 10, maxDuration: .milliseconds(500),
        maxIterations: 100_000)
    Benchmark(
        name, configuration: configuration,
        closure: { (benchmark: Benchmark, kernel: Kernel) in
            let start = MonotonicClock.seconds
            kernel.call()
            let seconds = MonotonicClock.seconds - start
            benchmark.measurement(metric, Int(Double(kernel.amount) / seconds))
        },
        setup: { try prepare() })
}
