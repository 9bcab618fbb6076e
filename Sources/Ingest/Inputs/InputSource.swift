import Platform
package import SystemPackage

/// Where lines come from.
package enum InputSource: Sendable, Equatable {
    case standardInput
    case file(FilePath)

    /// What messages and the ledger call it: the path, or `-`.
    package var name: String {
        switch self {
        case .standardInput: "-"
        case .file(let path): path.string
        }
    }

    /// The inputs that the paths stand for, in their order: files as they are, of folders every `.jsonl` file below
    /// them in ascending order of their paths, `-` for standard input.
    ///
    /// - Throws: `IngestError` if a path names nothing, or a folder without such files.
    package static func resolve(_ paths: [String]) throws -> [InputSource] {
        try paths.flatMap { path -> [InputSource] in
            if path == "-" { return [.standardInput] }
            guard let status = try File.status(at: FilePath(path)) else { throw IngestError.noSuchInput(path: path) }
            guard status.isDirectory else { return [.file(FilePath(path))] }
            let files = try filesBelow(FilePath(path))
            guard !files.isEmpty else { throw IngestError.emptyFolder(path: path) }
            return files.map { .file($0) }
        }
    }

    private static func filesBelow(_ folder: FilePath) throws -> [FilePath] {
        try Directory.names(in: folder).flatMap { name -> [FilePath] in
            let path = folder.appending(name)
            if try File.status(at: path)?.isDirectory == true { return try filesBelow(path) }
            return path.extension == "jsonl" ? [path] : []
        }
    }
}
