import ArgumentParser
import Pipeline

/// What a subcommand takes that gates stand before.
struct GateOptions: ParsableArguments {
    @Option(
        name: .customLong("override"),
        help: ArgumentHelp("Go on in spite of a gate; the reason is kept in the record.", valueName: "gate=reason"),
        transform: GateOptions.override)
    var overrides: [GateOverride] = []

    /// Why to go on, by gate.
    var reasons: [Gate: String] {
        Dictionary(overrides.map { ($0.gate, $0.reason) }) { first, _ in first }
    }

    func validate() throws {
        let gates = overrides.map(\.gate)
        if let gate = gates.first(where: { gate in gates.count { $0 == gate } > 1 }) {
            throw ValidationError("--override: \(gate.rawValue) is given more than once")
        }
    }

    private static func override(_ text: String) throws -> GateOverride {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let names = Gate.allCases.map(\.rawValue)
        guard let gate = Gate(rawValue: String(parts[0])) else {
            let meant = Spelling.closest(to: String(parts[0]), among: names)
            throw ValidationError(
                meant.map { "no gate, did you mean '\($0)'?" } ?? "no gate; there are: \(names.joined(separator: ", "))"
            )
        }
        guard let reason = parts.dropFirst().first, reason.contains(where: { !$0.isWhitespace }) else {
            throw ValidationError("say why: --override \(gate.rawValue)=REASON")
        }
        return GateOverride(gate: gate, reason: String(reason))
    }
}

/// A gate that is not to stop anything, and why.
struct GateOverride: Sendable {
    let gate: Gate
    let reason: String
}
