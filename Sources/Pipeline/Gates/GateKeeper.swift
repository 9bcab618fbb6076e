import Builders
import Events

/// Holds numbers against the rules, and knows who goes on in spite of them.
package struct GateKeeper: Sendable {
    private let rules: [Gate: GateRule]
    private let overrides: [Gate: String]

    /// - Parameters:
    ///   - rules: What differs from the defaults.
    ///   - overrides: Why what a gate refuses is published all the same.
    package init(_ rules: [Gate: GateRule], overrides: [Gate: String]) {
        self.rules = rules
        self.overrides = overrides
    }

    func rule(_ gate: Gate) -> GateRule { rules[gate] ?? gate.defaultRule }

    /// True if some gate of that sort is to be measured.
    func measures(_ subject: Gate.Subject) -> Bool {
        Gate.allCases.contains { $0.subject == subject && isOn($0) }
    }

    func isOn(_ gate: Gate) -> Bool { rule(gate).action != .off }

    /// True if the rows of what is published are held against those of what is current.
    var comparesRows: Bool { isOn(.minCoverage) || isOn(.minOverlap) }

    /// What comes of a number; nil if the gate is off.
    ///
    /// - Parameter value: Is only evaluated if it is on; nil for what cannot be measured.
    func judge(
        _ gate: Gate, _ day: Day, of kind: ArtifactKind? = nil, _ value: @autoclosure () throws -> Double?,
    ) rethrows -> GateResult? {
        let rule = rule(gate)
        guard rule.action != .off, let value = try value() else { return nil }
        let passes = gate.isLowerBound ? value >= rule.threshold : value <= rule.threshold
        let outcome: GateResult.Outcome =
            if passes { .passed } else if let reason = overrides[gate] {
                .overridden(reason: reason)
            } else if rule.action == .warn { .warned } else { .refused }
        return GateResult(gate: gate, day: day, kind: kind, value: value, threshold: rule.threshold, outcome: outcome)
    }
}
