package import ArgumentParser
import Events
import FoundationEssentials
import Pipeline
import Platform
import SystemPackage

/// What every subcommand takes.
struct CommonOptions: ParsableArguments {
    @Option(name: .long, help: "Read settings from this JSON file.")
    var config: String?

    @Option(name: .customLong("out-dir"), help: "Keep everything below this folder. (default: .out)")
    var outDirectory: String?

    @Option(name: .long, help: "How many threads to use. (default: one a processor)")
    var threads: Int?

    @Flag(name: .customLong("no-mmap"), help: "Read files by reads, not through memory maps.")
    var avoidsMemoryMaps = false

    @OptionGroup var logs: LogOptions

    func validate() throws {
        if outDirectory == "" { throw ValidationError("--out-dir: must be a path") }
        if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads: must be from 1 to 1024") }
    }

    /// The pipeline that the options, the configuration file and the environment ask for.
    func pipeline() throws -> Pipeline {
        let environment = ProcessInfo.processInfo.environment
        var configuration = try Configuration.load(file: config.map { FilePath($0) }, environment: environment)
        if let outDirectory { configuration.setOutDirectory(FilePath(outDirectory), byFlag: "--out-dir") }
        if avoidsMemoryMaps { configuration.avoidMemoryMaps(byFlag: "--no-mmap") }
        var pipeline = Pipeline(
            configuration, threadCount: threads ?? Parallel.availableThreadCount, run: Invocation.current.run)
        pipeline.logger = logs.logger
        pipeline.progress = logs.progressMeter?.report
        return pipeline
    }
}

/// How a subcommand prints its result.
package struct ResultOptions: ParsableArguments {
    @Option(name: .long, help: "How results are printed: text, or json with a result object as the last line.")
    package var format: ResultFormat = .text

    package init() {}
}

/// How results are printed.
package enum ResultFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    case text
    case json
}
