import Platform
import SystemPackage

/// The value of a setting: JSON from a file, or the text of an environment variable.
enum SettingValue: Decodable, Sendable {
    case text(String)
    case integer(Int)
    case fraction(Double)
    case boolean(Bool)
    case texts([String])
    case members([String: SettingValue])
    /// What no setting takes: null, a list of anything but texts.
    case other
    /// The text of an environment variable, which may stand for a number, a flag or a list with commas.
    case environment(String)

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            self = .boolean(flag)
        } else if let number = try? container.decode(Int.self) {
            self = .integer(number)
        } else if let number = try? container.decode(Double.self) {
            self = .fraction(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let texts = try? container.decode([String].self) {
            self = .texts(texts)
        } else if let members = try? container.decode([String: SettingValue].self) {
            self = .members(members)
        } else {
            self = .other
        }
    }

    var text: String? {
        switch self {
        case .text(let text), .environment(let text): text
        default: nil
        }
    }

    var path: FilePath? { text.flatMap { $0.isEmpty ? nil : FilePath($0) } }

    var integer: Int? {
        switch self {
        case .integer(let number): number
        case .environment(let text): Int(text)
        default: nil
        }
    }

    var number: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .fraction(let number): number
        case .environment(let text): Double(text)
        default: nil
        }
    }

    var boolean: Bool? {
        switch self {
        case .boolean(let flag): flag
        case .environment(let text): Bool(text)
        default: nil
        }
    }

    var texts: [String]? {
        switch self {
        case .texts(let texts): texts
        case .environment(let text): text.split(separator: ",").map(String.init)
        default: nil
        }
    }
}
