import Events
import Platform

/// The pairs of tenant and surface of an input, numbered in the order of first appearance.
struct SurfaceCache {
    private(set) var keys: [SurfaceKey] = []
    /// Per pair whether it is wanted.
    private(set) var isInScope: [Bool] = []
    private let scope: IngestScope
    private var indices: [SurfaceKey: Int] = [:]
    /// The bytes and the number of the pair met last, which is most often the next one too. At first there is none, and
    /// no pair has empty names.
    private var latestTenant: [UInt8] = []
    private var latestSurface: [UInt8] = []
    private var latestIndex = -1

    init(scope: IngestScope) {
        self.scope = scope
    }

    /// The number of a pair.
    ///
    /// - Throws: Which of the two is no safe name.
    mutating func index(tenant: Span<UInt8>, surface: Span<UInt8>) throws(RecordProblem) -> Int {
        if ByteStrings.areEqual(latestTenant.span, tenant), ByteStrings.areEqual(latestSurface.span, surface) {
            return latestIndex
        }
        let key = SurfaceKey(
            tenant: try segment(tenant, of: .tenant), surface: try segment(surface, of: .surface))
        let index = indices[key] ?? keys.count
        if index == keys.count {
            keys.append(key)
            isInScope.append(scope.contains(key))
            indices[key] = index
        }
        (latestTenant, latestSurface, latestIndex) = (copy(tenant), copy(surface), index)
        return index
    }

    private func segment(_ text: Span<UInt8>, of field: EventField) throws(RecordProblem) -> PathSegment {
        do {
            return try PathSegment(String(decoding: copy(text), as: UTF8.self))
        } catch {
            throw RecordProblem(field, error.description)
        }
    }

    private func copy(_ text: Span<UInt8>) -> [UInt8] {
        var copy: [UInt8] = []
        copy.append(contentsOf: text)
        return copy
    }
}
