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

    /// Opens the input to be read once.
    ///
    /// - Throws: `StorageError` if it cannot be opened.
    func open() throws(StorageError) -> InputFile {
        switch self {
        case .standardInput: try InputFile(path: nil)
        case .file(let path): try InputFile(path: path)
        }
    }

    /// How the names of files of events end.
    package static let fileNameEndings = [".jsonl", ".jsonl.gz", ".jsonl.zst"]

    /// The inputs that the paths stand for, in their order: files as they are, of folders every file of events below
    /// them in ascending order of their paths, of patterns (`*`, `?`, `[...]`) what they match, `-` for standard input.
    ///
    /// - Throws: `IngestError` if a path names nothing, or a folder without such files, and if an input occurs twice,
    ///   be it by different paths.
    package static func resolve(_ paths: [String]) throws -> [InputSource] {
        let sources = try paths.flatMap { path -> [InputSource] in
            if path == "-" { return [.standardInput] }
            if try File.exists(FilePath(path)) { return try resolve(FilePath(path)) }
            let matches = try Directory.matches(of: path)
            guard !matches.isEmpty else {
                let isPattern = path.contains { "*?[".contains($0) }
                throw isPattern ? IngestError.noMatch(pattern: path) : IngestError.noSuchInput(path: path)
            }
            return try matches.flatMap(resolve)
        }
        try checkForRepetition(sources)
        return sources
    }

    /// Events of an input that is read twice would count twice.
    private static func checkForRepetition(_ sources: [InputSource]) throws {
        var known: [File.Identity?: InputSource] = [:]
        for source in sources {
            let identity: File.Identity?
            switch source {
            // If it is closed it has none.
            case .standardInput: identity = try? File.status(of: .standardInput, path: "-").identity
            case .file(let path):
                // What went away meanwhile is told when it is opened.
                guard let status = try File.status(at: path) else { continue }
                identity = status.identity
            }
            if let earlier = known.updateValue(source, forKey: identity) {
                throw IngestError.repeatedInput(path: source.name, earlierPath: earlier.name)
            }
        }
    }

    private static func resolve(_ path: FilePath) throws -> [InputSource] {
        guard try File.status(at: path)?.isDirectory == true else { return [.file(path)] }
        let files = try filesBelow(path)
        guard !files.isEmpty else { throw IngestError.emptyFolder(path: path.string) }
        return files.map { .file($0) }
    }

    /// Hidden files and folders are left out, as patterns leave them out: `.out` has records that were set aside.
    private static func filesBelow(_ folder: FilePath) throws -> [FilePath] {
        try Directory.names(in: folder).filter { !$0.hasPrefix(".") }.flatMap { name -> [FilePath] in
            let path = folder.appending(name)
            if try File.status(at: path)?.isDirectory == true { return try filesBelow(path) }
            return fileNameEndings.contains { name.hasSuffix($0) } ? [path] : []
        }
    }
}
