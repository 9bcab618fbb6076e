import ArgumentParser
import Events

/// Whose artifacts a subcommand is about.
struct OwnerOptions: ParsableArguments {
    @Option(name: .long, help: "Whose events they are.", transform: Parsing.name)
    var tenant: PathSegment

    @Option(name: .long, help: "Where they were shown.", transform: Parsing.name)
    var surface: PathSegment

    @Option(name: .long, help: "A variant of the artifacts.", transform: Parsing.name)
    var segment: PathSegment?

    var owner: SegmentKey {
        SegmentKey(SurfaceKey(tenant: tenant, surface: surface), segment: segment)
    }
}

/// Whose events a subcommand is about.
struct SurfaceOptions: ParsableArguments {
    @Option(name: .long, help: "Whose events they are.", transform: Parsing.name)
    var tenant: PathSegment

    @Option(name: .long, help: "Where they were shown.", transform: Parsing.name)
    var surface: PathSegment

    var surfaceKey: SurfaceKey { SurfaceKey(tenant: tenant, surface: surface) }
}

/// The days that a subcommand is about.
struct WindowOptions: ParsableArguments {
    @Option(name: .long, help: "The first UTC day, YYYY-MM-DD.", transform: Parsing.day)
    var start: Day

    @Option(name: .long, help: "The last UTC day, included.", transform: Parsing.day)
    var end: Day

    func validate() throws {
        _ = try window()
    }

    func window() throws -> Window {
        try Parsing.window(start, end)
    }
}
