/// The distinct items of every session of a window.
///
/// Takes 4 bytes of memory a session and 4 for each of its items.
package struct Baskets: Sendable {
    /// For every session the number of its items, and then the items: codes in the window's item dictionary, each once,
    /// in the order of the events.
    package let words: [UInt32]
    /// Number of sessions.
    package let count: Int
    /// Cuts `words` into pieces for several threads: for each the index after its last session.
    package let pieceEnds: [Int]
    /// For every session its code in the window's dictionary; empty unless that was asked for.
    package let sessions: [UInt32]

    package init(words: [UInt32], count: Int, pieceEnds: [Int], sessions: [UInt32] = []) {
        self.words = words
        self.count = count
        self.pieceEnds = pieceEnds
        self.sessions = sessions
    }
}
