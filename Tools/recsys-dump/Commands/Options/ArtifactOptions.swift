import ArgumentParser
import Platform
import SystemPackage

/// The artifact to look into, and how it is read.
struct ArtifactOptions: ParsableArguments {
    @Argument(help: "An artifact.")
    var file: String

    @OptionGroup var reading: ReadingOptions

    func validate() throws {
        if file.isEmpty { throw ValidationError("a path must not be empty") }
    }

    /// - Throws: As `FileOptions.open`.
    func open() throws -> DumpFile {
        try DumpFile(DataFile(path: FilePath(file), access: reading.access))
    }
}
