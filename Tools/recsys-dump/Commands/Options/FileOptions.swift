import ArgumentParser

/// The file to look into, and how it is read.
struct FileOptions: ParsableArguments {
    @Argument(help: "A partition or an artifact.")
    var file: String

    @OptionGroup var reading: ReadingOptions

    func validate() throws {
        if file.isEmpty { throw ValidationError("a path must not be empty") }
    }

    /// - Throws: As `ReadingOptions.open`.
    func open() throws -> DumpFile { try reading.open(file) }
}
