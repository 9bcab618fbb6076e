import Platform
import SystemPackage
import TestSupport

/// Where inputs become files, for readers read files. Fast where the temporary folder is in memory.
package final class TrialFolder: Sendable {
    private let folder = TemporaryFolder()

    package init() {}

    /// The folder itself.
    var path: FilePath { folder.path }

    /// Opens an input as an artifact or a partition.
    func open(_ input: [UInt8], as name: String) throws -> DataFile {
        try DataFile(path: write(input, as: name))
    }

    /// Makes a file of an input. An earlier one of that name is another file, which may still be mapped.
    func write(_ input: [UInt8], as name: String) throws -> FilePath {
        let path = folder.path.appending(name)
        try write(input, at: path)
        return path
    }

    /// Makes a file of an input, as above, at a path in the folder.
    func write(_ input: [UInt8], at path: FilePath) throws {
        try File.remove(path)
        let descriptor = try File.open(path, .writeOnly, options: [.create, .exclusiveCreate])
        defer { try? descriptor.close() }
        try File.write(input.rawSpan, to: descriptor, path: path)
    }
}
