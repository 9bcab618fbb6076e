import Builders
import Columns
import Events
import FoundationEssentials
import Platform

/// What the footer of an artifact file says of its content, as compact JSON.
struct ArtifactMetadata: Equatable {
    let key: ArtifactKey
    let parameters: [ArtifactParameter]
    let rowCount: Int
    let rowKeyCount: Int
    let memberKeyCount: Int
    let entryCount: Int
    /// What entries have beside their members.
    let valueKind: RankedRows.ValueKind

    init(_ artifact: Artifact) {
        key = artifact.key
        parameters = artifact.parameters
        rowCount = artifact.rows.rowCount
        rowKeyCount = artifact.rows.rowKeys.count
        memberKeyCount = artifact.rows.memberKeys.count
        entryCount = artifact.rows.entryCount
        valueKind = artifact.rows.valueKind
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
                json.object { json in for parameter in parameters { json.member(parameter) } }
                json.key("counts")
                json.object { json in
                    json.member("rows", rowCount)
                    json.member("row_keys", rowKeyCount)
                    json.member("member_keys", memberKeyCount)
                    json.member("entries", entryCount)
                    json.member("counted_entries", valueKind == .counts ? entryCount : 0)
                    if valueKind == .scores { json.member("scored_entries", entryCount) }
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
            let window = Window(start: start, end: end), stored.counts.areInRange,
            let valueKind = stored.counts.valueKind(of: kind)
        else { return nil }
        var segment: PathSegment?
        if let text = stored.segment {
            guard let name = try? PathSegment(text) else { return nil }
            segment = name
        }
        let surfaceKey = SurfaceKey(tenant: tenant, surface: surface)
        key = ArtifactKey(SegmentKey(surfaceKey, segment: segment), kind, window)
        parameters = stored.parameters.map { ArtifactParameter($0.key, $0.value.value) }.sorted { $0.name < $1.name }
        rowCount = stored.counts.rows
        rowKeyCount = stored.counts.rowKeys
        memberKeyCount = stored.counts.memberKeys
        entryCount = stored.counts.entries
        self.valueKind = valueKind
        guard kind.form == .ranking ? rowKeyCount == 0 && rowCount <= 1 : rowKeyCount == rowCount else { return nil }
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ parameter: ArtifactParameter) {
        key(text: parameter.name)
        switch parameter.value {
        case .integer(let value): integer(value)
        case .fraction(let value): number(value)
        case .text(let text): string(text)
        }
    }
}

/// The JSON as it is read.
private struct Stored: Decodable {
    let artifactType: String
    let tenant: String
    let surface: String
    let segment: String?
    let firstDay: String
    let lastDay: String
    let parameters: [String: ParameterValue]
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
        let scoredEntries: Int?

        enum CodingKeys: String, CodingKey {
            case rows, entries
            case rowKeys = "row_keys"
            case memberKeys = "member_keys"
            case countedEntries = "counted_entries"
            case scoredEntries = "scored_entries"
        }

        var areInRange: Bool {
            [rows, rowKeys, memberKeys, entries].allSatisfy { (0...Int(UInt32.max)).contains($0) }
        }

        /// What entries have; nil if a kind has no such thing, or not each of its entries has it.
        func valueKind(of kind: ArtifactKind) -> RankedRows.ValueKind? {
            switch (kind.form, scoredEntries) {
            case (.tags, nil): countedEntries == 0 ? RankedRows.ValueKind.none : nil
            case (.tags, _): nil
            case (_, nil): countedEntries == entries ? .counts : nil
            case (.ranking, let scored?), (.neighbors, let scored?):
                countedEntries == 0 && scored == entries ? .scores : nil
            case (.users, _): nil
            }
        }
    }

    /// A number or a text.
    struct ParameterValue: Decodable {
        let value: ArtifactParameter.Value

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                value = .text(text)
            } else if let integer = try? container.decode(Int.self) {
                value = .integer(integer)
            } else {
                value = .fraction(try container.decode(Double.self))
            }
        }
    }
}

extension ArtifactMetadata {
    private typealias Section = ArtifactFormat.Section

    /// What the footer says.
    ///
    /// - Throws: `FormatError` if it is none of an artifact, if there is a section that this build does not know, or if
    ///   the blocks do not promise as many values and ids as it says.
    init(of container: ContainerReader) throws(FormatError) {
        try container.checkSections()
        guard let metadata = ArtifactMetadata(encoded: container.metadata) else {
            throw FormatError(.corrupt, container.file.path, "corrupt footer: the metadata is malformed")
        }
        self = metadata
        try container.checkPromises(claims.map { ($0.section.rawValue, $0.count) })
    }

    /// How many values or ids each section must have.
    private var claims: [(section: Section, count: Int)] {
        [
            (.rowDictionary, rowKeyCount), (.memberDictionary, memberKeyCount), (.rowLength, rowCount),
            (.member, entryCount), (.count, valueKind == .counts ? entryCount : 0),
            (.score, valueKind == .scores ? entryCount : 0),
        ]
    }
}
