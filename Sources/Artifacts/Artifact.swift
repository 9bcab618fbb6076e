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
package struct Artifact: Sendable {
    package let key: ArtifactKey
    /// What the builder was told, by name, in the order of the names.
    package let parameters: [ArtifactParameter]
    package let rows: RankedRows

    /// - Parameters:
    ///   - parameters: Those of the build; only what concerns the kind is kept.
    ///   - limits: Those of the build, some of which may have shaped the result.
    package init(
        _ key: ArtifactKey, rows: RankedRows, parameters: BuildParameters, limits: BuildLimits = BuildLimits(),
    ) {
        self.init(key, rows: rows, parameters: ArtifactParameter.all(of: key.kind, in: parameters, limits))
    }

    /// - Parameter parameters: In the order of their names.
    package init(_ key: ArtifactKey, rows: RankedRows, parameters: [ArtifactParameter]) {
        self.key = key
        self.rows = rows
        self.parameters = parameters
    }
}
