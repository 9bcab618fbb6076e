import Builders
import Ingest
import Platform
import Publishing
import SystemPackage

/// One thing that can be configured: its key in files, and its place in a configuration.
struct Setting: Sendable {
    /// The key; inside a group with a full stop, `limits.max_users_per_run`.
    let key: String
    let form: SettingForm
    /// Takes a value over into a configuration; false if it is not what it must be.
    let set: @Sendable (inout Configuration, SettingValue) -> Bool
    /// The value in a configuration; nil if there is none.
    let value: @Sendable (Configuration) -> SettingValue?

    typealias Place<Value> = WritableKeyPath<Configuration, Value> & Sendable

    /// How the environment variables of settings begin.
    static let environmentPrefix = "RECSYS_"

    /// The settings whose keys begin so stand in objects of that name.
    static let groups = ["limits", "gates"]

    /// The environment variable of the same meaning.
    var environmentName: String { Setting.environmentName(of: key) }

    /// The environment variable that means the same as a key.
    static func environmentName(of key: String) -> String {
        environmentPrefix + key.uppercased().replacing(".", with: "_")
    }

    static let all: [Setting] = places + made + limits + Gate.allCases.map(gate)

    private static let places = [
        outDirectory, path("raw_events_dir", \.rawEventsDirectory), path("canonical_dir", \.canonicalDirectory),
        path("checkpoint_dir", \.checkpointDirectory), path("artifacts_dir", \.artifactsDirectory),
        path("object_store_dir", \.objectStoreDirectory), path("registry_dir", \.registryDirectory),
        path("catalog", \.catalog),
    ]

    private static let made = [
        fixed("raw_source", "jsonl"), fixed("object_store", "local"), database,
        kinds, choice("artifact_format", \.artifactFormat), choice("cooc_score", \.parameters.coocScore),
        choice("popularity_unit", \.parameters.popularityUnit), halfLife, choice("on_bad_record", \.badRecords),
        rejectRatio, flag("strict_schema", \.isStrictSchema), flag("use_mmap", \.usesMemoryMaps),
    ]

    private static let limits = [
        count("limits.max_line_bytes", in: 1...Ingestion.greatestLineByteCount, \.maximumLineByteCount),
        count("limits.max_memory_mb", in: MemoryBudget.megabyteCounts, \.maximumMegabyteCount),
        count("limits.max_days_backfill", \.maximumBackfillDayCount),
        count("limits.max_events_per_run", in: 1...BuildLimits.greatestEventCount, \.limits.maximumEventCount),
        count("limits.max_sessions_per_run", in: 1...BuildLimits.greatestSessionCount, \.limits.maximumSessionCount),
        count("limits.max_users_per_run", \.limits.maximumUserCount),
        count("limits.max_distinct_items_per_run", \.limits.maximumItemCount),
        count("limits.max_items_per_session", \.limits.maximumItemsPerSession),
        choice("limits.on_oversized_session", \.limits.oversizedSessions),
        itemsPerArtifact,
        count("limits.max_neighbors_per_item", \.parameters.maximumNeighborsPerItem),
        count("limits.min_cooc_support", \.parameters.minimumCoocSupport),
        count("limits.max_items_per_user", \.parameters.maximumItemsPerUser),
    ]

    private static let outDirectory = Setting(key: "out_dir", form: .path) { configuration, value in
        guard let path = value.path else { return false }
        configuration.outDirectory = path
        return true
    } value: {
        .text($0.outDirectory.string)
    }

    /// A setting of another system of the same family that has one value here.
    private static func fixed(_ key: String, _ only: String) -> Setting {
        Setting(key: key, form: .choice([only])) { _, value in
            value.text == only
        } value: { _ in
            .text(only)
        }
    }

    private static let database = Setting(key: "db", form: .secret) { configuration, value in
        guard let text = value.text, !text.isEmpty else { return false }
        configuration.database = text
        return true
    } value: {
        $0.database.map { .text($0) }
    }

    private static func path(_ key: String, _ place: any Place<FilePath?>) -> Setting {
        Setting(key: key, form: .path) { configuration, value in
            guard let path = value.path else { return false }
            configuration[keyPath: place] = path
            return true
        } value: {
            $0[keyPath: place].map { .text($0.string) }
        }
    }

    private static func count(_ key: String, in range: ClosedRange<Int> = 1...Int.max, _ place: any Place<Int>)
        -> Setting
    {
        Setting(key: key, form: .count(range)) { configuration, value in
            guard let count = value.integer, range.contains(count) else { return false }
            configuration[keyPath: place] = count
            return true
        } value: {
            .integer($0[keyPath: place])
        }
    }

    private static let itemsPerArtifact = Setting(
        key: "limits.max_items_per_artifact", form: .count(1...Int.max)
    ) { configuration, value in
        guard let count = value.integer, count >= 1 else { return false }
        configuration.parameters.maximumItemsPerArtifact = count
        return true
    } value: {
        $0.parameters.maximumItemsPerArtifact.map { .integer($0) }
    }

    private static func choice<Value: RawRepresentable<String> & CaseIterable & Sendable>(
        _ key: String, _ place: any Place<Value>,
    ) -> Setting {
        Setting(key: key, form: .choice(Value.allCases.map(\.rawValue))) { configuration, value in
            guard let choice = value.text.flatMap({ Value(rawValue: $0) }) else { return false }
            configuration[keyPath: place] = choice
            return true
        } value: {
            .text($0[keyPath: place].rawValue)
        }
    }

    private static func flag(_ key: String, _ place: any Place<Bool>) -> Setting {
        Setting(key: key, form: .flag) { configuration, value in
            guard let flag = value.boolean else { return false }
            configuration[keyPath: place] = flag
            return true
        } value: {
            .boolean($0[keyPath: place])
        }
    }

    private static let kinds = Setting(
        key: "artifact_kinds", form: .kinds(ArtifactKind.allCases.map(\.rawValue))
    ) { configuration, value in
        let kinds = value.texts?.map { ArtifactKind(rawValue: $0) }
        guard let kinds, !kinds.isEmpty, !kinds.contains(nil) else { return false }
        configuration.artifactKinds = kinds.compactMap { $0 }
        return true
    } value: {
        $0.artifactKinds.map { .texts($0.map(\.rawValue)) }
    }

    private static let rejectRatio = Setting(key: "max_reject_ratio", form: .share) { configuration, value in
        guard let ratio = value.number, (0...1).contains(ratio) else { return false }
        configuration.maximumRejectRatio = ratio
        return true
    } value: {
        .fraction($0.maximumRejectRatio)
    }

    private static let halfLife = Setting(
        key: "popularity_half_life_days", form: .positive
    ) { configuration, value in
        guard let dayCount = value.number, dayCount > 0, dayCount.isFinite else { return false }
        configuration.parameters.popularityHalfLifeDayCount = dayCount
        return true
    } value: {
        $0.parameters.popularityHalfLifeDayCount.map { .fraction($0) }
    }

    private static func gate(_ gate: Gate) -> Setting {
        Setting(key: "gates.\(gate.rawValue)", form: .rule(of: gate)) { configuration, value in
            guard let rule = value.text.flatMap({ GateRule($0, of: gate) }) else { return false }
            configuration.gateRules[gate] = rule
            return true
        } value: { configuration in
            .text((configuration.gateRules[gate] ?? gate.defaultRule).description)
        }
    }
}
