/// A unit for a number of bytes, by powers of 1,000 as the sizes of disks and networks are given.
struct ByteUnit {
    private let name: String
    private let byteCount: Double

    /// The largest unit of which `amount` has one.
    init(for amount: Double) {
        let units = [("kB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12)]
        (name, byteCount) = units.last { amount >= $0.1 } ?? units[0]
    }

    /// `12.3`: never more than there is.
    func number(_ amount: Double) -> String {
        let tenths = Int(amount / byteCount * 10)
        return "\((tenths / 10).grouped).\(tenths % 10)"
    }

    /// `12.3 MB`, with `suffix` behind it.
    func text(_ amount: Double, _ suffix: String = "") -> String { "\(number(amount)) \(name)\(suffix)" }
}
