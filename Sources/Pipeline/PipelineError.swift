package import Events
package import Platform
package import SystemPackage

/// A step of the pipeline that cannot be done.
package enum PipelineError: Failure {
    /// `run` has no input and the source folder has none for it.
    case noSource(SurfaceKey, Window, FilePath)
    /// The window has no events.
    case noEvents(SurfaceKey, Window)
    /// Nothing is staged for the window.
    case nothingStaged(SegmentKey, Window, FilePath)
    /// content_sim needs a catalog.
    case noCatalog
    /// A path to verify names no file of the product.
    case nothingToVerify(FilePath)
    /// The store that is to be verified has no file.
    case emptyStore(FilePath)
    /// The store that is to be cleaned has no tenant and surface that is asked for.
    case nothingToCollect(FilePath)
    /// An incremental run does not know where to begin.
    case noCheckpoint(SegmentKey, FilePath)
    /// An incremental run is to begin after its last day.
    case startsAfterEnd(Day, Day)
    /// An incremental run lacks the file of a day of its window.
    case missingDay(Day, of: Window, FilePath)
    /// The inputs of an incremental run end before its last day.
    case inputEndsEarly(Day)
    /// A checkpoint is not what was written.
    case corruptCheckpoint(FilePath)
    /// A partition is not there that the ledger names.
    case missingPartition(FilePath)
    /// The window is longer than `limits.max_days_backfill`.
    case windowTooLong(Window, limit: Int)

    package var kind: FailureKind {
        switch self {
        case .noSource, .noEvents, .nothingStaged, .emptyStore, .nothingToCollect, .missingDay, .inputEndsEarly:
            .notFound
        case .noCatalog, .nothingToVerify, .noCheckpoint, .startsAfterEnd: .usage
        case .corruptCheckpoint, .missingPartition: .corruption
        case .windowTooLong: .refused
        }
    }

    package var message: String {
        switch self {
        case .noSource(let key, let window, let folder):
            "\(folder): no exposure.jsonl, and no \(key)/exposure.<day>.jsonl of \(window.phrase), plain, .gz or .zst"
        case .noEvents(let key, let window): "\(key): no events of \(window.phrase)"
        case .nothingStaged(let owner, let window, let folder):
            "\(owner): nothing is staged for \(window.start) to \(window.end) in \(folder)"
        case .noCatalog: "content_sim is made from a catalog, and none is configured"
        case .nothingToVerify(let path): "\(path): no partition, artifact or other file of the store"
        case .emptyStore(let folder): "\(folder): there is nothing to verify"
        case .nothingToCollect(let folder): "\(folder): no tenant and surface that is asked for"
        case .noCheckpoint(let owner, let path): "\(owner): was never run, for there is no \(path)"
        case .startsAfterEnd(let start, let end): "--start \(start) is after the last day to run, \(end)"
        case .missingDay(let day, _, let folder): "\(folder): no file exposure.\(day).jsonl, plain, .gz or .zst"
        case .inputEndsEarly(let day): "the input has no events after \(day)"
        case .corruptCheckpoint(let path): "\(path): not a checkpoint"
        case .missingPartition(let path): "\(path): this partition is missing, and the ledger names it"
        case .windowTooLong(let window, let limit):
            "\(window.start) to \(window.end) is \(window.dayCount) days, limits.max_days_backfill allows \(limit)"
        }
    }

    package var remedy: String? {
        switch self {
        case .noSource: "name the input with --input, or put the events there"
        case .noEvents: "check tenant, surface and window, and that their events were ingested into this --out-dir"
        case .nothingStaged: "compute it first: recsys-pipelines compute popularity cooc implicit session_seq ..."
        case .noCatalog: "set \"catalog\" in the configuration, or RECSYS_CATALOG, to a .csv or .jsonl file"
        case .nothingToVerify:
            "name a .rspart or .rsart, a folder with some, or any file below --out-dir; without a path all is verified"
        case .emptyStore: "check --out-dir and the configuration, which say where the store is"
        case .nothingToCollect: "check --tenant and --surface, and --out-dir, which says where the store is"
        case .noCheckpoint: "say with --start where the first run begins"
        case .startsAfterEnd: "begin earlier; without --end the last day is yesterday, in UTC"
        case .missingDay(let day, let window, _):
            "put it there and run the same command again"
                + (day.advanced(by: 1).flatMap { window.contains($0) ? $0 : nil }.map { next in
                    "; to go past a day that will have none, run the next one by its date once: "
                        + "--start \(next) --end \(next) instead of --incremental"
                } ?? "")
        case .inputEndsEarly: "run the same command again when it has"
        case .corruptCheckpoint: "remove it, and say once with --start which day is to be run next"
        case .missingPartition:
            "ingest that day again, or restore the file from a copy; gc --keep-days takes old ones out"
        case .windowTooLong: "run a shorter window, or raise the limit"
        }
    }
}
