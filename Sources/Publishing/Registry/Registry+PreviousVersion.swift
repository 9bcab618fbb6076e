package import Builders
package import Events
import Platform

extension Registry {
    /// The version of a kind that was current before the one that is.
    ///
    /// It is the one that a rollback of the kind by one step leads to.
    ///
    /// - Throws: `PublishingError` if nothing of the kind is current, no other version was before, or an entry is
    ///   damaged; `NewerVersionError`; `StorageError`.
    package func previousVersion(of owner: SegmentKey, kind: ArtifactKind) throws -> String {
        guard let manifest = try manifest(of: owner) else { throw PublishingError.nothingPublished(owner) }
        guard let uri = manifest.current[kind] else {
            throw PublishingError.notFound(
                what: "\(owner): no \(kind.rawValue) is current",
                remedy: "list what there is: recsys-pipelines versions \(owner.flags)")
        }
        let version = Registry.version(inURI: uri)
        for result in try predecessors(of: manifest, owner) {
            try Cancellation.check()
            let earlier = try result.get().manifest.current[kind].map { Registry.version(inURI: $0) }
            if let earlier, earlier != version { return earlier }
        }
        throw PublishingError.notFound(
            what: "\(owner): no other version of \(kind.rawValue) was current before",
            remedy: "list what there is: recsys-pipelines versions \(owner.flags) --kind \(kind.rawValue)")
    }
}
