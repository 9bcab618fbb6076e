package import Builders
import Scan

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
        let all: [ArtifactParameter?]
        switch kind {
        case .popularity: all = popularity(parameters)
        case .cooc: all = cooc(parameters, limits)
        case .implicit, .sessionSeq:
            all = [ArtifactParameter("max_items_per_user", parameters.maximumItemsPerUser)]
        case .contentSim: all = []
        }
        return all.compactMap { $0 }.sorted { $0.name < $1.name }
    }

    private static func popularity(_ parameters: BuildParameters) -> [ArtifactParameter?] {
        let limit = parameters.maximumItemsPerArtifact ?? BuildParameters.defaultPopularityItemCount
        let unit = parameters.popularityUnit
        return [
            ArtifactParameter("max_items_per_artifact", limit),
            unit == .events ? nil : ArtifactParameter("unit", unit.rawValue),
            parameters.popularityHalfLifeDayCount.map { ArtifactParameter("half_life_days", $0) },
        ]
    }

    private static func cooc(_ parameters: BuildParameters, _ limits: BuildLimits) -> [ArtifactParameter?] {
        let (score, policy) = (parameters.coocScore, limits.oversizedSessions)
        return [
            parameters.maximumItemsPerArtifact.map { ArtifactParameter("max_items_per_artifact", $0) },
            ArtifactParameter("max_neighbors_per_item", parameters.maximumNeighborsPerItem),
            ArtifactParameter("min_cooc_support", parameters.minimumCoocSupport),
            score == .count ? nil : ArtifactParameter("score", score.rawValue),
            // A limit that is kept by refusing what exceeds it shapes nothing.
            policy == .fail ? nil : ArtifactParameter("on_oversized_session", policy.rawValue),
            policy == .fail ? nil : ArtifactParameter("max_items_per_session", limits.maximumItemsPerSession),
        ]
    }
}
