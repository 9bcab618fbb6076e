/// What a crash after some call may leave.
package struct CrashCase: Sendable, CustomStringConvertible {
    package let model: CrashModel
    /// How many calls were made.
    package let callCount: Int
    /// The last of them; nil if there was none.
    package let lastCall: NotedCall?
    /// What is found then.
    package let image: DiskImage
    /// The same, and how much of it has reached the disk: all, unless only the process has ended.
    package let disk: Disk

    package var description: String {
        let call = lastCall.map { String(String(describing: $0).prefix(200)) } ?? "nothing"
        return "\(model) after call \(callCount), \(call)"
    }
}

/// How many of the possible cases are looked at.
package struct CrashThoroughness: Sendable {
    /// So many sets of names are looked at after a call, all if there are no more, else some at random.
    package let nameSetCount: Int
    /// Cases that differ in nothing but unfinished files, which nobody reads, count as one.
    package let isIgnoringUnfinished: Bool
    /// So many cases are chosen at random of those that are left.
    package let caseCount: Int

    package init(nameSetCount: Int, isIgnoringUnfinished: Bool, caseCount: Int = .max) {
        self.nameSetCount = nameSetCount
        self.isIgnoringUnfinished = isIgnoringUnfinished
        self.caseCount = caseCount
    }

    /// All that the models know.
    package static let exhaustive = CrashThoroughness(nameSetCount: 64, isIgnoringUnfinished: false)
}
