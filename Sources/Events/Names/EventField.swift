/// The fields of an exposure event, version 1 of the contract.
package enum EventField: String, Sendable, CaseIterable {
    case version = "v"
    case timestamp = "ts"
    case tenant
    case surface
    case user = "user_id"
    case session = "session_id"
    case request = "request_id"
    case item = "item_id"
    case rank

    /// Ranks are whole numbers from 0 to this; it leaves room in 32 bits for "absent".
    package static let maximumRank = 2_147_483_647
}
