package import Platform

/// An artifact that cannot be written in the form that is asked for.
package enum ArtifactError: Failure {
    /// JSON v1 has no place for scores.
    case scoresInJSONv1(ArtifactKey)

    package var kind: FailureKind { .usage }

    package var message: String {
        switch self {
        case .scoresInJSONv1(let key): "\(key): has scores, and JSON v1 holds counts only"
        }
    }

    package var remedy: String? {
        switch self {
        case .scoresInJSONv1:
            "write it with export --format tsv, or set \"artifact_format\" to \"rsart\" where it is computed"
        }
    }
}
