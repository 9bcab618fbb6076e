import Builders
import Platform
import Publishing
import Scan
import SystemPackage
import TestSupport
import Testing

@testable import Pipeline

/// Every setting can be set in the file and in the environment; what cannot be used is named with its place.
@Suite struct ConfigurationTests {
    /// A setting, a value as JSON and as the text of a variable, and how the value shows.
    struct Example: CustomTestStringConvertible, Sendable {
        let key: String
        let json: String
        let text: String
        let shown: @Sendable (Configuration) -> String?

        var testDescription: String { key }

        static func path(
            _ key: String, _ shown: @escaping @Sendable (Configuration) -> FilePath?,
        ) -> Example {
            Example(key: key, json: "\"some/<é> path\"", text: "some/<é> path") { shown($0)?.string }
        }

        static func count(_ key: String, _ shown: @escaping @Sendable (Configuration) -> Int?) -> Example {
            Example(key: "limits.\(key)", json: "123456", text: "123456") { shown($0)?.description }
        }
    }

    private static let examples: [Example] =
        [
            .path("out_dir") { $0.outDirectory }, .path("raw_events_dir") { $0.rawEventsDirectory },
            .path("canonical_dir") { $0.canonicalDirectory }, .path("checkpoint_dir") { $0.checkpointDirectory },
            .path("artifacts_dir") { $0.artifactsDirectory }, .path("object_store_dir") { $0.objectStoreDirectory },
            .path("registry_dir") { $0.registryDirectory }, .path("catalog") { $0.catalog },
            Example(key: "raw_source", json: #""jsonl""#, text: "jsonl") {
                $0.origins["raw_source"].map { _ in "jsonl" }
            },
            Example(key: "object_store", json: #""local""#, text: "local") {
                $0.origins["object_store"].map { _ in "local" }
            },
            Example(key: "db", json: #""postgres://u:p@h/d""#, text: "postgres://u:p@h/d") { $0.database },
            Example(key: "artifact_kinds", json: #"["cooc", "popularity"]"#, text: "cooc,popularity") {
                $0.artifactKinds?.map(\.rawValue).joined(separator: ",")
            },
            Example(key: "artifact_format", json: #""json-v1""#, text: "json-v1") { $0.artifactFormat.rawValue },
            Example(key: "cooc_score", json: #""asym_shrunk""#, text: "asym_shrunk") {
                $0.parameters.coocScore.rawValue
            },
            Example(key: "popularity_unit", json: #""users""#, text: "users") { $0.parameters.popularityUnit.rawValue },
            Example(key: "popularity_half_life_days", json: "7.5", text: "7.5") {
                $0.parameters.popularityHalfLifeDayCount?.description
            },
            Example(key: "limits.on_oversized_session", json: #""truncate""#, text: "truncate") {
                $0.limits.oversizedSessions.rawValue
            },
            Example(key: "use_mmap", json: "false", text: "false") { "\($0.fileAccess == .mapped)" },
            Example(key: "strict_schema", json: "true", text: "true") { $0.isStrictSchema.description },
            Example(key: "on_bad_record", json: #""quarantine""#, text: "quarantine") {
                $0.badRecords.rawValue
            },
            Example(key: "max_reject_ratio", json: "0.25", text: "0.25") { $0.maximumRejectRatio.description },
            .count("max_line_bytes") { $0.maximumLineByteCount },
            .count("max_memory_mb") { $0.maximumMegabyteCount },
            .count("max_days_backfill") { $0.maximumBackfillDayCount },
            .count("max_events_per_run") { $0.limits.maximumEventCount },
            .count("max_sessions_per_run") { $0.limits.maximumSessionCount },
            .count("max_users_per_run") { $0.limits.maximumUserCount },
            .count("max_distinct_items_per_run") { $0.limits.maximumItemCount },
            .count("max_items_per_session") { $0.limits.maximumItemsPerSession },
            .count("max_items_per_artifact") { $0.parameters.maximumItemsPerArtifact },
            .count("max_neighbors_per_item") { $0.parameters.maximumNeighborsPerItem },
            .count("min_cooc_support") { $0.parameters.minimumCoocSupport },
            .count("max_items_per_user") { $0.parameters.maximumItemsPerUser },
        ]
        + Gate.allCases.map { gate in
            Example(key: "gates.\(gate.rawValue)", json: "\"fail 0.75\"", text: "fail 0.75") { configuration in
                configuration.gateRules[gate].map { "\($0.action.rawValue) \($0.threshold)" }
            }
        }

    private let folder = TemporaryFolder()

    private func load(_ json: String, _ environment: [String: String] = [:]) throws -> Configuration {
        try folder.write(json, as: "config.json")
        return try Configuration.load(file: folder.path.appending("config.json"), environment: environment)
    }

    private func problem(_ json: String, _ environment: [String: String] = [:]) -> ConfigurationError? {
        #expect(throws: ConfigurationError.self) { try load(json, environment) }
    }

    /// The JSON of a file that sets one key.
    private func file(_ key: String, _ json: String) -> String {
        let names = key.split(separator: ".")
        return names.count == 1 ? "{\"\(key)\": \(json)}" : "{\"\(names[0])\": {\"\(names[1])\": \(json)}}"
    }

    private func variable(_ key: String) -> String {
        "RECSYS_" + key.uppercased().replacing(".", with: "_")
    }

    @Test func everySettingHasAnExample() {
        #expect(ConfigurationTests.examples.map(\.key).sorted() == Setting.all.map(\.key).sorted())
    }

    @Test(arguments: examples)
    func fromTheFileAndFromTheEnvironment(example: Example) throws {
        #expect(try example.shown(load("{}")) != example.text)
        #expect(try example.shown(load(file(example.key, example.json))) == example.text)
        let environment = [variable(example.key): example.text]
        #expect(try example.shown(Configuration.load(file: nil, environment: environment)) == example.text)
        #expect(try example.shown(load("{}", environment)) == example.text)
    }

    @Test func theEnvironmentPrevails() throws {
        let json = #"{"out_dir": "a", "catalog": "b", "limits": {"min_cooc_support": 2, "max_items_per_user": 3}}"#
        let configuration = try load(json, ["RECSYS_OUT_DIR": "c", "RECSYS_LIMITS_MIN_COOC_SUPPORT": "4"])
        #expect(configuration.outDirectory == "c")
        #expect(configuration.catalog == "b")
        #expect(configuration.parameters.minimumCoocSupport == 4)
        #expect(configuration.parameters.maximumItemsPerUser == 3)
    }

    @Test func defaults() throws {
        let configuration = try Configuration.load(file: nil, environment: ["PATH": "x", "HOME": "y"])
        #expect(configuration.outDirectory == ".out")
        #expect(configuration.effectiveArtifactKinds == [.cooc, .implicit, .popularity, .sessionSeq])
        #expect(configuration.limits == BuildLimits())
        #expect(configuration.parameters == BuildParameters())
        #expect(configuration.artifactFormat == .rsart)
    }

    @Test func theKindsOfARun() throws {
        #expect(try load(#"{"catalog": "c.csv"}"#).effectiveArtifactKinds.contains(.contentSim))
        let kinds = try load(#"{"artifact_kinds": ["popularity", "cooc", "popularity"], "catalog": "c.csv"}"#)
        #expect(kinds.effectiveArtifactKinds == [.cooc, .popularity])
    }

    @Test(
        arguments: [
            (#"{"outdir": "x"}"#, "outdir", "out_dir"),
            (#"{"artefact_kinds": []}"#, "artefact_kinds", "artifact_kinds"),
            (#"{"limits": {"max_user_per_run": 1}}"#, "limits.max_user_per_run", "limits.max_users_per_run"),
            (#"{"max_users_per_run": 1}"#, "max_users_per_run", "limits.max_users_per_run"),
        ])
    func unknownKeys(json: String, key: String, suggestion: String) {
        let problem = problem(json)
        #expect(problem?.message == "\(folder.path.appending("config.json")): unknown key \"\(key)\"")
        #expect(problem?.remedy == "did you mean \"\(suggestion)\"?")
        #expect(problem?.kind == .usage)
    }

    /// The names of messages are none of files: the same setting could stand there twice.
    @Test func aKeyWithAFullStop() {
        let problem = problem(#"{"limits.max_users_per_run": 1}"#)
        #expect(problem?.message.hasSuffix("unknown key \"limits.max_users_per_run\"") == true)
        #expect(problem?.remedy?.hasSuffix(#"{"limits": {"max_users_per_run": ...}}"#) == true)
    }

    @Test func anUnknownKeyLikeNoOther() {
        #expect(problem(#"{"zzzz": 1}"#)?.remedy?.hasPrefix("the keys are: out_dir, ") == true)
    }

    @Test func linesHaveAGreatestLimit() throws {
        #expect(try load(#"{"limits": {"max_line_bytes": 1073741824}}"#).maximumLineByteCount == 1 << 30)
        #expect(try load("{}").maximumLineByteCount == 1_048_576)
        let problem = problem(#"{"limits": {"max_line_bytes": 1073741825}}"#)
        #expect(problem?.reason == "must be a whole number from 1 to 1073741824")
    }

    @Test func sessionsHaveAGreatestLimit() throws {
        #expect(try load(#"{"limits": {"max_sessions_per_run": 268435455}}"#).limits.maximumSessionCount == 268_435_455)
        let problem = problem(#"{"limits": {"max_sessions_per_run": 268435456}}"#)
        #expect(problem?.reason == "must be a whole number from 1 to 268435455")
    }

    @Test(arguments: ["inf", "nan", "-inf", "-0"])
    func aHalfLifeIsANumberAboveZero(text: String) {
        #expect(problem("{}", ["RECSYS_POPULARITY_HALF_LIFE_DAYS": text])?.reason == "must be a number above 0")
    }

    @Test func choicesAreNamed() {
        let policies = problem(#"{"limits": {"on_oversized_session": "skip"}}"#)
        #expect(policies?.reason == #"must be "fail", "drop" or "truncate""#)
        #expect(problem(#"{"artifact_format": "json"}"#)?.reason == #"must be "rsart" or "json-v1""#)
        #expect(problem(#"{"cooc_score": "Count"}"#)?.reason.hasPrefix(#"must be "count", "cosine", "#) == true)
    }

    @Test(arguments: [
        ("RECSYS_OUTDIR", "RECSYS_OUT_DIR"), ("RECSYS_ARTEFACT_KINDS", "RECSYS_ARTIFACT_KINDS"),
        ("RECSYS_MAX_LINE_BYTES", "RECSYS_LIMITS_MAX_LINE_BYTES"),
        ("RECSYS_LIMITS_MAX_NEIGHBOURS_PER_ITEM", "RECSYS_LIMITS_MAX_NEIGHBORS_PER_ITEM"),
        ("RECSYS_MAX_USER_PER_RUN", "RECSYS_LIMITS_MAX_USERS_PER_RUN"), ("RECSYS_CATALOGUE", "RECSYS_CATALOG"),
    ])
    func misspelledVariables(name: String, meant: String) {
        let problem = problem("{}", [name: "1"])
        #expect(problem?.message == "\(name): no such setting")
        #expect(problem?.remedy?.hasPrefix("did you mean \(meant)? ") == true)
        #expect(problem?.kind == .usage)
    }

    /// Among them what Kubernetes says of services whose names begin like this product's.
    @Test(arguments: [
        "RECSYS_", "RECSYS_X", "RECSYS_ID", "RECSYS_ENV", "RECSYS_LOG_LEVEL", "RECSYS_DATA_DIR",
        "RECSYS_RENEW_SNAPSHOTS",
        "RECSYS_REGISTRY_PORT", "RECSYS_CATALOG_PORT", "RECSYS_CATALOG_SERVICE_HOST", "recsys_outdir", "RECSYSOUT_DIR",
    ])
    func variablesOfOthers(name: String) throws {
        #expect(try load("{}", [name: "1"]).outDirectory == ".out")
    }

    @Test(arguments: examples)
    func valuesOfTheWrongKind(example: Example) throws {
        let isCount = example.key.hasPrefix("limits.")
        let numbers = example.key == "popularity_half_life_days" ? ["0", "-1.5"] : ["7", "1.5"]
        let wrong =
            isCount
            ? ["\"1\"", "\"\"", "0", "-1", "1.5", "1e300", "null", "true", "[]", "{}", "[1]"]
            : numbers + ["null", "[]", "{}", "[7]", "\"\"", "[\"\"]", "[null]", "{\"a\": null}"]
        for json in wrong {
            let problem = problem(file(example.key, json))
            #expect(problem?.place == "\(folder.path.appending("config.json")): \(example.key)", "\(json)")
            #expect(problem?.reason.hasPrefix("must be ") == true, "\(json)")
        }
        for text in isCount ? ["", "x", "0", "-1", "1.5", " 1"] : [""] {
            let problem = problem("{}", [variable(example.key): text])
            #expect(problem?.place == variable(example.key))
            #expect(problem?.reason.hasPrefix("must be ") == true)
        }
    }

    @Test(arguments: ["7", "null", "\"x\"", "true", "[]", "[\"max_users_per_run\"]"])
    func limitsThatAreNoObject(json: String) {
        let problem = problem("{\"limits\": \(json)}")
        #expect(problem?.message == "\(folder.path.appending("config.json")): limits: must be an object of limits")
    }

    @Test(arguments: ["", "{", "null", "[]", "7", "{\"out_dir\": }", "{\"out_dir\": \"x\"} x", "{'out_dir': 'x'}"])
    func whatIsNoObject(json: String) {
        let problem = problem(json)
        #expect(problem?.message == "\(folder.path.appending("config.json")): not a JSON object of settings")
    }

    @Test func noSuchFile() {
        let error = #expect(throws: StorageError.self) {
            try Configuration.load(file: folder.path.appending("none.json"), environment: [:])
        }
        #expect(error?.path == folder.path.appending("none.json"))
    }
}
