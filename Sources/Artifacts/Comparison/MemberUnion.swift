import Columns
import Platform

/// Numbers for the ids of two lists, the same for the same id: from 0, in the order of their bytes.
struct MemberUnion {
    /// For each id of the first list its number.
    private(set) var first: [UInt32] = []
    /// For each id of the second list its number.
    private(set) var second: [UInt32] = []
    /// How many numbers there are.
    private(set) var count = 0

    /// - Parameters: Ids in strictly ascending order of bytes.
    init(_ first: IdentifierList, _ second: IdentifierList) {
        self.first.reserveCapacity(first.count)
        self.second.reserveCapacity(second.count)
        while self.first.count < first.count || self.second.count < second.count {
            let order = IdentifierList.order(first, self.first.count, second, self.second.count)
            if order <= 0 { self.first.append(UInt32(count)) }
            if order >= 0 { self.second.append(UInt32(count)) }
            count += 1
        }
    }
}

extension IdentifierList {
    /// Less than, equal to or greater than zero as the id at one place stands before, with or after the one at a place
    /// of another list. What is behind the end of a list stands after all ids.
    static func order(_ first: IdentifierList, _ place: Int, _ second: IdentifierList, _ otherPlace: Int) -> Int {
        if place == first.count { return otherPlace == second.count ? 0 : 1 }
        if otherPlace == second.count { return -1 }
        return ByteStrings.compare(first[place], second[otherPlace])
    }
}
