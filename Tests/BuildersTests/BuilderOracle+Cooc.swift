import Scan
import TestSupport

@testable import Builders

/// The sessions with two items: how many, and what they count in `asymShrunk`.
private struct SharedSessions {
    var count = 0
    var weight: UInt64 = 0
}

extension BuilderOracle {
    /// cooc: a row for every item with neighbours, those with the most sessions if not all may stay.
    func cooc(_ parameters: BuildParameters, _ limits: BuildLimits) -> [PlainRow] {
        let baskets = baskets(limits)
        let shared = sharedSessions(baskets)
        let rows = shared.map { item, others in
            var scores: [Identifier: Double] = [:]
            for (other, both) in others where other != item && both.count >= parameters.minimumCoocSupport {
                guard let one = others[item], let theOther = shared[other]?[other] else { continue }
                scores[other] = score(parameters.coocScore, both, one, theOther, sessionCount: baskets.count)
            }
            return PlainRow(key: item, entries: ranking(scores, limit: parameters.maximumNeighborsPerItem))
        }.filter { !$0.entries.isEmpty }
        let kept = rows.sorted { left, right in
            let counts = (shared[left.key]?[left.key]?.count ?? 0, shared[right.key]?[right.key]?.count ?? 0)
            return counts.0 != counts.1 ? counts.0 > counts.1 : left.key.lexicographicallyPrecedes(right.key)
        }.prefix(parameters.maximumItemsPerArtifact ?? .max)
        return inOrder(Array(kept))
    }

    /// The distinct items of every session that counts, as they were first met.
    private func baskets(_ limits: BuildLimits) -> [[Identifier]] {
        var baskets: [Identifier: [Identifier]] = [:]
        for event in eventsInRowOrder {
            let item = Array(event.item.utf8)
            var basket = baskets[Array(event.session.utf8)] ?? []
            if !basket.contains(item) { basket.append(item) }
            baskets[Array(event.session.utf8)] = basket
        }
        return baskets.values.compactMap { items in
            if items.count <= limits.maximumItemsPerSession { return items }
            switch limits.oversizedSessions {
            case .fail, .drop: return nil
            case .truncate: return Array(items.prefix(limits.maximumItemsPerSession))
            }
        }
    }

    /// Per item, and per other one or itself, the sessions with both.
    private func sharedSessions(_ baskets: [[Identifier]]) -> [Identifier: [Identifier: SharedSessions]] {
        var shared: [Identifier: [Identifier: SharedSessions]] = [:]
        for basket in baskets {
            for item in basket {
                for other in basket {
                    shared[item, default: [:]][other, default: SharedSessions()].count += 1
                    shared[item, default: [:]][other, default: SharedSessions()].weight +=
                        SessionWeight.fixedPoint(itemCount: basket.count)
                }
            }
        }
        return shared
    }

    /// The score of a neighbour of an item; nil if it is none. What a scorer makes of its numbers is tested by itself.
    private func score(
        _ score: CoocScore, _ both: SharedSessions, _ one: SharedSessions, _ other: SharedSessions, sessionCount: Int,
    ) -> Double? {
        if score == .asymShrunk {
            var scores = [Double.nan]
            let (others, sums): ([UInt32], [UInt64]) = ([1], [both.weight])
            WeightedPairScorer(weightSums: [one.weight, other.weight])
                .fill(&scores, row: 0, others: others.span, weightSums: sums.span)
            return scores[0]
        }
        let table = PairTable(both.count, one.count, other.count, sessionCount)
        if score == .llr, table.c * table.n <= table.a * table.b { return nil }
        return table.scored(score)
    }
}
