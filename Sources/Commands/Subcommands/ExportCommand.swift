import ArgumentParser
import Builders
import Events
import Logging
import Pipeline
import Platform
import Publishing
import SystemPackage

/// `export`
struct ExportCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes an artifact in a form that other programs read.",
        usage: "recsys-pipelines export (KIND --tenant T --surface S | --file FILE) [--output FILE] [<options>]",
        discussion: """
            recsys-pipelines export popularity --tenant demo --surface home \\
              --output popularity.json
            recsys-pipelines export --file 0f3a...c1.rsart --format tsv

            Without --version it is what is current.
            """)

    @OptionGroup var common: CommonOptions
    var resultFormat: ResultFormat { .text }

    @Argument(help: "The kind: \(Parsing.kindNames.joined(separator: ", ")).", transform: Parsing.kind)
    var kind: ArtifactKind?

    @Option(name: .long, help: "Whose events they are.", transform: Parsing.name)
    var tenant: PathSegment?

    @Option(name: .long, help: "Where they were shown.", transform: Parsing.name)
    var surface: PathSegment?

    @Option(name: .long, help: "A variant of the artifacts.", transform: Parsing.name)
    var segment: PathSegment?

    @Option(name: .long, help: "A published version, or how it begins. (default: the current one)")
    var version: String?

    @Option(name: .long, help: "An artifact file, instead of a published one.")
    var file: String?

    @Option(name: .long, help: "The form to write.")
    var format: ExportForm = .jsonV1

    @Option(name: .shortAndLong, help: "Write to this file, or - for standard output. (default: -)")
    var output: String?

    func validate() throws {
        if output == "" { throw ValidationError("--output: must be a path") }
        if file != nil, kind != nil || version != nil {
            throw ValidationError("--file excludes a kind and --version")
        }
        if file == nil, kind == nil || tenant == nil || surface == nil {
            throw ValidationError("name a kind with --tenant and --surface, or a --file")
        }
    }

    func execute() throws -> CommandResult {
        let pipeline = try common.pipeline()
        let source = try source(pipeline)
        guard let output, output != "-" else {
            try ArtifactExport.write(source, as: format, scratch: pipeline.scratch) { piece in
                try Cancellation.check()
                try StandardOutput.write(piece)
            }
            return CommandResult([]) { _ in }
        }
        try OutputFile.write(to: FilePath(output)) { write in
            try ArtifactExport.write(source, as: format, scratch: pipeline.scratch) { try write($0.rawSpan) }
        }
        pipeline.logger.info("wrote \(output)")
        return CommandResult([]) { _ in }
    }

    private func source(_ pipeline: Pipeline) throws -> ArtifactExport.Source {
        let access = pipeline.layout.configuration.fileAccess
        if let file { return .artifactFile(try DataFile(path: FilePath(file), access: access)) }
        guard let kind, let tenant, let surface else { throw CleanExit.helpRequest(self) }
        let owner = SegmentKey(SurfaceKey(tenant: tenant, surface: surface), segment: segment)
        let layout = pipeline.layout
        let blob = try layout.registry.openBlob(of: owner, kind: kind, version: version, in: layout.objectStore)
        return blob.record.format == .jsonV1 ? .json(blob.file) : .artifactFile(blob.file)
    }
}
