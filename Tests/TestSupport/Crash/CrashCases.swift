/// The cases of a crash after each of some calls, without those that leave the same.
package struct CrashCases: Sendable {
    private struct Key: Hashable {
        let image: DiskImage
        /// What is left after another crash, of the machine; nil if that is the same.
        let durable: DiskImage?
    }

    package private(set) var all: [CrashCase] = []
    /// The disk after all calls, before any crash.
    package private(set) var end: Disk
    private var seen: Set<Key> = []
    private let thoroughness: CrashThoroughness
    private var random = SplitMix64(seed: 1)

    /// - Parameter start: What the disk holds before the first call.
    package init(_ calls: [NotedCall], from start: DiskImage, _ thoroughness: CrashThoroughness) {
        end = Disk(start)
        self.thoroughness = thoroughness
        add(after: 0, nil)
        for (index, call) in calls.enumerated() {
            if case .write(let handle, let bytes) = call { addTorn(index + 1, handle, bytes) }
            end.apply(call)
            add(after: index + 1, call)
        }
        if all.count > thoroughness.caseCount {
            let chosen = Set(all.indices.shuffled(using: &random).prefix(thoroughness.caseCount))
            all = chosen.sorted().map { all[$0] }
        }
    }

    /// How many cases of a model there are.
    package func count(_ model: CrashModel) -> Int {
        all.count { $0.model == model }
    }

    private mutating func add(after callCount: Int, _ call: NotedCall?) {
        var killed = end
        killed.endProcesses()
        add(killed.image(.killed), .killed, callCount, call, disk: killed)
        add(end.image(.unsynchronisedLost), .unsynchronisedLost, callCount, call)
        add(end.image(.namesFirst), .namesFirst, callCount, call)
        for names in nameSets(end.unsynchronisedPlaces) {
            add(end.image(names: { names.contains($0) }, contentsAreSeen: false), .someNames, callCount, call)
        }
    }

    /// Of a write only the first half is there, or all of its length, with zeros in the second half.
    private mutating func addTorn(_ callCount: Int, _ handle: Int, _ bytes: [UInt8]) {
        let half = Array(bytes.prefix(bytes.count / 2))
        let zeros = [UInt8](repeating: 0, count: bytes.count - half.count)
        for bytes in [half, half + zeros] {
            let call = NotedCall.write(handle: handle, bytes: bytes)
            add(end.applying(call).image(.tornWrite), .tornWrite, callCount, call)
        }
    }

    private mutating func add(
        _ image: DiskImage, _ model: CrashModel, _ callCount: Int, _ call: NotedCall?, disk: Disk? = nil,
    ) {
        let (found, durable) = (essential(image), disk.map { essential($0.image(.unsynchronisedLost)) })
        let key = Key(image: found, durable: durable == found ? nil : durable)
        guard seen.insert(key).inserted else { return }
        all.append(
            CrashCase(
                model: model, callCount: callCount, lastCall: call, image: image, disk: disk ?? Disk(image)))
    }

    private func essential(_ image: DiskImage) -> DiskImage {
        thoroughness.isIgnoringUnfinished ? image.withoutUnfinished : image
    }

    /// Sets of names that may have reached the disk.
    private mutating func nameSets(_ places: [Disk.Place]) -> [Set<Disk.Place>] {
        let isFew = places.count < Int.bitWidth - 2 && 1 << places.count <= thoroughness.nameSetCount
        if isFew {
            return (0..<1 << places.count).map { bits in
                Set(places.indices.filter { bits >> $0 & 1 == 1 }.map { places[$0] })
            }
        }
        return (0..<thoroughness.nameSetCount).map { _ in Set(places.filter { _ in Bool.random(using: &random) }) }
    }
}

extension Disk {
    /// What a crash leaves under a model that chooses nothing; the part of a write under `tornWrite` is the last one.
    package func image(_ model: CrashModel) -> DiskImage {
        switch model {
        case .killed, .tornWrite: image(names: { _ in true }, contentsAreSeen: true)
        case .namesFirst: image(names: { _ in true }, contentsAreSeen: false)
        case .unsynchronisedLost, .someNames: image(names: { _ in false }, contentsAreSeen: false)
        }
    }
}
