import Pipeline
import Platform

extension CommandResult {
    /// The settings that are in force.
    init(_ configuration: Configuration, withOrigins: Bool) {
        let entries = configuration.entries
        let lines: [String]
        if withOrigins {
            let rows = entries.map { [$0.key, $0.text, $0.origin.text] }
            lines = Table.lines([["SETTING", "VALUE", "FROM"]] + rows)
        } else {
            lines = [JSONWriter.line(style: .indented) { configuration.write(to: &$0) }]
        }
        self.init(lines) { json in
            json.key("settings")
            json.array { json in
                for entry in entries {
                    json.object { json in
                        json.member("key", entry.key)
                        if entry.hasValue {
                            json.key("value")
                            entry.write(to: &json)
                        }
                        json.member("environment", entry.environmentName)
                        json.member("from", entry.origin.text)
                    }
                }
            }
        }
    }

    /// A configuration without a mistake.
    init(valid configuration: Configuration) {
        let count = configuration.entries.count { $0.origin != .defaults }
        self.init(["valid: \(count.counted("setting")) given, the others have their defaults"]) { json in
            json.member("given", count)
        }
    }

    /// The JSON Schema of a configuration file.
    static var schema: CommandResult {
        CommandResult([JSONWriter.line(style: .indented) { Configuration.writeSchema(to: &$0) }]) { json in
            json.key("schema")
            Configuration.writeSchema(to: &json)
        }
    }
}

extension Configuration.Entry {
    /// The value for people: as in a file, and a dash where there is none.
    fileprivate var text: String {
        hasValue ? JSONWriter.line(style: .compact) { write(to: &$0) } : "-"
    }
}

extension SettingOrigin {
    /// For people and programs.
    fileprivate var text: String {
        switch self {
        case .defaults: "default"
        case .file(let path): "file \(path)"
        case .environment(let name): "environment \(name)"
        case .flag(let name): "flag \(name)"
        }
    }
}

extension JSONWriter {
    /// What `body` writes, as text.
    fileprivate static func line(style: JSONWriter.Style, _ body: (inout JSONWriter) -> Void) -> String {
        String(decoding: JSONWriter.text(style: style, body), as: UTF8.self)
    }
}
