package import Columns
import Events
import Platform

extension PartitionKey {
    /// The key of a tenant, a surface and a day, all of which must be good ones.
    package static func fixture(
        tenant: String = "demo", surface: String = "home", day: String = "2024-02-29",
    ) -> PartitionKey {
        guard let tenant = try? PathSegment(tenant), let surface = try? PathSegment(surface), let day = Day(day) else {
            preconditionFailure("a fixture is well-formed")
        }
        return PartitionKey(SurfaceKey(tenant: tenant, surface: surface), day)
    }
}

extension TemporaryFolder {
    /// Opens bytes as a partition file.
    package func openPartition(_ bytes: [UInt8]) throws -> PartitionReader {
        try PartitionReader(DataFile(path: write(bytes, as: "fixture.rspart")))
    }
}
