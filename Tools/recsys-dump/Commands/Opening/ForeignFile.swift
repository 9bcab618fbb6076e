import Artifacts
import Columns
import Platform
import SystemPackage

/// A file that is neither a partition nor an artifact: what it is, as far as its first bytes tell.
struct ForeignFile: Failure {
    private enum Look {
        case empty
        case cutOff(String, byteCount: Int)
        case damagedAsText(String)
        case compressed(CompressionFormat)
        case foreign(ForeignFormat)
        case document(StoreDocument)
        case events
        case json
        case unknown
    }

    private let path: FilePath
    private let look: Look

    /// - Throws: `StorageError` if the file cannot be read.
    init(_ file: DataFile) throws(StorageError) {
        path = file.path
        look = try ForeignFile.look(of: file)
    }

    var kind: FailureKind {
        switch look {
        case .cutOff, .damagedAsText: .corruption
        default: hasNameOfOurs ? .corruption : .usage
        }
    }

    /// True if the name says that the content was lost; else it is the wrong file.
    private var hasNameOfOurs: Bool {
        [PartitionFormat.fileExtension, ArtifactFormat.fileExtension].contains(path.extension)
    }

    var message: String {
        let nature = "neither a partition nor an artifact of recsys-pipelines"
        return switch look {
        case .empty: "\(path): is empty"
        case .cutOff(let name, let count): "\(path): is a \(name) that was cut off after \(count) bytes"
        case .damagedAsText(let name): "\(path): is a \(name) that was damaged by a transfer as text"
        case .compressed(let format): "\(path): \(nature): it is compressed with \(format.rawValue)"
        case .foreign(let format): "\(path): \(nature): it is \(format.name)"
        case .document(let document): "\(path): \(nature): it is \(document.name)"
        case .events: "\(path): \(nature): it holds events in JSON Lines"
        case .json: "\(path): \(nature): it is JSON"
        case .unknown: "\(path): \(nature)"
        }
    }

    var remedy: String? {
        switch look {
        case .empty where !hasNameOfOurs: "check that the path names the file you mean"
        case .empty, .cutOff: "restore the file from a copy, or make it again from its input"
        case .damagedAsText: "copy the file again, as binary data"
        case .compressed: "decompress it to look into it; events that are compressed so can be ingested as they are"
        case .foreign(.parquet): "look into it with DuckDB: duckdb -c \"SELECT * FROM '\(path)' LIMIT 5\""
        case .document(let document): document.remedy(path: path)
        case .events: "partitions are made of it: recsys-pipelines ingest \(path)"
        case .foreign, .json, .unknown:
            "check that the path names the file you mean\(hasNameOfOurs ? ", or restore it from a copy" : "")"
        }
    }

    private static func look(of file: DataFile) throws(StorageError) -> Look {
        if file.byteCount == 0 { return .empty }
        let start = try file.bytes(0..<min(file.byteCount, 1 << 16))
        for format in [PartitionFormat.file, ArtifactFormat.file] {
            if start.starts(with: format.magic) { return .cutOff(format.name, byteCount: file.byteCount) }
            if hasMagicAsText(start, format) { return .damagedAsText(format.name) }
        }
        if let format = CompressionFormat(startingWith: start[...]) { return .compressed(format) }
        if let format = ForeignFormat(startingWith: start[...]) { return .foreign(format) }
        guard let first = start.first(where: { !" \t\r\n".utf8.contains($0) }), "{[".utf8.contains(first) else {
            return .unknown
        }
        if let document = try StoreDocument(file, start: start) { return .document(document) }
        return StoreDocument.isEvent(start) ? .events : .json
    }

    /// True if the letters of the magic are there, and its first byte or its line breaks became others.
    private static func hasMagicAsText(_ start: [UInt8], _ format: FileFormat) -> Bool {
        // Transfers replace line breaks; the first byte, which is no character, by a mark of three bytes or by `?`.
        [[], [0xEF, 0xBF, 0xBD], [UInt8(ascii: "?")], [0xC2, 0x89]].contains { (first: [UInt8]) in
            let letters = (first.isEmpty ? [format.magic[0]] : first) + format.magic[1..<4]
            guard start.starts(with: letters), start.count > letters.count else { return false }
            return [0x0A, 0x0D].contains(start[letters.count])
        }
    }
}
