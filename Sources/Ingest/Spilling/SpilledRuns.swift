import Columns
import Platform
import Synchronization
import SystemPackage

/// The sorted runs that an ingest has written because its memory was full. They go with the object.
final class SpilledRuns: Sendable {
    private struct State {
        var folder: ScratchFolder?
        var paths: [PartitionKey: [FilePath]] = [:]
    }

    private let root: FilePath
    private let name: String
    private let serialNumber = SerialNumber()
    private let state = Mutex(State())

    /// - Parameters:
    ///   - root: Where runs of all processes keep their folders.
    ///   - name: The name of this one's folder.
    init(root: FilePath, name: String) {
        self.root = root
        self.name = name
    }

    /// The folder of the runs, created when it is first asked for.
    var folder: FilePath {
        get throws {
            try state.withLock { state in
                let folder = try state.folder ?? ScratchFolder(root: root, name: name)
                state.folder = folder
                return folder.path
            }
        }
    }

    /// The partitions that have runs.
    var keys: [PartitionKey] { state.withLock { Array($0.paths.keys) } }

    /// The runs of a partition.
    func paths(of key: PartitionKey) -> [FilePath] {
        state.withLock { $0.paths[key] ?? [] }
    }

    /// Writes a run.
    ///
    /// - Parameter columns: Events in the order of a partition, with their arrivals.
    func add(_ columns: ExposureColumns, of key: PartitionKey, using zstandard: Zstandard) throws {
        let path = try folder.appending("\(serialNumber.next()).\(PartitionFormat.fileExtension)")
        var file = try ScratchFile(path: path)
        let bytes = RunEncoder.encode(columns, key: key, using: zstandard)
        try file.write(bytes.rawSpan)
        state.withLock { $0.paths[key, default: []].append(path) }
    }
}
