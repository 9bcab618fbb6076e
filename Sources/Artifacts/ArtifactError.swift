package import Builders
package import Platform
package import SystemPackage

/// An artifact that cannot be written in the form that is asked for, or is kept in one that cannot be read.
package enum ArtifactError: Failure {
    /// JSON v1 has no place for scores.
    case scoresInJSONv1(ArtifactKey)
    /// What is there is JSON v1, which is written for services and not read here.
    case publishedAsJSON(path: FilePath)
    /// What is asked for takes the rows of an artifact that is there as JSON v1.
    case rowsInJSON(path: FilePath)
    /// A parameter has a value that this build does not know.
    case unknownParameter(ArtifactParameter, path: FilePath)

    package var kind: FailureKind { .usage }

    package var message: String {
        switch self {
        case .scoresInJSONv1(let key): "\(key): has scores, and JSON v1 holds counts only"
        case .publishedAsJSON(let path): "\(path): is published as JSON v1, which export does not read"
        case .rowsInJSON(let path): "\(path): is published as JSON v1, whose rows are not read here"
        case .unknownParameter(let parameter, let path):
            "\(path): was made with \(parameter.name) \(parameter.value), which this program does not know"
        }
    }

    package var remedy: String? {
        switch self {
        case .scoresInJSONv1:
            "use export --format tsv; what has scores is published as \"rsart\", the default of \"artifact_format\""
        case .publishedAsJSON:
            "compute it with \"artifact_format\" set to \"rsart\", and export that with --file"
        case .rowsInJSON:
            "set \"artifact_format\" to \"rsart\", then compute and publish the windows again"
        case .unknownParameter: "install the version that made it, or a newer one"
        }
    }
}
