import Events
import Platform

/// The pairs of tenant and surface of an input, numbered in the order of first appearance.
struct SurfaceCache {
    private(set) var keys: [SurfaceKey] = []
    /// Per pair whether it is wanted.
    private(set) var isInScope: [Bool] = []
    private let scope: IngestScope
    private var indices: [SurfaceKey: Int] = [:]
    /// The bytes and the number of the pair met last, which is most often the next one too.
    private var latest: (tenant: [UInt8], surface: [UInt8], index: Int)?

    init(scope: IngestScope) {
        self.scope = scope
    }

    /// The number of a pair.
    ///
    /// - Throws: Which of the two is no safe name.
    mutating func index(tenant: Span<UInt8>, surface: Span<UInt8>) throws(RecordProblem) -> Int {
        if let latest, ByteStrings.compare(latest.tenant.span, tenant) == 0,
            ByteStrings.compare(latest.surface.span, surface) == 0
        {
            return latest.index
        }
        let key = SurfaceKey(
            tenant: try segment(tenant, of: .tenant), surface: try segment(surface, of: .surface))
        let index = indices[key] ?? keys.count
        if index == keys.count {
            keys.append(key)
            isInScope.append(scope.contains(key))
            indices[key] = index
        }
        latest = (copy(tenant), copy(surface), index)
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
