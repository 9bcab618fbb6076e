/// Numbers with one decimal, for tables.
enum Ratio {
    /// `27.8%`.
    static func percent(_ part: Int, of whole: Int) -> String {
        whole == 0 ? "" : "\(tenths(Double(part) / Double(whole) * 100))%"
    }

    /// `2.4`; nothing where there is nothing to divide by.
    static func quotient(_ value: Int, by other: Int) -> String {
        other == 0 ? "" : tenths(Double(value) / Double(other))
    }

    private static func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
