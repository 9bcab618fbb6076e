package import Events
package import Platform
package import SystemPackage

extension SurfaceKey {
    /// The tenants and surfaces that have folders `<root>/<tenant>/<surface>`, ascending.
    ///
    /// - Throws: `StorageError` if a folder cannot be listed.
    package static func all(below root: FilePath) throws(StorageError) -> [SurfaceKey] {
        var keys: [SurfaceKey] = []
        for name in try Directory.names(in: root) {
            guard let tenant = try? PathSegment(name), try Directory.exists(root.appending(name)) else { continue }
            for name in try Directory.names(in: root.appending(name)) {
                guard let surface = try? PathSegment(name) else { continue }
                keys.append(SurfaceKey(tenant: tenant, surface: surface))
            }
        }
        return keys
    }
}
