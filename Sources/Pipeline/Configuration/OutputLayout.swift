package import Events
package import Ingest
package import Partitions
package import Publishing
package import SystemPackage

/// Where everything is kept: below the output folder unless the configuration says otherwise.
package struct OutputLayout: Sendable {
    package let configuration: Configuration

    package init(_ configuration: Configuration) {
        self.configuration = configuration
    }

    package var rawEvents: FilePath { configuration.rawEventsDirectory ?? below("raw_events") }
    package var partitions: PartitionStore {
        PartitionStore(root: configuration.canonicalDirectory ?? below("canonical"), access: configuration.fileAccess)
    }
    package var staging: StagingArea {
        StagingArea(root: configuration.artifactsDirectory ?? below("artifacts"), access: configuration.fileAccess)
    }
    package var objectStore: ObjectStore {
        ObjectStore(
            root: configuration.objectStoreDirectory ?? below("objectstore"), access: configuration.fileAccess)
    }
    package var registry: Registry {
        Registry(root: configuration.registryDirectory ?? below("registry"), access: configuration.fileAccess)
    }
    package var ledger: Ledger { Ledger(root: below("ledger")) }
    package var rejects: FilePath { below("rejects") }
    package var scratch: FilePath { below("scratch") }
    package var locks: FilePath { below("locks") }

    var checkpoints: FilePath { configuration.checkpointDirectory ?? below("checkpoints") }

    /// The file that notes how far `owner` has been published.
    package func checkpoint(_ owner: SegmentKey) -> FilePath {
        checkpoints.appending(owner.folders).appending("checkpoint.json")
    }

    private func below(_ name: String) -> FilePath {
        configuration.outDirectory.appending(name)
    }
}
