package import Platform

extension Configuration {
    /// A setting as it is in force.
    package struct Entry: Sendable {
        /// The key; inside a group with a full stop.
        package let key: String
        /// The environment variable of the same meaning.
        package let environmentName: String
        package let origin: SettingOrigin
        let form: SettingForm
        /// Nil if it has none.
        let value: SettingValue?

        /// True if there is a value.
        package var hasValue: Bool { value != nil }

        /// Writes the value, which there is; of a secret only that it is one.
        package func write(to json: inout JSONWriter) {
            if case .secret = form { return json.string("(secret)") }
            value?.write(to: &json)
        }
    }

    /// All settings, in the order of the documentation.
    package var entries: [Entry] {
        Setting.all.map { setting in
            Entry(
                key: setting.key, environmentName: setting.environmentName,
                origin: origins[setting.key] ?? .defaults, form: setting.form, value: setting.value(self))
        }
    }

    /// Writes what a file would have to hold to mean the same: each setting that has a value.
    package func write(to json: inout JSONWriter) {
        let entries = entries.filter(\.hasValue)
        json.object { json in
            for entry in entries where Configuration.group(of: entry.key) == nil {
                json.key(text: entry.key)
                entry.write(to: &json)
            }
            for group in Setting.groups {
                json.key(text: group)
                json.object { json in
                    for entry in entries where Configuration.group(of: entry.key) == group {
                        json.key(text: String(entry.key.dropFirst(group.count + 1)))
                        entry.write(to: &json)
                    }
                }
            }
        }
    }

    /// Writes the JSON Schema (2020-12) of a configuration file, for editors and checks.
    package static func writeSchema(to json: inout JSONWriter) {
        json.object { json in
            json.member("$schema", "https://json-schema.org/draft/2020-12/schema")
            json.member("title", "Configuration of recsys-pipelines")
            writeProperties(of: nil, to: &json) { json in
                for group in Setting.groups {
                    json.key(text: group)
                    json.object { writeProperties(of: group, to: &$0) { _ in } }
                }
            }
        }
    }

    private static func writeProperties(
        of group: String?, to json: inout JSONWriter, more: (inout JSONWriter) -> Void,
    ) {
        json.member("type", "object")
        json.key("additionalProperties")
        json.boolean(false)
        json.key("properties")
        json.object { json in
            for setting in Setting.all where self.group(of: setting.key) == group {
                json.key(text: String(setting.key.dropFirst(group.map { $0.count + 1 } ?? 0)))
                json.object { setting.form.writeSchema(to: &$0) }
            }
            more(&json)
        }
    }

    /// The object that a key stands in; nil for the outermost.
    private static func group(of key: String) -> String? {
        Setting.groups.first { key.hasPrefix($0 + ".") }
    }
}

extension SettingValue {
    fileprivate func write(to json: inout JSONWriter) {
        switch self {
        case .text(let text), .environment(let text): json.string(text)
        case .integer(let number): json.integer(number)
        case .fraction(let number): json.number(number)
        case .boolean(let flag): json.boolean(flag)
        case .texts(let texts): json.array { json in for text in texts { json.string(text) } }
        case .members, .other: preconditionFailure("no setting has such a value")
        }
    }
}
