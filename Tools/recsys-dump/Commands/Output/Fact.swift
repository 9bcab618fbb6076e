import Builders
import Commands
import Platform

/// A line of a summary, and a member of its JSON.
struct Fact: Sendable {
    /// A value that JSON tells apart.
    enum Value: Sendable {
        case text(String)
        case integer(Int)
        case number(Double)
        case boolean(Bool)
    }

    let name: String
    let value: Value

    init(_ name: String, _ value: Value) {
        self.name = name
        self.value = value
    }

    init(_ name: String, _ text: String) {
        self.init(name, .text(text))
    }

    init(_ name: String, _ number: Int) {
        self.init(name, .integer(number))
    }

    init(_ parameter: ArtifactParameter) {
        switch parameter.value {
        case .integer(let number): self.init(parameter.name, .integer(number))
        case .fraction(let number): self.init(parameter.name, .number(number))
        case .text(let text): self.init(parameter.name, .text(text))
        }
    }

    /// The value for people.
    private var text: String {
        switch value {
        case .text(let text): DisplayText.line(text)
        case .integer(let number): number.grouped
        case .number(let number): "\(number)"
        case .boolean(let flag): flag ? "yes" : "no"
        }
    }

    /// The facts, a line each, below each other.
    static func lines(_ facts: [Fact]) -> [String] {
        let width = facts.map(\.name.count).max() ?? 0
        return facts.map { $0.name + String(repeating: " ", count: width - $0.name.count + 2) + $0.text }
    }
}

extension JSONWriter {
    /// Facts as members of an object that the caller has begun.
    mutating func members(of facts: [Fact]) {
        for fact in facts {
            key(text: fact.name)
            switch fact.value {
            case .text(let text): string(text)
            case .integer(let number): integer(number)
            case .number(let value): number(value)
            case .boolean(let flag): boolean(flag)
            }
        }
    }
}
