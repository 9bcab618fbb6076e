import Builders
import Events
import Pipeline
import Platform

/// What the gates said of the days of a window.
struct ValidationReport {
    private let surfaceKey: SurfaceKey
    private let results: [GateResult]

    init(_ surfaceKey: SurfaceKey, _ results: [GateResult]) {
        self.surfaceKey = surfaceKey
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
        return GateResult.lines(results) + [
            summary + (outcomes.isEmpty ? "no gate is on" : outcomes.joined(separator: ", "))
        ]
    }

    /// The file for systems that show the results of tests: a suite a day, a case a gate; what was not refused passes.
    var junit: [UInt8] {
        let suites = Dictionary(grouping: results, by: \.day).sorted { $0.key < $1.key }.map(suite)
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="recsys-pipelines validate" \(ValidationReport.counts(results))>
            \(suites.joined())</testsuites>

            """
        return Array(text.utf8)
    }

    private func suite(_ day: Day, _ results: [GateResult]) -> String {
        let name = XMLText.escaped(surfaceKey.description)
        let cases = results.map { result in
            let attributes = "classname=\"\(name)\" name=\"\(day) \(result.gate.rawValue)\""
            let text = XMLText.escaped(result.description)
            return switch result.outcome {
            case .passed: "    <testcase \(attributes)/>\n"
            case .refused: "    <testcase \(attributes)><failure message=\"\(text)\"/></testcase>\n"
            case .warned, .overridden:
                "    <testcase \(attributes)><system-out>\(result.outcomeName): \(text)</system-out></testcase>\n"
            }
        }
        let counts = ValidationReport.counts(results)
        return "  <testsuite name=\"\(name) \(day)\" \(counts)>\n\(cases.joined())  </testsuite>\n"
    }

    private static func counts(_ results: [GateResult]) -> String {
        "tests=\"\(results.count)\" failures=\"\(results.count { $0.outcome == .refused })\""
    }
}

/// Text inside XML.
enum XMLText {
    /// The text with what has a meaning in XML, inside quotes too, written as entities.
    static func escaped(_ text: String) -> String {
        text.reduce(into: "") { escaped, character in
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.append(character)
            }
        }
    }
}

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
