/// Who opens sessions: users, some more often than others; people who are not signed in; and a few bots.
struct Audience: Sendable {
    /// The bots are numbered after the users: one, and one more for every 100,000 users.
    let botCount: Int
    /// Users and bots.
    var memberCount: Int { userCount + botCount }

    private let userCount: Int
    private let users: AliasTable
    private let botShare: Share
    private let anonymousShare: Share

    init(_ options: GenerationOptions) {
        userCount = options.userCount
        botCount = 1 + userCount / 100_000
        botShare = options.botShare
        anonymousShare = options.anonymousShare
        var stream = RandomStream(options.seed, .audience)
        // People are less unlike each other than items are: the most active thousandth are much alike.
        users = AliasTable(
            values: Array(0..<UInt32(userCount)).shuffled(using: &stream),
            weights: Zipf.weights(count: userCount, shift: Double(max(10, userCount / 1000))))
    }

    /// The number of the user of a session; nil if nobody is signed in.
    func member(_ stream: inout RandomStream) -> Int? {
        if stream.next(in: botShare) { return userCount + stream.next(below: botCount) }
        if stream.next(in: anonymousShare) { return nil }
        return Int(users.draw(stream.next()))
    }
}
