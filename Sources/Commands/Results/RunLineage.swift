import Artifacts
import Builders
import Events
import FoundationEssentials
import Ingest
import Partitions
import Pipeline
import Platform
import Publishing
import SystemPackage

/// What a run read and made, as the two events that OpenLineage (openlineage.io, spec 2-0-2) asks of every run: its
/// start and its end.
///
/// Datasets are named by their absolute paths in the namespace `file`: each input, the partitions of the owner, and
/// the artifacts of each kind.
struct RunLineage {
    private let ending: RunEnding

    private static let producer = "urn:recsys-pipelines:\(RecsysPipelines.version)"
    private static let specification = "https://openlineage.io/spec"

    init(_ ending: RunEnding) {
        self.ending = ending
    }

    /// The file: replaced in one step, for it may be read at any time.
    func write(to path: FilePath) throws(StorageError) {
        try AtomicFile.write(bytes.rawSpan, to: path)
    }

    /// The events, each on a line of its own.
    var bytes: [UInt8] {
        event("START", at: ending.run.startedAt) + event(lastType, at: ending.endedAt)
    }

    private var lastType: String {
        guard let error = ending.error else { return "COMPLETE" }
        return error is Interruption ? "ABORT" : "FAIL"
    }

    private func event(_ type: String, at time: Timestamp) -> [UInt8] {
        let isLast = type != "START"
        let text = JSONWriter.text(style: .compact) { json in
            json.object { json in
                json.member("eventType", type)
                json.member("eventTime", time.nanosecondDescription)
                json.member("producer", RunLineage.producer)
                json.member("schemaURL", "\(RunLineage.specification)/2-0-2/OpenLineage.json#/$defs/RunEvent")
                json.key("run")
                json.object { writeRun(&$0, isLast: isLast) }
                json.key("job")
                json.object { writeJob(&$0) }
                json.key("inputs")
                json.array { if isLast { writeInputs(&$0) } }
                json.key("outputs")
                json.array { if isLast { writeOutputs(&$0) } }
            }
        }
        return text + [UInt8(ascii: "\n")]
    }

    // MARK: Run and job

    private func writeRun(_ json: inout JSONWriter, isLast: Bool) {
        json.member("runId", RunLineage.uuid(of: ending.run))
        json.key("facets")
        json.object { json in
            if let days = ending.summary.window {
                RunLineage.facet(&json, "nominalTime", "1-0-1/NominalTimeRunFacet") { json in
                    json.member("nominalStartTime", "\(days.start)T00:00:00Z")
                    json.member("nominalEndTime", RunLineage.endTime(days))
                }
            }
            RunLineage.facet(&json, "processing_engine", "1-1-1/ProcessingEngineRunFacet") { json in
                json.member("name", "recsys-pipelines")
                json.member("version", RecsysPipelines.version)
            }
            if isLast, let error = ending.error {
                RunLineage.facet(&json, "errorMessage", "1-0-1/ErrorMessageRunFacet") { json in
                    json.member("message", FailureReport(error).message)
                    json.member("programmingLanguage", "Swift")
                }
            }
        }
    }

    private func writeJob(_ json: inout JSONWriter) {
        json.member("namespace", "recsys-pipelines")
        let names = [ending.owner.tenant, ending.owner.surface] + (ending.owner.segment.map { [$0] } ?? [])
        json.member("name", (["run"] + names.map(\.text)).joined(separator: "."))
        json.key("facets")
        json.object { json in
            RunLineage.facet(&json, "jobType", "2-0-4/JobTypeJobFacet") { json in
                json.member("processingType", "BATCH")
                json.member("integration", "RECSYS_PIPELINES")
                json.member("jobType", "JOB")
            }
        }
    }

    /// The end of the last day, excluded.
    private static func endTime(_ window: Window) -> String {
        window.end.advanced(by: 1).map { "\($0)T00:00:00Z" } ?? "\(window.end)T23:59:59Z"
    }

