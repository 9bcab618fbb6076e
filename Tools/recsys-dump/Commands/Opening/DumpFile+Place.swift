import Artifacts
import Builders
import Columns
import Events
import Platform

extension DumpFile {
    /// A file that lies where another one belongs, by what its footer says: of another day, tenant or surface, or of
    /// another kind or window. What is looked for there would be answered from the wrong file.
    static func misplacement(of content: Content, _ file: DataFile) -> FormatError? {
        guard let place = StorePlace(file.path), place.isNamedByRule else { return nil }
        let (name, actual): (String, String)
        switch (content, place.role) {
        case (.partition(let reader), .partition(let tenant, let surface, let day)):
            name = "the events of \(tenant)/\(surface)/\(day)"
            actual = "the events of \(reader.statistics.key)"
        case (.artifact(let rows), .published(let tenant, let surface, let kind, _)):
            let key = rows.key
            name = "\(kind) of \(tenant)/\(surface)"
            actual = "\(key.kind.rawValue) of \(key.owner.tenant)/\(key.owner.surface)"
        case (.artifact(let rows), .staged(let tenant, let surface, let segment, let kind, let window, _)):
            let (key, owner) = (rows.key, rows.key.owner)
            name = "\(kind) of \(tenant)/\(surface)/\(segment), \(window)"
            let ownSegment = owner.segment?.text ?? StorePlace.noSegment
            actual = "\(key.kind.rawValue) of \(owner.tenant)/\(owner.surface)/\(ownSegment), \(key.window)"
        case (.partition, .published), (.partition, .staged): (name, actual) = ("an artifact", "a partition")
        case (.artifact, .partition): (name, actual) = ("a partition", "an artifact")
        }
        return name == actual ? nil : FormatError(.mismatched, file.path, "holds \(actual), not \(name)")
    }
}
