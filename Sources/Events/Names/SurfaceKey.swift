/// Whose events they are, and where they were shown.
package struct SurfaceKey: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let tenant: PathSegment
    package let surface: PathSegment

    package init(tenant: PathSegment, surface: PathSegment) {
        self.tenant = tenant
        self.surface = surface
    }

    /// `tenant/surface`.
    package var description: String { "\(tenant)/\(surface)" }

    package static func < (left: SurfaceKey, right: SurfaceKey) -> Bool {
        (left.tenant, left.surface) < (right.tenant, right.surface)
    }
}
