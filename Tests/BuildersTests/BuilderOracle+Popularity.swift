import Events
import TestSupport

@testable import Builders

extension BuilderOracle {
    /// popularity: a row of all items that were met.
    func popularity(_ parameters: BuildParameters) -> [PlainRow] {
        let limit = parameters.maximumItemsPerArtifact ?? 1000
        let row = ranking(popularities(parameters), limit: limit)
        return row.isEmpty ? [] : [PlainRow(key: [], entries: row)]
    }

    private func popularities(_ parameters: BuildParameters) -> [Identifier: Double] {
        switch parameters.popularityUnit {
        case .events: sumsOfWeights(halfLifeDayCount: parameters.popularityHalfLifeDayCount)
        case .sessions: distinct { $0.session }
        case .users: distinct { $0.user }
        }
    }

    /// Per item how many different values of `unit` its events have, nil not counted.
    private func distinct(_ unit: (Exposure) -> String?) -> [Identifier: Double] {
        var units: [Identifier: Set<Identifier>] = [:]
        for event in events {
            if let unit = unit(event) { units[Array(event.item.utf8), default: []].insert(Array(unit.utf8)) }
        }
        return units.mapValues { Double($0.count) }
    }

    /// Per item the sum of the weights of its events: day by day, each day's events times its weight.
    private func sumsOfWeights(halfLifeDayCount: Double?) -> [Identifier: Double] {
        var sums: [Identifier: Double] = [:]
        for (index, day) in days.enumerated() {
            let counts = day.reduce(into: [Identifier: Double]()) { $0[Array($1.item.utf8), default: 0] += 1 }
            let weight = weight(daysBeforeTheLast: 2 - index, halfLifeDayCount)
            for (item, count) in counts { sums[item, default: 0] += count * weight }
        }
        return sums
    }

    private func weight(daysBeforeTheLast distance: Int, _ halfLifeDayCount: Double?) -> Double {
        guard let halfLifeDayCount else { return 1 }
        let (lastDay, day) = (Day(daysSinceEpoch: 0), Day(daysSinceEpoch: -distance))
        guard let lastDay, let day else { return .nan }
        return HalfLife(dayCount: halfLifeDayCount, lastDay: lastDay).weight(of: day)
    }
}
