import Events
import FoundationEssentials
import Pipeline
import Platform
import SystemPackage

/// Where in a store a file lies, as its path tells.
struct StorePlace {
    /// What a file is by its place.
    enum Role {
        /// `canonical/<tenant>/<surface>/exposures/<day>.rspart`
        case partition(tenant: String, surface: String, day: String)
        /// `objectstore/<tenant>/<surface>/<kind>/<version>.rsart`
        case published(version: String)
        /// `artifacts/<tenant>/<surface>/<segment>/<kind>/<window>/<version>.rsart`
        case staged(version: String)
    }

    let path: FilePath
    let role: Role
    /// The output folder.
    let layout: OutputLayout

    /// The place of the file at `path`; nil if it lies in no store.
    init?(_ path: FilePath) {
        let start = path.isAbsolute ? path : FilePath(FileManager.default.currentDirectoryPath).pushing(path)
        let absolute = start.lexicallyNormalized()
        let names = absolute.components.map(\.string)
        guard let stem = absolute.stem, let (depth, role) = StorePlace.role(names, stem) else { return nil }
        self.path = path
        self.role = role
        var configuration = Configuration()
        configuration.outDirectory = StorePlace.shortened(path, absolute, depth: depth)
        layout = OutputLayout(configuration)
    }

    /// The role, and how many names stand behind the output folder.
    private static func role(_ names: [String], _ stem: String) -> (depth: Int, Role)? {
        let end = Array(names.suffix(7))
        if names.count >= 5, end[end.count - 5] == "canonical", end[end.count - 2] == "exposures" {
            return (5, .partition(tenant: end[end.count - 4], surface: end[end.count - 3], day: stem))
        }
        if names.count >= 5, end[end.count - 5] == "objectstore" { return (5, .published(version: stem)) }
        if names.count >= 7, end[0] == "artifacts" { return (7, .staged(version: stem)) }
        return nil
    }

    /// The output folder as the path names it, if it does.
    private static func shortened(_ path: FilePath, _ absolute: FilePath, depth: Int) -> FilePath {
        let isNamed = path.components.count > depth && !path.components.contains { $0.kind != .regular }
        return (0..<depth).reduce(isNamed ? path : absolute) { folder, _ in folder.removingLastComponent() }
    }
}
