import ArgumentParser
import Commands

/// How much of a list is shown, and how.
struct ListOptions: ParsableArguments {
    @Option(name: .long, help: "At most so many entries, the first ones. (default: all)")
    var head: Int?

    @OptionGroup var result: ResultOptions

    func validate() throws {
        if let head, head < 1 { throw ValidationError("--head: must be at least 1") }
    }
}
