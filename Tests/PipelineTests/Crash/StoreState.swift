import Foundation
import TestSupport

/// What a store holds, without what differs from run to run: of notes only that they are there, of the history, the
/// ledger and what was taken out nothing.
struct StoreState {
    /// By the name below the output folder.
    private(set) var contents: [String: [UInt8]] = [:]

    init(_ image: DiskImage) {
        for name in image.finishedNames where name.hasPrefix("out/") {
            let short = String(name.dropFirst(4))
            guard !short.contains("/.quarantine/"), let bytes = image.bytes(name) else { continue }
            switch short.split(separator: "/").first {
            case "canonical", "objectstore": contents[short] = bytes
            case "artifacts": contents[short] = short.hasSuffix(".provenance.json") ? [] : bytes
            case "checkpoints": contents[short] = StoreState.member("last_published_day", of: bytes)
            case "registry": add(short, bytes)
            default: break
            }
        }
    }

    private mutating func add(_ name: String, _ bytes: [UInt8]) {
        if name.hasPrefix("registry/records/") || name.hasPrefix("registry/pins/") { contents[name] = [] }
        if name.hasPrefix("registry/current/") { contents[name] = StoreState.current(in: bytes) }
    }

    /// What a manifest names: without the time. What is none is left as it is.
    private static func current(in bytes: [UInt8]) -> [UInt8] {
        struct Manifest: Decodable {
            let current: [String: String]
        }
        guard let manifest = try? JSONDecoder().decode(Manifest.self, from: Data(bytes)) else { return bytes }
        return Array(manifest.current.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }.joined().utf8)
    }

    private static func member(_ name: String, of bytes: [UInt8]) -> [UInt8] {
        let object = (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any]
        return (object?[name] as? String).map { Array($0.utf8) } ?? bytes
    }

    /// The partitions, by name.
    var partitions: [String: [UInt8]] { contents.filter { $0.key.hasPrefix("canonical/") } }

    /// The manifests, by name.
    var manifests: [String: [UInt8]] { contents.filter { $0.key.hasPrefix("registry/current/") } }

    /// The same without artifacts that wait to be published, which can be made again.
    var withoutStaged: StoreState {
        var state = self
        state.contents = contents.filter { !$0.key.hasPrefix("artifacts/") }
        return state
    }

    /// The names of which the two do not hold the same.
    func differences(from other: StoreState) -> [String] {
        Set(contents.keys).union(other.contents.keys).filter { contents[$0] != other.contents[$0] }.sorted()
    }
}
