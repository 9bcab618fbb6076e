/// Whose artifacts they are: a tenant's surface, and a variant of its artifacts if they have one.
package struct SegmentKey: Hashable, Sendable, CustomStringConvertible {
    package let surfaceKey: SurfaceKey
    /// Nil for the artifacts without a segment.
    package let segment: PathSegment?

    package init(_ surfaceKey: SurfaceKey, segment: PathSegment? = nil) {
        self.surfaceKey = surfaceKey
        self.segment = segment
    }

    package var tenant: PathSegment { surfaceKey.tenant }
    package var surface: PathSegment { surfaceKey.surface }

    /// `tenant/surface`, and `/segment` where there is one.
    package var description: String {
        segment.map { "\(surfaceKey)/\($0)" } ?? surfaceKey.description
    }
}
