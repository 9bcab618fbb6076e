/// What is done about a gate.
package enum GateAction: String, CaseIterable, Sendable {
    /// It is not measured.
    case off
    /// What does not pass is told, and published.
    case warn
    /// What does not pass is not published.
    case fail
}

/// What is done about a gate, and from where on.
package struct GateRule: Sendable, Equatable {
    package let action: GateAction
    package let threshold: Double

    package init(_ action: GateAction, _ threshold: Double) {
        self.action = action
        self.threshold = threshold
    }

    /// The rule that `off`, `warn` or `fail 0.5` means; nil if the text is none.
    init?(_ text: String, of gate: Gate) {
        let words = text.split(separator: " ")
        guard let action = words.first.flatMap({ GateAction(rawValue: String($0)) }) else { return nil }
        self.init(action, gate.defaultRule.threshold)
        if words.count == 1 { return }
        guard action != .off, words.count == 2, let threshold = Double(words[1]), threshold >= 0, threshold.isFinite,
            !gate.isShare || threshold <= 1
        else { return nil }
        self.init(action, threshold)
    }

    /// The rule as a configuration spells it, with every digit: who saves it gets the same rule back.
    var description: String {
        let digits = "\(threshold)"
        let number = digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
        return action == .off ? action.rawValue : "\(action.rawValue) \(number)"
    }
}
