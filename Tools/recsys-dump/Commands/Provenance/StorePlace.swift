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
        case published(tenant: String, surface: String, kind: String, version: String)
        /// `artifacts/<tenant>/<surface>/<segment>/<kind>/<window>/<version>.rsart`
        case staged(
            tenant: String, surface: String, segment: String, kind: String, window: String, version: String)
    }

    /// What stands in place of a segment where there is none.
    static let noSegment = "_"

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

    /// True if the file has a name as the store gives them: other folders may have names of its folders, too.
    var isNamedByRule: Bool {
        switch role {
        case .partition(_, _, let day): Day(day) != nil
        case .published(_, _, _, let version), .staged(_, _, _, _, _, let version):
            SHA256Digest(hexadecimal: version) != nil
        }
    }

    /// The role, and how many names stand behind the output folder.
    private static func role(_ names: [String], _ stem: String) -> (depth: Int, Role)? {
        let end = Array(names.suffix(7))
        if names.count >= 5, end[end.count - 5] == "canonical", end[end.count - 2] == "exposures" {
            return (5, .partition(tenant: end[end.count - 4], surface: end[end.count - 3], day: stem))
        }
        if names.count >= 5, end[end.count - 5] == "objectstore" {
            let (tenant, surface, kind) = (end[end.count - 4], end[end.count - 3], end[end.count - 2])
            return (5, .published(tenant: tenant, surface: surface, kind: kind, version: stem))
        }
        if names.count >= 7, end[0] == "artifacts" {
            return (
                7,
                .staged(
                    tenant: end[1], surface: end[2], segment: end[3], kind: end[4], window: end[5], version: stem)
            )
        }
        return nil
    }

    /// The output folder as the path names it, if it does.
    private static func shortened(_ path: FilePath, _ absolute: FilePath, depth: Int) -> FilePath {
        let isNamed = path.components.count > depth && !path.components.contains { $0.kind != .regular }
        return (0..<depth).reduce(isNamed ? path : absolute) { folder, _ in folder.removingLastComponent() }
    }
}
