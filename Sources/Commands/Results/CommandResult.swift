package import Platform

/// What a subcommand has to say when it is done: lines for people, or one JSON object for programs.
package struct CommandResult {
    /// Printed with `--format text`.
    package let lines: [String]
    /// Writes the members of the result object, after `command` and `status`.
    package let members: (inout JSONWriter) -> Void

    package init(_ lines: [String], members: @escaping (inout JSONWriter) -> Void) {
        self.lines = lines
        self.members = members
    }

    func print(as format: ResultFormat, command: String) throws {
        switch format {
        case .text: for line in lines { try StandardOutput.write(line: line) }
        case .json:
            let object = JSONWriter.text(style: .compact) { json in
                json.object { json in
                    json.member("command", command)
                    json.member("status", "ok")
                    members(&json)
                }
            }
            try StandardOutput.write(object + [UInt8(ascii: "\n")])
        }
    }
}

/// How a failed command reports: to people on standard error, and with `--format json` as an object too.
struct FailureReport {
    let exitCode: Int32
    /// A word for programs: `usage`, `bad_input`, `unexpected`.
    let kind: String
    let message: String
    let remedy: String?

    init(_ error: any Error) {
        if let failure = error as? any Failure {
            exitCode = failure.kind.exitCode
            kind = failure.kind.rawValue
            message = failure.message
            remedy = failure.remedy
        } else if let interruption = error as? Interruption {
            exitCode = interruption.exitCode
            kind = "interrupted"
            message = "stopped by signal \(interruption.signal); nothing is half-written"
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

    func print(as format: ResultFormat, command: String) {
        StandardOutput.note(remedy.map { "error: \(message)\n  \($0)" } ?? "error: \(message)")
        guard format == .json else { return }
        let object = JSONWriter.text(style: .compact) { json in
            json.object { json in
                json.member("command", command)
                json.member("status", "error")
                json.member("exit_code", exitCode)
                json.member("kind", kind)
                json.member("message", message)
                if let remedy { json.member("remedy", remedy) }
            }
        }
        try? StandardOutput.write(object + [UInt8(ascii: "\n")])
    }
}
