/// Text in columns: the first row is the heading.
package enum Table {
    /// The rows as lines, each column as wide as its widest cell; columns of numbers are aligned to the right.
    package static func lines(_ rows: [[String]]) -> [String] {
        guard let heading = rows.first else { return [] }
        let widths = heading.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let isNumeric = heading.indices.map { column in
            rows.dropFirst().allSatisfy { !$0[column].isEmpty && $0[column].allSatisfy { $0.isNumber || $0 == "," } }
        }
        return rows.map { row in
            let cells = row.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - row[column].count)
                return isNumeric[column] ? padding + row[column] : row[column] + padding
            }
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}

extension Double {
    /// The number to one decimal, for it being at least 0: `12.3`.
    package var tenths: String {
        let count = Int((self * 10).rounded())
        return "\((count / 10).grouped).\(count % 10)"
    }
}

extension Int {
    /// The number with a comma between groups of three digits.
    package var grouped: String {
        let digits = String(magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return (self < 0 ? "-" : "") + text
    }

    /// The number and what is counted, a regular noun: `1 day`, `1,200 days`.
    package func counted(_ noun: String) -> String {
        "\(grouped) \(noun)\(self == 1 ? "" : "s")"
    }
}
