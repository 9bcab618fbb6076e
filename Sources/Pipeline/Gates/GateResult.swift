package import Builders
package import Events
package import Platform
import Publishing

/// What a gate measured, and what became of it.
package struct GateResult: Sendable, Equatable {
    /// What came of holding the number against the threshold.
    package enum Outcome: Sendable, Equatable {
        case passed
        case warned
        case refused
        /// It would have been refused, and somebody gave a reason to go on.
        case overridden(reason: String)
    }

    package let gate: Gate
    /// The day that was measured, or the last one of the artifact.
    package let day: Day
    /// Nil for the events of a day.
    package let kind: ArtifactKind?
    package let value: Double
    package let threshold: Double
    package let outcome: Outcome

    /// The outcome as a word for programs.
    package var outcomeName: String {
        switch outcome {
        case .passed: "passed"
        case .warned: "warned"
        case .refused: "refused"
        case .overridden: "overridden"
        }
    }

    /// What was measured, in one line: day, gate, value, threshold.
    package var description: String {
        let subject = kind.map { "\(day) \($0.rawValue)" } ?? "\(day)"
        let bound = gate.isLowerBound ? "at least" : "at most"
        return "\(subject): \(gate.rawValue): \(GateResult.text(value)) \(gate.unit), \(bound) "
            + "\(GateResult.text(threshold)) passes"
    }

    /// What stands in the record of what was published.
    var note: Provenance.Gate {
        var reason: String?
        if case .overridden(let text) = outcome { reason = text }
        return Provenance.Gate(
            name: gate.rawValue, value: value, threshold: threshold, outcome: outcomeName, reason: reason)
    }

    /// A whole number as it is, another one to four decimals.
    package static func text(_ number: Double) -> String {
        let rounded = (number * 10_000).rounded() / 10_000
        // What is not zero does not look like it.
        if rounded == 0, number > 0 { return "\(number)" }
        return rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int(rounded))" : "\(rounded)"
    }
}

extension Provenance {
    /// What made an artifact of that kind, with what gates said of it and of its last day.
    func noting(_ results: [GateResult], _ kind: ArtifactKind) -> Provenance {
        var provenance = self
        provenance.gates = results.filter { $0.kind == nil || $0.kind == kind }.map(\.note)
        return provenance
    }
}

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

/// What gates do not let pass.
package struct GateRefusal: Failure {
    /// Those that were refused, at least one.
    package let results: [GateResult]

    /// - Returns: Nil if none of the results is a refusal.
    package init?(_ results: [GateResult]) {
        self.results = results.filter { $0.outcome == .refused }
        if self.results.isEmpty { return nil }
    }

    package var kind: FailureKind { .refused }
    package var message: String {
        "gate \(results.map(\.description).joined(separator: "; gate "))"
    }
    package var remedy: String? {
        let gate = results[0].gate
        return "\(gate.advice); to publish in spite of it: --override \(gate.rawValue)=REASON"
    }
}
