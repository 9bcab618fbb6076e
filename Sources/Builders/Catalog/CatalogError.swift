package import Platform

/// A catalog that cannot be used.
package struct CatalogError: Failure {
    /// `file:line`, or the file where no line is to blame.
    package let place: String
    package let reason: String
    private let advice: String

    init(_ place: String, _ reason: String, remedy: String) {
        self.place = place
        self.reason = reason
        advice = remedy
    }

    package var kind: FailureKind { .badInput }
    package var message: String { "\(place): \(reason)" }
    package var remedy: String? { advice }
}
