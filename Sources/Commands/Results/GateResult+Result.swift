import Builders
import Events
import Logging
import Pipeline
import Platform

extension GateResult {
    /// Tells what is worth a look. What was refused is told as the failure that it is.
    func log(to logger: Logger) {
        var members: Logger.Metadata = [
            "day": "\(day)", "gate": "\(gate.rawValue)", "value": .stringConvertible(value),
            "threshold": .stringConvertible(threshold), "outcome": "\(outcomeName)",
        ]
        if let kind { members["artifact_type"] = "\(kind.rawValue)" }
        switch outcome {
        case .refused: break
        case .passed: logger.debug("gate \(description)", metadata: members)
        case .warned: logger.warning("gate \(description)", metadata: members)
        case .overridden(let reason):
            members["reason"] = "\(reason)"
            logger.notice("overridden: gate \(description) (\(reason))", metadata: members)
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
