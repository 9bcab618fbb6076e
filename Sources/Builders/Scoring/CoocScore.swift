/// By what the neighbours of an item in cooc are ranked. Raw values are the names in the configuration.
///
/// In the formulas c is the number of sessions with both items, a and b those with either, N all sessions.
package enum CoocScore: String, Sendable, CaseIterable {
    /// c.
    case count
    /// c / sqrt(a b).
    case cosine
    /// c / sqrt((a + 20) (b + 20)).
    case cosineShrunk = "cosine_shrunk"
    /// c / (a + b - c).
    case jaccard
    /// c N / (a b).
    case lift
    /// ln(c N / (a b)) / -ln(c / N).
    case npmi
    /// c / (c + 10) ln(c N / (a b)).
    case pmiShrunk = "pmi_shrunk"
    /// The G-squared statistic of the 2x2 table; only pairs that occur together more often than by chance have it.
    case llr
    /// c / ((a + 20)^.75 (b + 20)^.25) for b as a neighbour of a, where a session counts 1 / sqrt(distinct items - 1).
    case asymShrunk = "asym_shrunk"
}
