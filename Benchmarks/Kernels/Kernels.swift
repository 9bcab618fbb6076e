import Benchmark

/// Every kernel of the product by itself: `make bench` runs them.
let benchmarks: @Sendable () -> Void = {
    measureEncodings()
    measureBytes()
    measureIdentifiers()
    measureCounting()
    measureDecoding()
    measureScanning()
}
