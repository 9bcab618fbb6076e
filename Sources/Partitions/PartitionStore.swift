package import Columns
package import Events
package import Platform
package import SystemPackage

/// The partitions on disk: `<root>/<tenant>/<surface>/exposures/<YYYY-MM-DD>.rspart`.
package struct PartitionStore: Sendable {
    package let root: FilePath
    /// How partitions are read.
    package let access: FileAccess

    package init(root: FilePath, access: FileAccess = .mapped) {
        self.root = root
        self.access = access
    }

    /// Where the partition of `key` is, if there is one.
    package func path(_ key: PartitionKey) -> FilePath {
        folder(key.surfaceKey).appending("\(key.day).\(PartitionFormat.fileExtension)")
    }

    /// The days of the window that have a partition, ascending.
    package func days(_ surfaceKey: SurfaceKey, in window: Window? = nil) throws(StorageError) -> [Day] {
        let suffix = ".\(PartitionFormat.fileExtension)"
        let names = try Directory.names(in: folder(surfaceKey)).filter { $0.hasSuffix(suffix) }
        let days = names.compactMap { Day(String($0.dropLast(suffix.utf8.count))) }.sorted()
        guard let window else { return days }
        return days.filter { window.contains($0) }
    }

    /// Opens the partition of `key`.
    ///
    /// - Throws: `StorageError` of kind `notFound` if there is none; `FormatError` if the file is damaged, or holds the
    ///   events of another tenant, surface or day.
    package func open(_ key: PartitionKey) throws -> PartitionReader {
        let reader = try PartitionReader(DataFile(path: path(key), access: access))
        guard reader.statistics.key == key else {
            throw FormatError(.mismatched, path(key), "holds the events of \(reader.statistics.key), not of \(key)")
        }
        return reader
    }

    /// Removes what killed processes have left unfinished. Only for who may change these partitions.
    package func removeUnfinished(_ surfaceKey: SurfaceKey) throws(StorageError) {
        try AtomicFile.removeUnfinished(in: folder(surfaceKey))
    }

    /// Makes durable which partitions there are.
    package func synchronise(_ surfaceKey: SurfaceKey) throws(StorageError) {
        let folder = folder(surfaceKey)
        if try File.exists(folder) { try Directory.synchronise(folder) }
    }

    /// A change of the store that takes effect as a whole when it is committed; with `isDryRun` it only tells what it
    /// would write, and cannot be committed.
    package func beginChange(isDryRun: Bool = false) -> PartitionChange {
        PartitionChange(store: self, isDryRun: isDryRun)
    }

    /// Where the partitions of a tenant and surface are.
    package func folder(_ surfaceKey: SurfaceKey) -> FilePath {
        root.appending(surfaceKey.tenant.text).appending(surfaceKey.surface.text).appending("exposures")
    }
}
