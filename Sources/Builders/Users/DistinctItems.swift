import Scan

/// The distinct items of each of some users, users told apart no more: what counts users per item. One per thread.
struct DistinctItems {
    /// An item as often as users saw it.
    private(set) var items: [UInt32] = []
    /// Per item of the window the last user who saw it, plus 1.
    private var lastUsers: [UInt32]

    init(itemCount: Int) {
        lastUsers = [UInt32](repeating: 0, count: itemCount)
    }

    /// Forgets the users before, who come before these.
    mutating func replace(with histories: Histories) {
        items.removeAll(keepingCapacity: true)
        for user in histories.users {
            for item in histories.items[histories.range(ofUser: user)] where lastUsers[Int(item)] != user + 1 {
                lastUsers[Int(item)] = UInt32(user + 1)
                items.append(item)
            }
        }
    }
}
