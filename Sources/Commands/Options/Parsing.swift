import ArgumentParser
import Builders
package import Events
import Pipeline

/// Reads values of options, and says what is wrong with those that cannot be read: the parser puts the option and the
/// value before it.
package enum Parsing {
    /// A tenant, a surface or a segment.
    package static func name(_ text: String) throws -> PathSegment {
        do {
            return try PathSegment(text)
        } catch {
            throw ValidationError("\(error)")
        }
    }

    /// A day of the calendar.
    package static func day(_ text: String) throws -> Day {
        guard let day = Day(text) else {
            throw ValidationError("no day of the calendar; write YYYY-MM-DD, such as 2026-01-31")
        }
        return day
    }

    /// The kinds of artifacts.
    static let kindNames = ArtifactKind.allCases.map(\.rawValue)

    static func kind(_ text: String) throws -> ArtifactKind {
        if let kind = ArtifactKind(rawValue: text) { return kind }
        if let name = Spelling.closest(to: text, among: kindNames) {
            throw ValidationError("no kind of artifact, did you mean '\(name)'?")
        }
        throw ValidationError("no kind of artifact; there are: \(kindNames.joined(separator: ", "))")
    }

    static func window(_ start: Day, _ end: Day) throws -> Window {
        guard let window = Window(start: start, end: end) else {
            throw ValidationError(
                "--end \(end) is before --start \(start); did you mean --start \(end) --end \(start)?")
        }
        return window
    }
}
