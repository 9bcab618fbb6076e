package import Builders
package import Events
import Platform

extension Registry {
    /// The version of a kind that was current before the one that is.
    ///
    /// The history is walked back from what is current, over what each entry replaced, to the first that names another
    /// version of the kind. Entries that never became current are passed over.
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
        // A manifest without an entry was put there by hand, after the last one.
        var number = try historyNumber(of: manifest) ?? lastHistoryEntry(of: owner)?.number
        while let current = number {
            try Cancellation.check()
            let entry = try historyEntry(at: historyPath(owner, current), owner)
            let earlier = entry.manifest.current[kind].map { Registry.version(inURI: $0) }
            if let earlier, earlier != version { return earlier }
            number = entry.replacedNumber
        }
        throw PublishingError.notFound(
            what: "\(owner): no other version of \(kind.rawValue) was current before",
            remedy: "list what there is: recsys-pipelines versions \(owner.flags) --kind \(kind.rawValue)")
    }
}
