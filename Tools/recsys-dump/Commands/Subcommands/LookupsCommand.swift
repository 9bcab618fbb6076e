import ArgumentParser
import Artifacts
import Builders
import Commands
import Platform

/// `lookups`
struct LookupsCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "lookups", abstract: "Opens an artifact as a service does, and times look-ups of random keys.",
        usage: "recsys-dump lookups FILE [--count N] [--format text|json]")

    @OptionGroup var source: ArtifactOptions

    @Option(name: .long, help: "How many keys to look up.")
    var count = 100_000

    @OptionGroup var result: ResultOptions
    var resultFormat: ResultFormat { result.format }

    func validate() throws {
        if !(1...100_000_000).contains(count) { throw ValidationError("--count: must be from 1 to 100000000") }
    }

    func execute() throws -> CommandResult {
        let dump = try source.open()
        let kind = try dump.artifact(for: "lookups").key.kind
        if kind.form == .ranking {
            throw DumpError.otherKind("lookups", kinds: "artifacts with keys", kind: kind, path: dump.file.path)
        }
        let start = MonotonicClock.nanoseconds
        let reader = try ArtifactReader(dump.file)
        let openingTime = Int(MonotonicClock.nanoseconds - start)
        // Of an artifact without rows it is timed how long it takes to find nothing.
        let keys = reader.keys.isEmpty ? [""] : reader.keys
        let latency = try LookupLatency(reader, count: count) { keys[.random(in: keys.indices)] }
        let facts = [
            Fact("keys", reader.keys.count), Fact("open_ns", openingTime), Fact("lookups", count),
            Fact("median_ns", Int(latency.quantile(0.5))), Fact("p90_ns", Int(latency.quantile(0.9))),
            Fact("p99_ns", Int(latency.quantile(0.99))), Fact("longest_ns", Int(latency.quantile(1))),
        ]
        let histogram = latency.histogram
        let table = DumpTable(
            [.init("BELOW NS", .number), .init("LOOKUPS", .number)],
            histogram.map { [Int($0.below).grouped, $0.count.grouped] })
        let damage = [dump.misplacement].compactMap { $0 }
        return try CommandResult(Fact.lines(facts) + table.lines(), of: dump, damage: damage) { json in
            json.members(of: facts)
            json.key("histogram")
            json.array { json in
                for slot in histogram {
                    json.object { json in
                        json.member("below_ns", slot.below)
                        json.member("lookups", slot.count)
                    }
                }
            }
        }
    }
}
