/// What a crash leaves of what was done before it.
package enum CrashModel: String, CaseIterable, Sendable {
    /// The process was killed: all that it did is seen by who comes next, but nothing more has reached the disk.
    case killed
    /// The machine has crashed, and all that was not synchronised is lost.
    case unsynchronisedLost
    /// The machine has crashed; all names have reached the disk, but of contents only what was synchronised.
    case namesFirst
    /// The machine has crashed; all has reached the disk, but of the last write only a part.
    case tornWrite
    /// The machine has crashed; some names have reached the disk, of contents only what was synchronised.
    case someNames
}
