package import Events
import FoundationEssentials
import Platform

/// What an entry of the ledger says of one ingest: what was read, and what became of the partitions of one tenant and
/// surface.
package struct LedgerEntry: Sendable, Equatable, Decodable {
    /// An input, in the order in which they were read.
    package struct Input: Sendable, Equatable, Decodable {
        /// As it was given; `-` is standard input.
        package let path: String
        /// The XXH3-128 of its bytes, in hexadecimal.
        package let digest: String
        package let byteCount: Int
        package let lineCount: Int

        enum CodingKeys: String, CodingKey {
            case path
            case digest = "xxh3_128"
            case byteCount = "bytes"
            case lineCount = "lines"
        }
    }

    /// A partition as the ingest left it.
    package struct Partition: Sendable, Equatable, Decodable {
        /// `YYYY-MM-DD`.
        package let day: String
        /// The SHA-256 of the file, in hexadecimal.
        package let digest: String
        package let byteCount: Int
        package let rowCount: Int

        enum CodingKeys: String, CodingKey {
            case day
            case digest = "sha256"
            case byteCount = "bytes"
            case rowCount = "rows"
        }
    }

    package let runIdentifier: String
    /// RFC 3339, when the run began.
    package let startedAt: String
    /// RFC 3339, when the ingest had taken effect: later than that of every entry before it; nil in entries that have
    /// no such member.
    package let committedAt: String?
    /// `replace`, `merge`, or `retention` where old days were removed.
    package let mode: String
    package let tenant: String
    package let surface: String
    package let inputs: [Input]
    /// Events in the scope of the ingest; nil if the entry does not say, like the next two.
    package let eventCount: Int?
    /// Events of days outside its window, which were skipped.
    package let outOfWindowCount: Int?
    /// How many records were set aside, by `field: reason`.
    package let rejectCounts: [String: Int]?
    package let partitions: [Partition]
    /// The days that lost their partition, `YYYY-MM-DD`.
    package let removed: [String]

    enum CodingKeys: String, CodingKey {
        case runIdentifier = "run_id"
        case startedAt = "at"
        case committedAt = "committed_at"
        case mode, tenant, surface, inputs, partitions, removed
        case eventCount = "events"
        case outOfWindowCount = "out_of_window"
        case rejectCounts = "rejects"
    }

    /// Reads what `Ledger.append` wrote for that tenant and surface, or returns nil.
    init?(encoded bytes: [UInt8], of key: SurfaceKey) {
        let decoder = JSONDecoder()
        guard let stored = try? decoder.decode(Version.self, from: Data(bytes)), stored.v == 1,
            let entry = try? decoder.decode(LedgerEntry.self, from: Data(bytes)), entry.tookEffectAt != nil,
            entry.tenant == key.tenant.text, entry.surface == key.surface.text,
            (entry.partitions.map(\.day) + entry.removed).allSatisfy({ Day($0) != nil }),
            entry.partitions.allSatisfy({ SHA256Digest(hexadecimal: $0.digest) != nil })
        else { return nil }
        self = entry
    }

    /// When the ingest took effect, as far as the entry knows; nil if it says no time.
    package var tookEffectAt: Timestamp? {
        let text = Array((committedAt ?? startedAt).utf8)
        return try? Timestamp(rfc3339: text.span)
    }

    /// The member that says how the others are to be read.
    private struct Version: Decodable {
        let v: Int
    }
}
