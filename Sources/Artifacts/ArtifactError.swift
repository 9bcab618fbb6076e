package import Platform
package import SystemPackage

/// An artifact that cannot be written in the form that is asked for.
package enum ArtifactError: Failure {
    /// JSON v1 has no place for scores.
    case scoresInJSONv1(ArtifactKey)
    /// What is there is JSON v1, which is written for services and not read here.
    case publishedAsJSON(path: FilePath)

    package var kind: FailureKind { .usage }

    package var message: String {
        switch self {
        case .scoresInJSONv1(let key): "\(key): has scores, and JSON v1 holds counts only"
        case .publishedAsJSON(let path): "\(path): is published as JSON v1, which export does not read"
        }
    }

    package var remedy: String? {
        switch self {
        case .scoresInJSONv1:
            "use export --format tsv; to publish it, set \"artifact_format\" to \"rsart\""
        case .publishedAsJSON:
            "compute it with \"artifact_format\" set to \"rsart\", and export that with --file"
        }
    }
}
