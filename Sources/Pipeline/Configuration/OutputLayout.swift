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
        Registry(root: configuration.registryDirectory ?? below("registry"))
    }
    package var ledger: Ledger { Ledger(root: below("ledger")) }
    package var runNotes: RunNotes { RunNotes(root: below("runs")) }
    package var rejects: FilePath { below("rejects") }
    package var scratch: FilePath { below("scratch") }
    /// The locks of who changes partitions: with them if they are kept elsewhere, for they may be shared.
    package var partitionLocks: FilePath {
        (configuration.canonicalDirectory ?? configuration.outDirectory).appending("locks")
    }
    /// The locks of who moves manifests or removes artifacts: with the registry if it is kept elsewhere.
    package var publishingLocks: PublishingLocks {
        PublishingLocks(root: (configuration.registryDirectory ?? configuration.outDirectory).appending("locks"))
    }
    /// The locks of who stages artifacts: with them if they are kept elsewhere.
    package var stagingLocks: FilePath {
        (configuration.artifactsDirectory ?? configuration.outDirectory).appending("locks")
    }

    var checkpoints: FilePath { configuration.checkpointDirectory ?? below("checkpoints") }

    /// The file that notes how far `owner` has been published.
    package func checkpoint(_ owner: SegmentKey) -> FilePath {
        checkpoints.appending(owner.folders).appending("checkpoint.json")
    }

    private func below(_ name: String) -> FilePath {
        configuration.outDirectory.appending(name)
    }
}
