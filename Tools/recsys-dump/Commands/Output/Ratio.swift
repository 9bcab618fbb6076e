/// Shares and quotients in tables.
enum Ratio {
    /// `27.8%`.
    static func percent(_ part: Int, of whole: Int) -> String {
        whole == 0 ? "" : "\(tenths(Double(part) / Double(whole) * 100))%"
    }

    /// `2.4`; nothing where there is nothing to divide by.
    static func quotient(_ value: Int, by other: Int) -> String {
        other == 0 ? "" : tenths(Double(value) / Double(other))
    }

    /// `0.08`; nothing without rows.
    static func bytesPerRow(_ byteCount: Int, _ rowCount: Int) -> String {
        if rowCount == 0 { return "" }
        let hundredths = Int((Double(byteCount) / Double(rowCount) * 100).rounded())
        let (whole, fraction) = hundredths.quotientAndRemainder(dividingBy: 100)
        return "\(whole).\(fraction < 10 ? "0" : "")\(fraction)"
    }

    private static func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
