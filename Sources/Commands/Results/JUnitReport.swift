import Events
import Pipeline

/// What the gates said of the days of a window, as JUnit XML.
struct JUnitReport {
    let surfaceKey: SurfaceKey
    let results: [GateResult]

    /// The file for systems that show the results of tests: a suite a day, a case a gate; what was not refused passes.
    var bytes: [UInt8] {
        let suites = Dictionary(grouping: results, by: \.day).sorted { $0.key < $1.key }.map(suite)
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="recsys-pipelines validate" \(JUnitReport.counts(results))>
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
        let counts = JUnitReport.counts(results)
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
