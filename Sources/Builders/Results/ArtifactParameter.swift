/// Something that shaped a result: its name, and a number or a word.
package struct ArtifactParameter: Hashable, Sendable {
    /// What a parameter may be.
    package enum Value: Hashable, Sendable, CustomStringConvertible {
        case integer(Int)
        /// A finite number that is no whole one.
        case fraction(Double)
        case text(String)

        package var description: String {
            switch self {
            case .integer(let value): "\(value)"
            case .fraction(let value): "\(value)"
            case .text(let text): text
            }
        }
    }

    package let name: String
    package let value: Value

    package init(_ name: String, _ value: Int) {
        self.init(name, .integer(value))
    }

    /// - Parameter value: Finite. A whole number is the same parameter as if it were given as one.
    package init(_ name: String, _ value: Double) {
        precondition(value.isFinite, "a parameter is a number")
        self.init(name, Int(exactly: value).map { .integer($0) } ?? .fraction(value))
    }

    package init(_ name: String, _ value: String) {
        self.init(name, .text(value))
    }

    package init(_ name: String, _ value: Value) {
        self.name = name
        self.value = value
    }
}

extension ArtifactParameter {
    /// What concerns a kind of what a build was told, in the order of the names.
    ///
    /// The lengths of lists are always there. What says that a result is no plain count is left out while it has its
    /// default value: a parameter that comes later must not change the bytes of results that it does not change.
    package static func all(
        of kind: ArtifactKind, in parameters: BuildParameters, _ limits: BuildLimits,
    ) -> [ArtifactParameter] {
        let builder = WindowBuilder.builders.first { $0.kinds.contains(kind) }
        let all = builder?.shapingParameters(parameters, limits) ?? []
        return all.compactMap { $0 }.sorted { $0.name < $1.name }
    }
}
