import Builders
import Columns
import Events
import FoundationEssentials
import Platform

/// What the footer of an artifact file says of its content, as compact JSON.
struct ArtifactMetadata: Equatable {
    let key: ArtifactKey
    let parameters: [Artifact.Parameter]
    let rowCount: Int
    let rowKeyCount: Int
    let memberKeyCount: Int
    let entryCount: Int
    let countedEntryCount: Int

    init(_ artifact: Artifact) {
        key = artifact.key
        parameters = artifact.parameters
        rowCount = artifact.rows.rowCount
        rowKeyCount = artifact.rows.rowKeys.count
        memberKeyCount = artifact.rows.memberKeys.count
        entryCount = artifact.rows.members.count
        countedEntryCount = artifact.rows.counts.count
    }

    /// The bytes in the footer.
    var encoded: [UInt8] {
        JSONWriter.text(style: .compact) { json in
            json.object { json in
                json.member("artifact_type", key.kind.rawValue)
                json.member("tenant", key.owner.tenant.text)
                json.member("surface", key.owner.surface.text)
                if let segment = key.owner.segment { json.member("segment", segment.text) }
                json.member("first_day", key.window.start.description)
                json.member("last_day", key.window.end.description)
                json.key("parameters")
                json.object { json in
                    for parameter in parameters {
                        json.key(text: parameter.name)
                        json.integer(parameter.value)
                    }
                }
                json.key("counts")
                json.object { json in
                    json.member("rows", rowCount)
                    json.member("row_keys", rowKeyCount)
                    json.member("member_keys", memberKeyCount)
                    json.member("entries", entryCount)
                    json.member("counted_entries", countedEntryCount)
                }
            }
        }
    }

    /// Reads what `encoded` wrote, or returns nil if something is missing or outside its range.
    init?(encoded bytes: [UInt8]) {
        guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(bytes)),
            let kind = ArtifactKind(rawValue: stored.artifactType),
            let tenant = try? PathSegment(stored.tenant), let surface = try? PathSegment(stored.surface),
            let start = Day(stored.firstDay), let end = Day(stored.lastDay),
            let window = Window(start: start, end: end),
            [stored.counts.rows, stored.counts.rowKeys, stored.counts.memberKeys, stored.counts.entries]
                .allSatisfy({ (0...Int(UInt32.max)).contains($0) })
        else { return nil }
        var segment: PathSegment?
        if let text = stored.segment {
            guard let name = try? PathSegment(text) else { return nil }
            segment = name
        }
        let surfaceKey = SurfaceKey(tenant: tenant, surface: surface)
        key = ArtifactKey(SegmentKey(surfaceKey, segment: segment), kind, window)
        parameters = stored.parameters.map { Artifact.Parameter($0.key, $0.value) }.sorted { $0.name < $1.name }
        rowCount = stored.counts.rows
        rowKeyCount = stored.counts.rowKeys
        memberKeyCount = stored.counts.memberKeys
        entryCount = stored.counts.entries
        countedEntryCount = stored.counts.countedEntries
        guard isConsistent else { return nil }
    }

    /// What holds of the rows of each kind.
    private var isConsistent: Bool {
        switch key.kind {
        case .popularity: rowKeyCount == 0 && rowCount <= 1 && countedEntryCount == entryCount
        case .cooc, .implicit, .sessionSeq: rowKeyCount == rowCount && countedEntryCount == entryCount
        case .contentSim: rowKeyCount == rowCount && countedEntryCount == 0
        }
    }

    private struct Stored: Decodable {
        let artifactType: String
        let tenant: String
        let surface: String
        let segment: String?
        let firstDay: String
        let lastDay: String
        let parameters: [String: Int]
        let counts: Counts

        enum CodingKeys: String, CodingKey {
            case artifactType = "artifact_type"
            case tenant, surface, segment, parameters, counts
            case firstDay = "first_day"
            case lastDay = "last_day"
        }

        struct Counts: Decodable {
            let rows: Int
            let rowKeys: Int
            let memberKeys: Int
            let entries: Int
            let countedEntries: Int

            enum CodingKeys: String, CodingKey {
                case rows, entries
                case rowKeys = "row_keys"
                case memberKeys = "member_keys"
                case countedEntries = "counted_entries"
            }
        }
    }
}
