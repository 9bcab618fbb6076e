/// What the rows of an artifact are.
package enum ArtifactForm: Sendable {
    /// One row without a key, of items, best first.
    case ranking
    /// A row an item, of items that go with it, best first.
    case neighbors
    /// A row a user, of items, best first.
    case users
    /// A row an item, of its tags.
    case tags
}
