import Platform

/// What the value of a setting may be.
enum SettingForm: Sendable {
    case path
    /// What is not to be shown to everybody.
    case secret
    case flag
    case count(ClosedRange<Int>)
    /// A number above 0.
    case positive
    /// A number from 0 to 1.
    case share
    case choice([String])
    /// A list of some of these, at least one.
    case kinds([String])
    case rule(of: Gate)

    /// What a value must be, in words.
    var expectation: String {
        switch self {
        case .path: "a path"
        case .secret: "a text"
        case .flag: "true or false"
        case .count(let range):
            "a whole number from \(range.lowerBound) "
                + (range.upperBound == .max ? "upwards" : "to \(range.upperBound)")
        case .positive: "a number above 0"
        case .share: "a number from 0 to 1"
        case .choice(let names):
            names.count == 1
                ? "\"\(names[0])\""
                : names.dropLast().map { "\"\($0)\"" }.joined(separator: ", ") + " or \"\(names[names.count - 1])\""
        case .kinds(let names): "a list of kinds: " + names.joined(separator: ", ")
        case .rule(let gate):
            "\"off\", \"warn\" or \"fail\", and after the latter two, if it is not to be "
                + "\(GateResult.text(gate.defaultRule.threshold)), a space and a number from 0 "
                + (gate.isShare ? "to 1" : "upwards")
        }
    }

    /// Writes the members of a JSON Schema, inside an object that the caller has begun.
    func writeSchema(to json: inout JSONWriter) {
        switch self {
        case .path, .secret:
            json.member("type", "string")
            json.member("minLength", 1)
        case .flag: json.member("type", "boolean")
        case .count(let range):
            json.member("type", "integer")
            json.member("minimum", range.lowerBound)
            if range.upperBound < .max { json.member("maximum", range.upperBound) }
        case .positive:
            json.member("type", "number")
            json.member("exclusiveMinimum", 0)
        case .share:
            json.member("type", "number")
            json.member("minimum", 0)
            json.member("maximum", 1)
        case .choice(let names): json.member(enumeration: names)
        case .kinds(let names):
            json.member("type", "array")
            json.member("minItems", 1)
            json.key("items")
            json.object { $0.member(enumeration: names) }
        case .rule:
            json.member("type", "string")
            json.member("pattern", "^(off|warn|fail|(warn|fail) [0-9]+(\\.[0-9]+)?)$")
        }
    }
}

extension JSONWriter {
    fileprivate mutating func member(enumeration names: [String]) {
        key("enum")
        array { json in for name in names { json.string(name) } }
    }
}
