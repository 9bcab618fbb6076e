package import Platform

/// A catalog that cannot be used.
package struct CatalogError: Failure {
    /// `file:line`, or the file where no line is to blame.
    package let place: String
    package let reason: String

    package var kind: FailureKind { .badInput }
    package var message: String { "\(place): \(reason)" }
    package var remedy: String? { "correct the catalog and run the same command again" }
}
