import ArgumentParser
import Artifacts
import Builders
import Columns
import Commands
import Events
import Platform

/// `summary`
struct SummaryCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "summary", abstract: "Tells what a file is, whose, of when, and how large.",
        usage: "recsys-dump [summary] FILE [--format text|json]")

    @Argument(help: "A partition or an artifact.")
    var file: String

    @OptionGroup var result: ResultOptions
    var resultFormat: ResultFormat { result.format }

    func execute() throws -> CommandResult {
        let facts: [Fact]
        switch try DumpFile.open(path: file) {
        case .partition(let reader): facts = try Fact.facts(of: reader)
        case .artifact(let container, let artifact): facts = try Fact.facts(of: artifact, in: container.file)
        }
        return CommandResult(Fact.lines(facts)) { $0.members(of: facts) }
    }
}

/// A line of a summary.
struct Fact: Sendable {
    let name: String
    let text: String
    /// Writes the same as JSON: a number where it is one.
    let writeValue: @Sendable (inout JSONWriter) -> Void

    init(_ name: String, _ text: String) {
        self.name = name
        self.text = text
        writeValue = { $0.string(text) }
    }

    init(_ name: String, _ number: Int) {
        self.name = name
        text = number.grouped
        writeValue = { $0.integer(number) }
    }

    init(_ name: String, _ number: Double) {
        self.name = name
        text = "\(number)"
        writeValue = { $0.number(number) }
    }

    init(_ parameter: ArtifactParameter) {
        switch parameter.value {
        case .integer(let number): self.init(parameter.name, number)
        case .fraction(let number): self.init(parameter.name, number)
        case .text(let text): self.init(parameter.name, text)
        }
    }

    /// The facts, a line each, below each other.
    static func lines(_ facts: [Fact]) -> [String] {
        let width = facts.map(\.name.count).max() ?? 0
        return facts.map { $0.name + String(repeating: " ", count: width - $0.name.count + 2) + $0.text }
    }

    static func facts(of reader: PartitionReader) throws -> [Fact] {
        let statistics = reader.statistics
        let key = statistics.key
        let times =
            reader.rowCount == 0
            ? []
            : [
                Fact("earliest", Timestamp(day: key.day, nanosecondOfDay: statistics.earliest).description),
                Fact("latest", Timestamp(day: key.day, nanosecondOfDay: statistics.latest).description),
            ]
        return [
            Fact("type", "partition, format \(reader.container.format.version)"),
            Fact("tenant", key.surfaceKey.tenant.text), Fact("surface", key.surfaceKey.surface.text),
            Fact("day", key.day.description), Fact("rows", reader.rowCount),
        ] + times + [
            Fact("users", statistics.userCount), Fact("sessions", statistics.sessionCount),
            Fact("requests", statistics.requestCount), Fact("items", statistics.itemCount),
        ] + (try facts(of: reader.container.file))
    }

    static func facts(of artifact: Artifact, in file: DataFile) throws -> [Fact] {
        let key = artifact.key
        let segment = key.owner.segment.map { [Fact("segment", $0.text)] } ?? []
        let parameters = artifact.parameters.map { Fact($0) }
        return [
            Fact("type", "artifact, format \(ArtifactFormat.file.version)"),
            Fact("artifact_type", key.kind.rawValue), Fact("tenant", key.owner.tenant.text),
            Fact("surface", key.owner.surface.text),
        ] + segment + [
            Fact("first_day", key.window.start.description), Fact("last_day", key.window.end.description),
            Fact("rows", artifact.rows.rowCount), Fact("entries", artifact.rows.entryCount),
            Fact("values", artifact.rows.valueKind.name),
        ] + parameters + (try facts(of: file))
    }

    private static func facts(of file: DataFile) throws -> [Fact] {
        [Fact("bytes", file.byteCount), Fact("sha256", try SHA256Digest(of: file).hexadecimal)]
    }
}

extension JSONWriter {
    /// Facts as members of an object that the caller has begun.
    mutating func members(of facts: [Fact]) {
        for fact in facts {
            key(text: fact.name)
            fact.writeValue(&self)
        }
    }
}

extension RankedRows.ValueKind {
    /// What entries have beside their ids.
    fileprivate var name: String {
        switch self {
        case .none: "none"
        case .counts: "counts"
        case .scores: "scores"
        }
    }
}
