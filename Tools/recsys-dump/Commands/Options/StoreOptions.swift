import ArgumentParser
import FoundationEssentials
import Pipeline
import SystemPackage

/// Where to look for what made a file, if not where the file lies.
struct StoreOptions: ParsableArguments {
    @Option(
        name: .customLong("out-dir"), help: "Look up what made the file below this output folder. (default: its own)")
    var outDirectory: String?

    @Option(name: .long, help: "The same, with the places that this configuration file says.")
    var config: String?

    func validate() throws {
        if outDirectory == "" { throw ValidationError("--out-dir: must be a path") }
    }

    /// The store that the options name; nil if they name none.
    ///
    /// - Throws: `ConfigurationError` or `StorageError` if the configuration cannot be read.
    func layout() throws -> OutputLayout? {
        if outDirectory == nil && config == nil { return nil }
        var configuration = Configuration()
        if let config {
            let environment = ProcessInfo.processInfo.environment
            configuration = try Configuration.load(file: FilePath(config), environment: environment)
        }
        if let outDirectory { configuration.outDirectory = FilePath(outDirectory) }
        return OutputLayout(configuration)
    }
}
