package import Builders
package import Scan
package import SystemPackage

/// What the builder of a cooc artifact was told, read back from the artifact's parameters.
package struct CoocParameters {
    /// With the defaults for what the artifact does not say.
    package private(set) var build = BuildParameters()
    /// What became of oversized sessions; with the policy `fail` no session of the window was one, and there is no
    /// limit.
    package private(set) var sessions: (maximumItemCount: Int, policy: OversizedSessionPolicy) = (.max, .fail)

    /// - Parameters:
    ///   - parameters: Those of a cooc artifact.
    ///   - path: Where the artifact is, for messages.
    /// - Throws: `ArtifactError` if one of them has a value that only a newer version can have written.
    package init(_ parameters: [ArtifactParameter], path: FilePath) throws(ArtifactError) {
        for parameter in parameters {
            guard set(parameter) else { throw .unknownParameter(parameter, path: path) }
        }
    }

    /// - Returns: False if the parameter cannot have the value.
    private mutating func set(_ parameter: ArtifactParameter) -> Bool {
        switch (parameter.name, parameter.value) {
        case ("max_items_per_artifact", .integer(let count)): build.maximumItemsPerArtifact = count
        case ("max_neighbors_per_item", .integer(let count)): build.maximumNeighborsPerItem = count
        case ("min_cooc_support", .integer(let count)): build.minimumCoocSupport = count
        case ("max_items_per_session", .integer(let count)): sessions.maximumItemCount = count
        case ("score", .text(let name)):
            guard let score = CoocScore(rawValue: name) else { return false }
            build.coocScore = score
        case ("on_oversized_session", .text(let name)):
            guard let policy = OversizedSessionPolicy(rawValue: name) else { return false }
            sessions.policy = policy
        default: return false
        }
        return true
    }
}
