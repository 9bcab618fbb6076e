import Builders
import Events
import Pipeline
import Platform

/// What the gates said of the days of a window.
struct ValidationReport {
    private let results: [GateResult]

    init(_ results: [GateResult]) {
        self.results = results
    }

    /// - Throws: `IncompleteResult` if a gate refuses a day.
    func result() throws -> CommandResult {
        let result = CommandResult(lines) { $0.member(gates: results) }
        guard let refusal = GateRefusal(results) else { return result }
        throw IncompleteResult(result: result, kind: refusal.kind, message: refusal.message, remedy: refusal.remedy)
    }

    /// What did not pass, and how many there are of each outcome.
    private var lines: [String] {
        let dayCount = Set(results.map(\.day)).count
        let outcomes = ["passed", "warned", "overridden", "refused"].compactMap { name -> String? in
            let count = results.count { $0.outcomeName == name }
            return count == 0 ? nil : "\(count.grouped) \(name)"
        }
        let summary = "\(results.count.counted("check")) of \(dayCount.counted("day")): "
        return results.compactMap(line) + [
            summary + (outcomes.isEmpty ? "no gate is on" : outcomes.joined(separator: ", "))
        ]
    }

    /// What is worth a look. What was refused is told as the failure that it is.
    private func line(_ result: GateResult) -> String? {
        switch result.outcome {
        case .passed, .refused: nil
        case .warned: "warning: gate \(result.description)"
        case .overridden(let reason): "overridden: gate \(result.description) (\(reason))"
        }
    }
}
