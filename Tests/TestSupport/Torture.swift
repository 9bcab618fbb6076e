import Foundation

/// How long tests may take that find more the longer they run: `RECSYS_TORTURE=1` asks for the long form.
package enum Torture {
    /// True if tests may take many minutes.
    package static var isWanted: Bool { ProcessInfo.processInfo.environment["RECSYS_TORTURE"] == "1" }
}
