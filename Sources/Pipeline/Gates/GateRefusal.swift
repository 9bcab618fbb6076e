package import Platform

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
