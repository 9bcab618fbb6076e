import Builders

/// Something that shaped a result: its name, and a number or a word.
package struct ArtifactParameter: Hashable, Sendable {
    package enum Value: Hashable, Sendable {
        case integer(Int)
        /// A finite number that is no whole one.
        case fraction(Double)
        case text(String)
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
    /// What concerns a kind of the parameters of a build, in the order of the names.
    ///
    /// A parameter that comes later is left out while it has its default value, so that the same result keeps the same
    /// bytes.
    static func all(of kind: ArtifactKind, in parameters: BuildParameters) -> [ArtifactParameter] {
        let all: [ArtifactParameter]
        switch kind {
        case .popularity: all = popularity(parameters)
        case .cooc: all = cooc(parameters)
        case .implicit, .sessionSeq:
            all = [ArtifactParameter("max_items_per_user", parameters.maximumItemsPerUser)]
        case .contentSim: all = []
        }
        return all.sorted { $0.name < $1.name }
    }

    private static func popularity(_ parameters: BuildParameters) -> [ArtifactParameter] {
        let limit = parameters.maximumItemsPerArtifact ?? BuildParameters.defaultPopularityItemCount
        return [ArtifactParameter("max_items_per_artifact", limit)]
    }

    private static func cooc(_ parameters: BuildParameters) -> [ArtifactParameter] {
        let rowLimit = parameters.maximumItemsPerArtifact.map { ArtifactParameter("max_items_per_artifact", $0) }
        return [
            rowLimit, ArtifactParameter("max_neighbors_per_item", parameters.maximumNeighborsPerItem),
            ArtifactParameter("min_cooc_support", parameters.minimumCoocSupport),
        ].compactMap { $0 }
    }
}
