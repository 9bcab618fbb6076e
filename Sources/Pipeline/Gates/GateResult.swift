package import Builders
package import Events
import Platform
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
