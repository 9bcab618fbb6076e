import ArgumentParser
import Platform
import SystemPackage

/// How a file is read.
struct ReadingOptions: ParsableArguments {
    @Flag(name: .customLong("no-mmap"), help: "Read the file by reads, not through a memory map.")
    var avoidsMemoryMaps = false

    /// How files are read.
    private var access: FileAccess { avoidsMemoryMaps ? .copied : .mapped }

    /// Opens the file at `path`.
    ///
    /// - Throws: `StorageError` if there is no such file; `ForeignFile` if it is none of ours; `FormatError` if it
    ///   needs a newer reader.
    func open(_ path: String) throws -> DumpFile {
        try DumpFile(DataFile(path: FilePath(path), access: access))
    }
}
