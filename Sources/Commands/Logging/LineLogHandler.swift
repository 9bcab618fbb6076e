import Events
import Logging
import Platform

/// Writes what is logged to standard error, a line a message.
struct LineLogHandler: LogHandler {
    var logLevel: Logger.Level
    var metadataProvider: Logger.MetadataProvider?
    var metadata: Logger.Metadata = [:]

    private let format: LogFormat
    /// Which invocation of which command it is: in every line for programs.
    private let invocation: Invocation
    private let isColored: Bool

    /// - Parameter isColored: True to color the word before warnings and errors.
    init(_ format: LogFormat, level: Logger.Level, _ invocation: Invocation, isColored: Bool) {
        self.format = format
        logLevel = level
        self.invocation = invocation
        self.isColored = isColored
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let members = metadata.merging(event.metadata ?? [:]) { $1 }
        switch format {
        case .text: StandardOutput.note(text(event.level, event.message.description, members))
        case .json: StandardOutput.note(json(event.level, event.message.description, members, at: .now))
        }
    }

    /// The message; what to do next, if it says so, stands on a line of its own.
    func text(_ level: Logger.Level, _ message: String, _ members: Logger.Metadata) -> String {
        let prefix =
            switch level {
            case .trace, .debug: "debug: "
            case .info, .notice: ""
            case .warning: colored("warning: ", .yellow)
            case .error, .critical: colored("error: ", .red)
            }
        return prefix + message + (members["remedy"].map { "\n  \($0)" } ?? "")
    }

    /// The object: time, level, run and command, the message, and then what belongs to it by the order of the names.
    func json(
        _ level: Logger.Level, _ message: String, _ members: Logger.Metadata, at time: Timestamp,
    ) -> String {
        let text = JSONWriter.text(style: .compact) { json in
            json.object { json in
                json.member("time", time.nanosecondDescription)
                json.member("level", level.rawValue)
                json.member("run_id", invocation.run.description)
                json.member("command", invocation.command)
                json.member("message", message)
                for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                    json.key(text: name)
                    json.value(value)
                }
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The colors of terminals: "Select Graphic Rendition" of ECMA-48.
    private enum Color: Int {
        case red = 31
        case yellow = 33
    }

    private func colored(_ text: String, _ color: Color) -> String {
        isColored ? "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m" : text
    }
}

extension JSONWriter {
    /// A value that belongs to a message.
    fileprivate mutating func value(_ value: Logger.MetadataValue) {
        switch value {
        case .string(let text): string(text)
        case .stringConvertible(let number as Int): integer(number)
        case .stringConvertible(let number as Int32): integer(number)
        case .stringConvertible(let number as Double) where number.isFinite: self.number(number)
        case .stringConvertible(let number): string(number.description)
        case .array(let values): array { json in for value in values { json.value(value) } }
        case .dictionary(let members):
            object { json in
                for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                    json.key(text: name)
                    json.value(value)
                }
            }
        @unknown default: string(value.description)
        }
    }
}
