import FoundationEssentials
import Platform
package import SystemPackage

extension Configuration {
    /// The defaults, over them what a file says, over that what the environment says.
    ///
    /// Other software may have variables that begin like ours: only what is a misspelling beyond doubt is an error.
    ///
    /// - Throws: `ConfigurationError` for an unknown key, with a suggestion, for the name of a variable that is nearly
    ///   that of a setting, for a value of the wrong kind and for values that contradict each other; `StorageError` if
    ///   the file cannot be read.
    package static func load(file: FilePath?, environment: [String: String]) throws -> Configuration {
        var configuration = Configuration()
        if let file { try configuration.apply(file: file) }
        try checkSpelling(of: environment.keys.sorted())
        for setting in Setting.all {
            guard let value = environment[setting.environmentName] else { continue }
            try configuration.apply(setting, .environment(value), .environment(setting.environmentName))
        }
        if let contradiction = configuration.contradiction {
            let variable = Setting.environmentName(of: contradiction.key)
            throw ConfigurationError(
                place: environment[variable] != nil ? variable : "\(file?.string ?? ""): \(contradiction.key)",
                reason: contradiction.reason, remedy: contradiction.remedy)
        }
        return configuration
    }

    private static func checkSpelling(of variables: [String]) throws(ConfigurationError) {
        let names = Setting.all.map(\.environmentName)
        for variable in variables where variable.hasPrefix(Setting.environmentPrefix) && !names.contains(variable) {
            let rest = variable.dropFirst(Setting.environmentPrefix.count)
            let grouped = Setting.groups.map { "\(Setting.environmentPrefix)\($0.uppercased())_\(rest)" }
            // Of a short name two letters are too much of it to guess what was meant.
            let limit = min(2, rest.count / 3)
            let meant = ([variable] + grouped).compactMap { Spelling.closest(to: $0, among: names, atMost: limit) }
                .first
            guard let meant else { continue }
            throw ConfigurationError(
                place: variable, reason: "no such setting",
                remedy: "did you mean \(meant)? Unset \(variable) if it is not for this program")
        }
    }

    private mutating func apply(file: FilePath) throws {
        let members: [String: SettingValue]
        do {
            let bytes = try File.read(file, allowingPipes: true)
            members = try JSONDecoder().decode([String: SettingValue].self, from: Data(bytes))
        } catch let error as StorageError {
            throw error
        } catch {
            throw ConfigurationError(
                place: file.string, reason: "not a JSON object of settings",
                remedy:
                    "check it with a JSON tool; numbers, texts, true, false, lists of texts and objects are values")
        }
        for (key, value) in members.sorted(by: { $0.key < $1.key }) {
            guard Setting.groups.contains(key) else {
                // The way a setting is written in messages is none to write it in a file.
                guard !key.contains(".") else { throw Configuration.unknownKey(key, in: file) }
                try apply(key: key, value, file: file)
                continue
            }
            guard case .members(let members) = value else {
                throw ConfigurationError(
                    place: "\(file): \(key)", reason: "must be an object of \(key)", remedy: nil)
            }
            for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                try apply(key: "\(key).\(name)", value, file: file)
            }
        }
    }

    private mutating func apply(key: String, _ value: SettingValue, file: FilePath) throws(ConfigurationError) {
        guard let setting = Setting.all.first(where: { $0.key == key }) else {
            throw Configuration.unknownKey(key, in: file)
        }
        try apply(setting, value, .file(file))
    }

    private static func unknownKey(_ key: String, in file: FilePath) -> ConfigurationError {
        let names = Setting.all.map(\.key)
        let remedy =
            names.contains(key)
            ? "write it as an object in the object: {\"\(key.replacing(".", with: "\": {\""))\": ...}}"
            : Spelling.closest(to: key, among: names).map { "did you mean \"\($0)\"?" }
                ?? "the keys are: " + names.joined(separator: ", ")
        return ConfigurationError(place: file.string, reason: "unknown key \"\(key)\"", remedy: remedy)
    }

    private mutating func apply(
        _ setting: Setting, _ value: SettingValue, _ origin: SettingOrigin,
    ) throws(ConfigurationError) {
        guard setting.set(&self, value) else {
            let place = if case .file(let file) = origin { "\(file): \(setting.key)" } else { setting.environmentName }
            throw ConfigurationError(place: place, reason: "must be \(setting.form.expectation)", remedy: nil)
        }
        origins[setting.key] = origin
    }
}

/// Guesses what somebody meant to write.
package enum Spelling {
    /// The candidate with the fewest insertions and deletions from `word`, or nil if none comes close.
    package static func closest(to word: String, among candidates: [String]) -> String? {
        closest(to: word, among: candidates, atMost: max(2, word.count / 2))
    }

    /// The candidate with the fewest insertions and deletions from `word`, or nil if each has more than `limit`.
    static func closest(to word: String, among candidates: [String], atMost limit: Int) -> String? {
        let distances = candidates.map { (candidate: $0, distance: $0.difference(from: word).count) }
        guard let best = distances.min(by: { $0.distance < $1.distance }), best.distance <= limit else { return nil }
        return best.candidate
    }
}
