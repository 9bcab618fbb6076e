import Columns
import Platform
import SystemPackage

/// Merges runs into fewer until they may be merged at once.
struct RunReducer {
    let key: PartitionKey
    /// Where the new runs are made.
    let folder: FilePath
    /// How runs are read.
    let access: FileAccess
    let zstandard: Zstandard

    /// At most `PartitionMerge.maximumRunCount` runs with the events of all `runs`. Those that are merged are removed.
    ///
    /// - Throws: `FormatError` if a run is damaged; `StorageError`; `Interruption`.
    func reduce(_ runs: [FilePath]) throws -> [FilePath] {
        var runs = runs
        while runs.count > PartitionMerge.maximumRunCount {
            runs = try stride(from: 0, to: runs.count, by: PartitionMerge.maximumRunCount).map { start in
                try merge(Array(runs[start..<min(runs.count, start + PartitionMerge.maximumRunCount)]))
            }
        }
        return runs
    }

    private func merge(_ runs: [FilePath]) throws -> FilePath {
        if runs.count == 1 { return runs[0] }
        let path = runs[0].removingLastComponent().appending("merged-\(runs[0].lastComponent?.string ?? "")")
        let files = try runs.map { try MergedFile(run: $0, access) }
        let merge = PartitionMerge(key: key, files: files, folder: folder, zstandard: zstandard)
        var output = try ScratchFile(path: path)
        _ = try merge.run(.run) { bytes throws(StorageError) in try output.write(bytes) }
        for run in runs { try File.remove(run) }
        return path
    }
}
