package import Builders
package import Events

/// Whose artifact it is, of which kind, and over which window.
package struct ArtifactKey: Hashable, Sendable, CustomStringConvertible {
    package let owner: SegmentKey
    package let kind: ArtifactKind
    package let window: Window

    package init(_ owner: SegmentKey, _ kind: ArtifactKind, _ window: Window) {
        self.owner = owner
        self.kind = kind
        self.window = window
    }

    /// `tenant/surface[/segment] kind start_end`.
    package var description: String { "\(owner) \(kind.rawValue) \(window)" }
}

/// One computed result: what it is of, how it was made, and its rows.
package struct Artifact: Sendable, Equatable {
    package let key: ArtifactKey
    /// What the builder was told, by name, in the order of the names.
    package let parameters: [Parameter]
    package let rows: RankedRows

    /// A number that shaped the result.
    package struct Parameter: Hashable, Sendable {
        package let name: String
        package let value: Int

        package init(_ name: String, _ value: Int) {
            self.name = name
            self.value = value
        }
    }

    /// - Parameter parameters: Those of the build; only what concerns the kind is kept.
    package init(_ key: ArtifactKey, rows: RankedRows, parameters: BuildParameters) {
        self.init(key, rows: rows, parameters: Artifact.parameters(of: key.kind, in: parameters))
    }

    init(_ key: ArtifactKey, rows: RankedRows, parameters: [Parameter]) {
        self.key = key
        self.rows = rows
        self.parameters = parameters
    }

    private static func parameters(of kind: ArtifactKind, in parameters: BuildParameters) -> [Parameter] {
        switch kind {
        case .popularity:
            let limit = parameters.maximumItemsPerArtifact ?? BuildParameters.defaultPopularityItemCount
            return [Parameter("max_items_per_artifact", limit)]
        case .cooc:
            let rowLimit = parameters.maximumItemsPerArtifact.map { [Parameter("max_items_per_artifact", $0)] } ?? []
            return rowLimit + [
                Parameter("max_neighbors_per_item", parameters.maximumNeighborsPerItem),
                Parameter("min_cooc_support", parameters.minimumCoocSupport),
            ]
        case .implicit, .sessionSeq: return [Parameter("max_items_per_user", parameters.maximumItemsPerUser)]
        case .contentSim: return []
        }
    }
}
