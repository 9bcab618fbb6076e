/// Metrics in the text format that Prometheus reads, version 0.0.4.
struct PrometheusText {
    /// A value, and what tells it from others of its name.
    struct Sample {
        let labels: [(name: String, value: String)]
        let value: Double

        init(_ value: Double, _ labels: (name: String, value: String)...) {
            self.value = value
            self.labels = labels
        }
    }

    /// What every sample is labelled with.
    let commonLabels: [(name: String, value: String)]
    private(set) var text = ""

    init(commonLabels: [(name: String, value: String)]) {
        self.commonLabels = commonLabels
    }

    /// Adds a gauge; none without samples.
    mutating func gauge(_ name: String, _ help: String, _ samples: [Sample]) {
        if samples.isEmpty { return }
        text += "# HELP \(name) \(help)\n# TYPE \(name) gauge\n"
        for sample in samples {
            let labels = (commonLabels + sample.labels).map { "\($0.name)=\"\(PrometheusText.escaped($0.value))\"" }
            text += "\(name){\(labels.joined(separator: ","))} \(PrometheusText.number(sample.value))\n"
        }
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
