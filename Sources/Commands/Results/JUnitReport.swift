import Events
import Pipeline
import Platform

/// What the gates said of the days of a window, as JUnit XML.
struct JUnitReport {
    let surfaceKey: SurfaceKey
    let results: [GateResult]
    /// Why there are no results: a partition is damaged, or there is none.
    var problem: (any Failure)?

    /// The file for systems that show the results of tests: a suite a day, a case a gate; what was not refused passes.
    var bytes: [UInt8] {
        let suites = Dictionary(grouping: results, by: \.day).sorted { $0.key < $1.key }.map(suite)
        let problems = problem.map { [suite($0)] } ?? []
        let counts = JUnitReport.counts(results, errorCount: problems.count)
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="recsys-pipelines validate" \(counts)>
            \((suites + problems).joined())</testsuites>

            """
        return Array(text.utf8)
    }

    private func suite(_ problem: any Failure) -> String {
        let (name, text) = (XMLText.escaped(surfaceKey.description), XMLText.escaped(problem.message))
        return """
              <testsuite name="\(name)" \(JUnitReport.counts([], errorCount: 1))>
                <testcase classname="\(name)" name="validate"><error message="\(text)"/></testcase>
              </testsuite>

            """
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

    private static func counts(_ results: [GateResult], errorCount: Int = 0) -> String {
        "tests=\"\(results.count + errorCount)\" failures=\"\(results.count { $0.outcome == .refused })\" "
            + "errors=\"\(errorCount)\""
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
