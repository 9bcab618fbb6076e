import ArgumentParser
import Pipeline

/// What arguments ask for, as far as it can be told without parsing them: for reports of what went wrong.
struct CommandRequest {
    private let root: any ParsableCommand.Type
    private let arguments: [String]
    /// The subcommand that is named, or else the default one.
    private let command: (any ParsableCommand.Type)?

    init(_ arguments: [String], of root: any ParsableCommand.Type) {
        self.root = root
        self.arguments = arguments
        let named = arguments.lazy.compactMap { word in
            root.configuration.subcommands.first { $0.configuration.commandName == word }
        }
        command = named.first ?? root.configuration.defaultSubcommand
    }

    /// The name of the subcommand; of the program where the arguments ask for none.
    var name: String {
        (command ?? root).configuration.commandName ?? ""
    }

    /// The value of `--format`; text if it is no format of results.
    var format: ResultFormat { value(of: "--format") ?? .text }

    /// The value of `--log-format`; text if it is no format of messages.
    var logFormat: LogFormat { value(of: "--log-format") ?? .text }

    private func value<Value: RawRepresentable>(of option: String) -> Value? where Value.RawValue == String {
        let prefix = option + "="
        if let word = arguments.last(where: { $0.hasPrefix(prefix) }) {
            return Value(rawValue: String(word.dropFirst(prefix.count)))
        }
        guard let index = arguments.lastIndex(of: option), index + 1 < arguments.count else { return nil }
        return Value(rawValue: arguments[index + 1])
    }

    /// What is wrong with the arguments, with a suggestion where one comes to mind: `parserMessage`, unless a word that
    /// is unknown explains it better.
    func problem(parserMessage: String) -> String {
        unknownSubcommand ?? unknownOption ?? CommandRequest.continuing(parserMessage)
    }

    /// How the subcommand is used, in one line.
    var usage: String {
        command.map { root.usageString(for: $0) } ?? root.usageString()
    }

    /// The first word stands where a subcommand should, and is none; it is a file where there is a default subcommand.
    private var unknownSubcommand: String? {
        let names = root.configuration.subcommands.compactMap { $0.configuration.commandName }
        guard !names.isEmpty, let word = arguments.first, !word.hasPrefix("-"), word != "help", !names.contains(word)
        else { return nil }
        if let name = Spelling.closest(to: word, among: names) {
            return "unknown subcommand '\(word)', did you mean '\(name)'?"
        }
        if command != nil { return nil }
        return "unknown subcommand '\(word)'; there are: \(names.joined(separator: ", "))"
    }

    private var unknownOption: String? {
        let words = arguments.prefix { $0 != "--" }.filter { $0.hasPrefix("--") }.map { $0.prefix { $0 != "=" } }
        guard let word = words.first(where: { !optionNames.contains(String($0)) }) else { return nil }
        return "unknown option '\(word)'"
            + (Spelling.closest(to: String(word), among: optionNames).map { ", did you mean '\($0)'?" } ?? "")
    }

    /// The long names of the options, as the help of the subcommand lists them: `  -o, --output <output>  Write to
    /// ...`.
    private var optionNames: [String] {
        let help = command.map { root.helpMessage(for: $0, columns: 200) } ?? root.helpMessage(columns: 200)
        return help.split(separator: "\n").filter { $0.hasPrefix("  -") }.flatMap { line in
            line.split(separator: " ").prefix { $0.hasPrefix("-") || $0.hasPrefix("<") }.filter { $0.hasPrefix("--") }
                .map { String($0.prefix { $0 != "," }) }
        }
    }

    /// The text as it stands after `error: `, in small letters.
    private static func continuing(_ text: String) -> String {
        text.prefix(1).lowercased() + text.dropFirst()
    }
}
