import FoundationEssentials
import Platform
import Publishing
import SystemPackage

/// A JSON file of a store, given in place of the file that it speaks of.
struct StoreDocument {
    private enum Kind {
        case manifest
        case record
        case historyEntry
        case ledgerEntry
        case stagedNote
        case checkpoint
        case jsonV1
    }

    private let kind: Kind
    private let content: Content

    /// All members that tell the files apart, and say where to look instead.
    private struct Content: Decodable {
        var tenant: String?
        var surface: String?
        var artifact_type: String?
        var uri: String?
        var current: [String: String]?
        var manifest: Manifest?
        var mode: String?
        var partitions: [Partition]?
        var last_published_day: String?
        var file_sha256: String?

        struct Manifest: Decodable {
            let current: [String: String]
        }

        struct Partition: Decodable {
            let day: String
        }
    }

    /// No manifest, record or ledger entry is larger.
    private static let maximumByteCount = 16 << 20

    /// The document in a file; nil if it is none of a store.
    ///
    /// - Parameter start: The first bytes of the file.
    /// - Throws: `StorageError` if the file cannot be read.
    init?(_ file: DataFile, start: [UInt8]) throws(StorageError) {
        let text = String(decoding: start.prefix(1 << 10), as: UTF8.self)
        if text.contains("\"artifact_type\""), text.contains("\"window\"") {
            self.init(.jsonV1, Content())
            return
        }
        guard file.byteCount <= StoreDocument.maximumByteCount,
            let content = try? JSONDecoder().decode(Content.self, from: Data(try file.bytes(0..<file.byteCount))),
            let kind = StoreDocument.kind(content)
        else { return nil }
        self.init(kind, content)
    }

    private init(_ kind: Kind, _ content: Content) {
        self.kind = kind
        self.content = content
    }

    private static func kind(_ content: Content) -> Kind? {
        if content.current != nil { return .manifest }
        if content.uri != nil, content.artifact_type != nil { return .record }
        if content.manifest != nil { return .historyEntry }
        if content.mode != nil, content.partitions != nil { return .ledgerEntry }
        if content.file_sha256 != nil { return .stagedNote }
        if content.last_published_day != nil { return .checkpoint }
        return nil
    }

    /// True if the first line is an event.
    static func isEvent(_ start: [UInt8]) -> Bool {
        struct Event: Decodable {
            let ts: String
            let session_id: String
            let item_id: String
        }
        let line = start.prefix { $0 != UInt8(ascii: "\n") }
        return (try? JSONDecoder().decode(Event.self, from: Data(line))) != nil
    }

    /// What the document is.
    var name: String {
        let owner = [content.tenant, content.surface].compactMap { $0 }.joined(separator: "/")
        return switch kind {
        case .manifest: "the manifest of \(owner)"
        case .record: "the record of a \(content.artifact_type ?? "") artifact of \(owner)"
        case .historyEntry: "an entry of the history of manifests"
        case .ledgerEntry: "an entry of the ledger of \(owner)"
        case .stagedNote: "the note beside a staged artifact"
        case .checkpoint: "a checkpoint"
        case .jsonV1: "an artifact as JSON v1"
        }
    }

    /// Where to look instead.
    func remedy(path: FilePath) -> String {
        switch kind {
        case .manifest, .historyEntry:
            let blobs = (content.current ?? content.manifest?.current ?? [:]).sorted { $0.key < $1.key }
            let names = blobs.map { kind, uri in "\(kind) \(StoreDocument.place(uri, path))" }
            return "look into what it names: \(names.joined(separator: ", "))"
        case .record: return "look into what it is about: recsys-dump \(StoreDocument.place(content.uri ?? "", path))"
        case .ledgerEntry:
            let days = content.partitions ?? []
            let store = (0..<4).reduce(path) { folder, _ in folder.removingLastComponent() }
            let folder = store.appending("canonical/\(content.tenant ?? "")/\(content.surface ?? "")/exposures")
            let others = days.count > 1 ? ", and \(days.count - 1) others there" : ""
            return days.first.map { "look into what it made: recsys-dump \(folder)/\($0.day).rspart\(others)" }
                ?? "it made no partition"
        case .stagedNote:
            let name = (path.lastComponent?.string ?? "").replacing(".provenance.json", with: ".rsart")
            return "look into what it is about: recsys-dump \(path.removingLastComponent().appending(name))"
        case .checkpoint: return "it only notes how far run has published: \(content.last_published_day ?? "")"
        case .jsonV1: return "any JSON tool reads it; recsys-dump reads the .rsart file that compute makes by default"
        }
    }

    /// The path of a blob; its URI where that is no local file.
    private static func place(_ uri: String, _ path: FilePath) -> String {
        ObjectStore.path(inURI: uri)?.string ?? uri
    }
}
