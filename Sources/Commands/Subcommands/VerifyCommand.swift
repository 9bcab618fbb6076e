import ArgumentParser
import Pipeline
import Publishing
import SystemPackage

/// `verify`
struct VerifyCommand: PipelineCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Checks that files hold what was written, and that what they name is there.",
        usage: "recsys-pipelines verify [PATH... | --all] [--quick | --deep] [<options>]",
        discussion: """
            recsys-pipelines verify
            recsys-pipelines verify --quick .out/canonical/demo/home

            Every byte of partitions, artifacts, records, manifests and the rest is read and \
            checked. It changes nothing.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions

    @Argument(help: "Partitions, artifacts, other files of the store, or folders. (default: all below --out-dir)")
    var paths: [String] = []

    @Flag(name: .long, help: "Verify everything below --out-dir.")
    var all = false

    @Flag(name: .long, help: "Read headers, footers and names only, no data.")
    var quick = false

    @Flag(name: .long, help: "Take the SHA-256 of the files that have one on record anew, too.")
    var deep = false

    func validate() throws {
        if quick && deep { throw ValidationError("--quick and --deep exclude each other") }
        if all && !paths.isEmpty { throw ValidationError("--all excludes paths") }
        if paths.contains("") { throw ValidationError("a path must not be empty") }
    }

    func execute() throws -> CommandResult {
        let level: VerificationLevel = quick ? .quick : deep ? .deep : .full
        let verification = Verification(try common.pipeline(), level: level)
        let report = try verification.run(paths.isEmpty ? nil : paths.map { FilePath($0) })
        return try CommandResult(report)
    }
}
