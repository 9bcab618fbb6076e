import Events
import Ingest
import Platform
import Synchronization
import SystemPackage

/// What the ledger says of the partitions of a tenant and surface.
struct LedgerView: Sendable {
    /// The SHA-256 that some entry gives a partition.
    private struct Known: Hashable {
        let day: String
        let digest: String
    }

    /// The last entry that touched a partition.
    private struct LastEntry {
        let runIdentifier: String
        /// The SHA-256 that it gives the partition; nil if it removed it.
        let digest: String?
    }

    /// By day.
    private var last: [String: LastEntry] = [:]
    private var known: Set<Known> = []
    /// Why some of the ledger, or all of it, cannot be read.
    private let failures: [any Failure]

    init(_ entries: [LedgerEntry], failures: [any Failure]) {
        self.failures = failures
        for entry in entries {
            for day in entry.removed { last[day] = LastEntry(runIdentifier: entry.runIdentifier, digest: nil) }
            for partition in entry.partitions {
                last[partition.day] = LastEntry(runIdentifier: entry.runIdentifier, digest: partition.digest)
                known.insert(Known(day: partition.day, digest: partition.digest))
            }
        }
    }

    /// The days that have a partition according to the last entry that touched them.
    var days: [String] {
        last.filter { $0.value.digest != nil }.keys.sorted()
    }

    /// Checks the partition of a day that is at `path`, of which there may be none.
    ///
    /// What stands in an entry that cannot be read may have replaced what stands in the others.
    ///
    /// - Throws: `LedgerMismatch`.
    func check(_ day: String, _ path: FilePath, _ digest: SHA256Digest?) throws(LedgerMismatch) {
        let found = digest?.hexadecimal
        if let failure = failures.first {
            if let found, known.contains(Known(day: day, digest: found)) { return }
            throw LedgerMismatch(path: path, found: found, reason: .unreadable(failure))
        }
        guard let last = last[day], last.digest != found else { return }
        let isEarlier = found.map { known.contains(Known(day: day, digest: $0)) } ?? false
        let reason = last.digest.map { LedgerMismatch.Reason.other($0, run: last.runIdentifier, isEarlier: isEarlier) }
        throw LedgerMismatch(path: path, found: found, reason: reason ?? .removed(run: last.runIdentifier))
    }
}

/// Views of the ledger, each made when it is first asked for. Safe to share between threads.
final class LedgerViews: Sendable {
    private let ledger: Ledger
    private let views = Mutex<[SurfaceKey: LedgerView]>([:])

    init(_ ledger: Ledger) {
        self.ledger = ledger
    }

    subscript(key: SurfaceKey) -> LedgerView {
        get throws {
            try views.withLock { views in
                if let view = views[key] { return view }
                let view = try view(of: key)
                views[key] = view
                return view
            }
        }
    }

    private func view(of key: SurfaceKey) throws -> LedgerView {
        do {
            let (entries, failures) = try ledger.contents(of: key)
            return LedgerView(entries, failures: failures)
        } catch let error as StorageError {
            return LedgerView([], failures: [error])
        }
    }
}

/// A partition that is not what the ledger says.
struct LedgerMismatch: Failure {
    enum Reason {
        /// Some of the ledger cannot be read, and the rest does not know the partition.
        case unreadable(any Failure)
        /// The last entry gives the day another SHA-256; true if an earlier one knows what was found.
        case other(String, run: String, isEarlier: Bool)
        /// The last entry removed the partition.
        case removed(run: String)
    }

    let path: FilePath
    /// The SHA-256 of the partition; nil if there is none.
    let found: String?
    let reason: Reason

    var kind: FailureKind {
        switch reason {
        case .unreadable(let failure): failure.kind
        case .other, .removed: found == nil ? .notFound : .corruption
        }
    }

    var message: String {
        let found = found.map { "its SHA-256 is \($0)" } ?? "it is missing"
        let detail =
            switch reason {
            case .unreadable(let failure): "\(found), and some of the ledger cannot be read: \(failure.message)"
            case .other(let digest, let run, let isEarlier):
                self.found == nil
                    ? "this partition is missing, the last entry of the ledger on its day, of run \(run), names it"
                    : "\(found), \(isEarlier ? "that of an earlier state" : "which the ledger does not know"); "
                        + "its last entry on the day, of run \(run), says \(digest)"
            case .removed(let run): "it is there, the last entry of the ledger on its day, of run \(run), removed it"
            }
        return "\(path): \(detail)"
    }

    var remedy: String? {
        switch reason {
        case .unreadable(let failure): failure.remedy
        case .other, .removed:
            "if an ingest of that day was interrupted, run it again; else restore the file from a copy"
        }
    }
}
