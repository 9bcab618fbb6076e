import ArgumentParser
import Platform
import SystemPackage

/// The file to look into, and how it is read.
struct FileOptions: ParsableArguments {
    @Argument(help: "A partition or an artifact.")
    var file: String

    @OptionGroup var reading: ReadingOptions

    func validate() throws {
        if file.isEmpty { throw ValidationError("a path must not be empty") }
    }

    /// - Throws: `StorageError` if there is no such file; `ForeignFile` if it is none of ours; `FormatError` if it
    ///   needs a newer reader.
    func open() throws -> DumpFile {
        try DumpFile(DataFile(path: FilePath(file), access: reading.access))
    }
}
