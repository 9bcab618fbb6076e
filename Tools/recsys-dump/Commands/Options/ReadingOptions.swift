import ArgumentParser
import Platform

/// How a file is read.
struct ReadingOptions: ParsableArguments {
    @Flag(name: .customLong("no-mmap"), help: "Read the file by reads, not through a memory map.")
    var avoidsMemoryMaps = false

    /// How files are read.
    var access: FileAccess { avoidsMemoryMaps ? .copied : .mapped }
}
