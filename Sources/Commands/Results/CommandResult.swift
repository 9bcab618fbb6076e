import Events
import Logging
package import Platform

/// What a subcommand has to say when it is done: lines for people, or one JSON object for programs.
package struct CommandResult: Sendable {
    /// Printed with `--format text`.
    package let lines: [String]
    /// Writes the members of the result object, after `command` and `status`.
    package let members: @Sendable (inout JSONWriter) -> Void

    package init(_ lines: [String], members: @escaping @Sendable (inout JSONWriter) -> Void) {
        self.lines = lines
        self.members = members
    }

    func print(as format: ResultFormat, command: String, isDryRun: Bool) throws {
        switch format {
        case .text: for line in lines { try StandardOutput.write(line: line) }
        case .json:
            let object = JSONWriter.text(style: .compact) { json in
                json.object { json in
                    json.member("command", command)
                    json.member("status", "ok")
                    if isDryRun { json.member("dry_run", true) }
                    members(&json)
                }
            }
            try StandardOutput.write(object + [UInt8(ascii: "\n")])
        }
    }
}

/// A command that has something to show, and failed all the same.
package struct IncompleteResult: Failure {
    /// What there is to show.
    package let result: CommandResult
    package let kind: FailureKind
    package let message: String
    package let remedy: String?

    package init(result: CommandResult, kind: FailureKind, message: String, remedy: String?) {
        self.result = result
        self.kind = kind
        self.message = message
        self.remedy = remedy
    }
}

/// How a failed command reports: to people on standard error, and with `--format json` as an object too.
struct FailureReport {
    let exitCode: Int32
    /// A word for programs: `usage`, `bad_input`, `unexpected`.
    let kind: String
    let message: String
    let remedy: String?
    /// What there is to show in spite of it.
    private var result: CommandResult?

    init(_ error: any Error) {
        result = (error as? IncompleteResult)?.result
        if let failure = error as? any Failure {
            exitCode = failure.kind.exitCode
            kind = failure.kind.rawValue
            message = failure.message
            remedy = failure.remedy
        } else if let interruption = error as? Interruption {
            exitCode = interruption.exitCode
            kind = "interrupted"
            message = "\(interruption); nothing is half-written"
            remedy = "run the same command again"
        } else {
            exitCode = 1
            kind = "unexpected"
            message = "unexpected: \(error)"
            remedy = nil
        }
    }

    init(usage message: String, remedy: String) {
        exitCode = FailureKind.usage.exitCode
        kind = FailureKind.usage.rawValue
        self.message = message
        self.remedy = remedy
    }

    func print(as format: ResultFormat, command: String, to logger: Logger) {
        if format == .text { for line in result?.lines ?? [] { try? StandardOutput.write(line: line) } }
        var members: Logger.Metadata = ["kind": "\(kind)", "exit_code": .stringConvertible(exitCode)]
        if let remedy { members["remedy"] = "\(remedy)" }
        logger.error("\(message)", metadata: members)
        guard format == .json else { return }
        let object = JSONWriter.text(style: .compact) { json in
            json.object { json in
                json.member("command", command)
                json.member("status", "error")
                json.member("run_id", Invocation.current.run.description)
                json.member("exit_code", exitCode)
                json.member("kind", kind)
                json.member("message", message)
                if let remedy { json.member("remedy", remedy) }
                result?.members(&json)
            }
        }
        try? StandardOutput.write(object + [UInt8(ascii: "\n")])
    }
}