    /// The name of a run as OpenLineage wants it, a UUID of version 8 (RFC 9562): digits of the SHA-256 of our own, so
    /// that it can be found from it.
    ///
    ///     printf '%s' RUN | sha256sum
    static func uuid(of run: RunIdentifier) -> String {
        let digest = SHA256Digest(of: Array(run.description.utf8).rawSpan).hexadecimal
        let digits = Array(digest)
        let parts = [digits[0..<8], digits[8..<12], ["8"] + digits[13..<16], ["8"] + digits[17..<20], digits[20..<32]]
        return parts.map { String($0) }.joined(separator: "-")
    }

    // MARK: Datasets

    private func writeInputs(_ json: inout JSONWriter) {
        for input in ending.summary.ingested?.inputs ?? [] where input.name != "-" {
            RunLineage.dataset(&json, FilePath(input.name), version: "xxh128:\(input.digest)") { json in
                json.key("inputFacets")
                json.object { json in
                    RunLineage.facet(&json, "inputStatistics", "1-0-0/InputStatisticsInputDatasetFacet") { json in
                        json.member("rowCount", input.lineCount)
                        json.member("size", input.byteCount)
                    }
                }
            }
        }
    }

    private func writeOutputs(_ json: inout JSONWriter) {
        let (layout, key) = (ending.layout, ending.owner.surfaceKey)
        if let ingested = ending.summary.ingested {
            let partitions = ingested.partitions
            RunLineage.output(
                &json, layout.partitions.folder(key), version: nil,
                Statistics(
                    rowCount: ingested.eventCount, byteCount: ingested.partitionByteCount,
                    fileCount: partitions.count))
        }
        let made = ending.summary.days.filter(\.isNew).flatMap(\.artifacts)
        for (kind, artifacts) in Dictionary(grouping: made, by: \.file.key.kind).sorted(by: { $0.key < $1.key }) {
            RunLineage.output(
                &json, layout.objectStore.folder(key, kind),
                version: artifacts.last?.file.version.hexadecimal,
                Statistics(
                    rowCount: artifacts.reduce(0) { $0 + $1.rowCount },
                    byteCount: artifacts.reduce(0) { $0 + $1.file.byteCount }, fileCount: artifacts.count))
        }
    }

    /// What was written to a dataset.
    private struct Statistics {
        let rowCount: Int
        let byteCount: Int
        let fileCount: Int
    }

    private static func output(
        _ json: inout JSONWriter, _ path: FilePath, version: String?, _ statistics: Statistics,
    ) {
        dataset(&json, path, version: version) { json in
            json.key("outputFacets")
            json.object { json in
                facet(&json, "outputStatistics", "1-0-2/OutputStatisticsOutputDatasetFacet") { json in
                    json.member("rowCount", statistics.rowCount)
                    json.member("size", statistics.byteCount)
                    json.member("fileCount", statistics.fileCount)
                }
            }
        }
    }

    private static func dataset(
        _ json: inout JSONWriter, _ path: FilePath, version: String?, _ body: (inout JSONWriter) -> Void,
    ) {
        json.object { json in
            json.member("namespace", "file")
            json.member("name", absolutePath(path))
            if let version {
                json.key("facets")
                json.object { json in
                    facet(&json, "version", "1-0-1/DatasetVersionDatasetFacet") { json in
                        json.member("datasetVersion", version)
                    }
                }
            }
            body(&json)
        }
    }

    private static func absolutePath(_ path: FilePath) -> String {
        URL(filePath: path.string, directoryHint: .notDirectory).absoluteURL.path(percentEncoded: false)
    }

    /// - Parameter schema: The version and the name of what describes it, `1-0-1/NominalTimeRunFacet`.
    private static func facet(
        _ json: inout JSONWriter, _ name: StaticString, _ schema: String, _ body: (inout JSONWriter) -> Void,
    ) {
        let type = schema.split(separator: "/").last ?? ""
        json.key(name)
        json.object { json in
            json.member("_producer", producer)
            json.member("_schemaURL", "\(specification)/facets/\(schema).json#/$defs/\(type)")
            body(&json)
        }
    }
}
