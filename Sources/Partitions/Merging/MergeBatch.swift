/// Some rows of a file that is merged. The codes of ids are those of the unions.
///
/// Not `ExposureColumns`: its dictionaries would be of no use here, and to look past them at every row takes a fifth of
/// the time of a merge.
struct MergeBatch {
    var users: [UInt32] = []
    var sessions: [UInt32] = []
    var requests: [UInt32] = []
    var items: [UInt32] = []
    var nanosecondsOfDay: [UInt64] = []
    var ranks: [UInt32] = []
    /// 0 in all rows of a file of the store.
    var arrivals: [UInt32] = []

    var count: Int { nanosecondsOfDay.count }

    /// What decides where the row stands.
    func key(_ row: Int) -> RowKey {
        RowKey(
            user: users[row], session: sessions[row], nanosecondOfDay: nanosecondsOfDay[row], arrival: arrivals[row])
    }
}
