import Artifacts
import Columns
import Platform
import SystemPackage

/// A file to look into: one of the two kinds there are, told apart by its first bytes.
enum DumpFile {
    case partition(PartitionReader)
    case artifact(ContainerReader, Artifact)

    /// - Throws: `StorageError` if there is no such file; `FormatError` if it is neither kind, newer, or damaged.
    static func open(path: String) throws -> DumpFile {
        let file = try DataFile(path: FilePath(path))
        do throws(FormatError) {
            return .partition(try PartitionReader(file))
        } catch  where error.code == .notRecognised {
            return try artifact(file)
        }
    }

    private static func artifact(_ file: DataFile) throws -> DumpFile {
        do {
            return .artifact(try ContainerReader(file, format: ArtifactFormat.file), try ArtifactDecoder.decode(file))
        } catch let error as FormatError where error.code == .notRecognised {
            throw FormatError(.notRecognised, file.path, "neither a partition nor an artifact of recsys-pipelines")
        }
    }

    var container: ContainerReader {
        switch self {
        case .partition(let reader): reader.container
        case .artifact(let container, _): container
        }
    }
}
