import Builders
import Events
import Pipeline
import Platform

extension GateResult {
    /// A line for each result that is worth a look: all but those that passed.
    static func lines(_ results: [GateResult]) -> [String] {
        results.compactMap { result in
            switch result.outcome {
            case .passed, .refused: nil
            case .warned: "warning: gate \(result.description)"
            case .overridden(let reason): "overridden: gate \(result.description) (\(reason))"
            }
        }
    }
}

extension JSONWriter {
    /// Results of gates, as a member of an object that the caller has begun.
    mutating func member(gates results: [GateResult]) {
        key("gates")
        array { json in
            for result in results {
                json.object { json in
                    json.member("day", result.day.description)
                    if let kind = result.kind { json.member("artifact_type", kind.rawValue) }
                    json.member("gate", result.gate.rawValue)
                    json.key("value")
                    json.number(result.value)
                    json.key("threshold")
                    json.number(result.threshold)
                    json.member("outcome", result.outcomeName)
                    if case .overridden(let reason) = result.outcome { json.member("reason", reason) }
                }
            }
        }
    }
}
