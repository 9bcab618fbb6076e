import Builders
import Ingest
import Platform
import Publishing
import SystemPackage

/// One thing that can be configured: its key in files, and what its value does.
struct Setting: Sendable {
    /// The key; inside a group with a full stop, `limits.max_users_per_run`.
    let key: String
    /// Takes a value over into a configuration, or returns what it should have been.
    let apply: @Sendable (inout Configuration, SettingValue) -> Expectation?

    /// What a value should have been, in words.
    typealias Expectation = String

    /// How the environment variables of settings begin.
    static let environmentPrefix = "RECSYS_"

    /// The environment variable of the same meaning.
    var environmentName: String { Setting.environmentName(of: key) }

    /// The environment variable that means the same as a key.
    static func environmentName(of key: String) -> String {
        environmentPrefix + key.uppercased().replacing(".", with: "_")
    }

    static let all: [Setting] =
        [
            path("out_dir") { $0.outDirectory = $1 },
            path("raw_events_dir") { $0.rawEventsDirectory = $1 },
            path("canonical_dir") { $0.canonicalDirectory = $1 },
            path("checkpoint_dir") { $0.checkpointDirectory = $1 },
            path("artifacts_dir") { $0.artifactsDirectory = $1 },
            path("object_store_dir") { $0.objectStoreDirectory = $1 },
            path("registry_dir") { $0.registryDirectory = $1 },
            path("catalog") { $0.catalog = $1 },
            kinds, choice("artifact_format") { $0.artifactFormat = $1 },
            choice("cooc_score") { $0.parameters.coocScore = $1 },
            choice("popularity_unit") { $0.parameters.popularityUnit = $1 },
            halfLife, badRecords, rejectRatio,
            flag("strict_schema") { $0.isStrictSchema = $1 },
            flag("use_mmap") { $0.fileAccess = $1 ? .mapped : .copied },
            count("limits.max_line_bytes", in: 1...Ingestion.greatestLineByteCount) { $0.maximumLineByteCount = $1 },
            count("limits.max_memory_mb", in: MemoryBudget.megabyteCounts) { $0.maximumMegabyteCount = $1 },
            count("limits.max_days_backfill") { $0.maximumBackfillDayCount = $1 },
            count("limits.max_events_per_run", in: 1...BuildLimits.greatestEventCount) {
                $0.limits.maximumEventCount = $1
            },
            count("limits.max_sessions_per_run", in: 1...BuildLimits.greatestSessionCount) {
                $0.limits.maximumSessionCount = $1
            },
            count("limits.max_users_per_run") { $0.limits.maximumUserCount = $1 },
            count("limits.max_distinct_items_per_run") { $0.limits.maximumItemCount = $1 },
            count("limits.max_items_per_session") { $0.limits.maximumItemsPerSession = $1 },
            choice("limits.on_oversized_session") { $0.limits.oversizedSessions = $1 },
            count("limits.max_items_per_artifact") { $0.parameters.maximumItemsPerArtifact = $1 },
            count("limits.max_neighbors_per_item") { $0.parameters.maximumNeighborsPerItem = $1 },
            count("limits.min_cooc_support") { $0.parameters.minimumCoocSupport = $1 },
            count("limits.max_items_per_user") { $0.parameters.maximumItemsPerUser = $1 },
        ] + Gate.allCases.map(gate)

    /// The settings whose keys begin so stand in objects of that name.
    static let groups = ["limits", "gates"]

    private static func path(_ key: String, _ set: @escaping @Sendable (inout Configuration, FilePath) -> Void)
        -> Setting
    {
        Setting(key: key) { configuration, value in
            guard let text = value.text, !text.isEmpty else { return "a path" }
            set(&configuration, FilePath(text))
            return nil
        }
    }

    private static func count(
        _ key: String, in range: ClosedRange<Int> = 1...Int.max,
        _ set: @escaping @Sendable (inout Configuration, Int) -> Void,
    ) -> Setting {
        Setting(key: key) { configuration, value in
            guard let count = value.integer, range.contains(count) else {
                let end = range.upperBound == .max ? "upwards" : "to \(range.upperBound)"
                return "a whole number from \(range.lowerBound) \(end)"
            }
            set(&configuration, count)
            return nil
        }
    }

    private static func choice<Value: RawRepresentable<String> & CaseIterable & Sendable>(
        _ key: String, _ set: @escaping @Sendable (inout Configuration, Value) -> Void,
    ) -> Setting {
        Setting(key: key) { configuration, value in
            guard let choice = value.text.flatMap({ Value(rawValue: $0) }) else {
                let names = Value.allCases.map { "\"\($0.rawValue)\"" }
                return names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
            }
            set(&configuration, choice)
            return nil
        }
    }

    private static var kinds: Setting {
        Setting(key: "artifact_kinds") { configuration, value in
            let kinds = value.texts?.map { ArtifactKind(rawValue: $0) }
            guard let kinds, !kinds.isEmpty, !kinds.contains(nil) else {
                return "a list of kinds: " + ArtifactKind.allCases.map(\.rawValue).joined(separator: ", ")
            }
            configuration.artifactKinds = kinds.compactMap { $0 }
            return nil
        }
    }

    private static var badRecords: Setting {
        Setting(key: "on_bad_record") { configuration, value in
            switch value.text {
            case "fail": configuration.isQuarantining = false
            case "quarantine": configuration.isQuarantining = true
            default: return "\"fail\" or \"quarantine\""
            }
            return nil
        }
    }

    private static var rejectRatio: Setting {
        Setting(key: "max_reject_ratio") { configuration, value in
            guard let ratio = value.number, (0...1).contains(ratio) else { return "a number from 0 to 1" }
            configuration.maximumRejectRatio = ratio
            return nil
        }
    }

    private static var halfLife: Setting {
        Setting(key: "popularity_half_life_days") { configuration, value in
            guard let dayCount = value.number, dayCount > 0, dayCount.isFinite else { return "a number above 0" }
            configuration.parameters.popularityHalfLifeDayCount = dayCount
            return nil
        }
    }

    private static func gate(_ gate: Gate) -> Setting {
        Setting(key: "gates.\(gate.rawValue)") { configuration, value in
            guard let rule = value.text.flatMap({ rule($0, of: gate) }) else {
                let range = gate.isShare ? "a number from 0 to 1" : "a number from 0 upwards"
                return "\"off\", \"warn\" or \"fail\", and after the latter two, if it is not to be "
                    + "\(GateResult.text(gate.defaultRule.threshold)), a space and \(range)"
            }
            configuration.gateRules[gate] = rule
            return nil
        }
    }

    /// The rule that `off`, `warn` or `fail 0.5` means; nil if the text is none.
    private static func rule(_ text: String, of gate: Gate) -> GateRule? {
        let words = text.split(separator: " ")
        guard let action = words.first.flatMap({ GateAction(rawValue: String($0)) }) else { return nil }
        guard words.count > 1 else { return GateRule(action, gate.defaultRule.threshold) }
        guard action != .off, words.count == 2, let threshold = Double(words[1]), threshold >= 0, threshold.isFinite,
            !gate.isShare || threshold <= 1
        else { return nil }
        return GateRule(action, threshold)
    }

    private static func flag(
        _ key: String, _ set: @escaping @Sendable (inout Configuration, Bool) -> Void,
    ) -> Setting {
        Setting(key: key) { configuration, value in
            guard let flag = value.boolean else { return "true or false" }
            set(&configuration, flag)
            return nil
        }
    }
}
