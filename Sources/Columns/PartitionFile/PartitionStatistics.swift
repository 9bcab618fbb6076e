import Events
import Platform

/// What the footer of a partition file says of its events.
///
///     day        i32    days since 1970-01-01
///     zero       u32
///     rows       u64    number of events
///     earliest   u64    nanoseconds of the day; 0 without events
///     latest     u64
///     users      u32    distinct ids, which is the length of the dictionary
///     sessions   u32
///     requests   u32
///     items      u32
///     tenant     u16 length, UTF-8
///     surface    u16 length, UTF-8
package struct PartitionStatistics: Sendable, Equatable {
    package let key: PartitionKey
    package let rowCount: Int
    /// Nanoseconds of the day of the first and of the last event in time; 0 without events.
    package let earliest: UInt64
    package let latest: UInt64
    package let userCount: Int
    package let sessionCount: Int
    package let requestCount: Int
    package let itemCount: Int

    /// Number of distinct ids in a column.
    package func distinctCount(_ column: IdentifierColumn) -> Int {
        switch column {
        case .user: userCount
        case .session: sessionCount
        case .request: requestCount
        case .item: itemCount
        }
    }

    /// How many rows or ids each section must have.
    var claims: [(section: UInt8, count: Int)] {
        var claims = IdentifierColumn.allCases.map { ($0.dictionary.rawValue, distinctCount($0)) }
        for column in IdentifierColumn.allCases { claims.append((column.codes.rawValue, rowCount)) }
        claims.append((PartitionFormat.Section.timeOfDay.rawValue, rowCount))
        claims.append((PartitionFormat.Section.rank.rawValue, rowCount))
        return claims
    }

    /// The statistics of columns whose dictionaries hold what occurs and no more.
    init(_ columns: ExposureColumns, key: PartitionKey) {
        self.key = key
        rowCount = columns.count
        earliest = columns.nanosecondsOfDay.min() ?? 0
        latest = columns.nanosecondsOfDay.max() ?? 0
        userCount = columns.users.dictionary.count
        sessionCount = columns.sessions.dictionary.count
        requestCount = columns.requests.dictionary.count
        itemCount = columns.items.dictionary.count
    }

    /// - Parameters:
    ///   - times: Nanoseconds of the day of the first and of the last event in time; 0 without events.
    ///   - distinctCount: The number of distinct ids in a column.
    package init(
        key: PartitionKey, rowCount: Int, times: ClosedRange<UInt64>, distinctCount: (IdentifierColumn) -> Int,
    ) {
        self.key = key
        self.rowCount = rowCount
        earliest = times.lowerBound
        latest = times.upperBound
        userCount = distinctCount(.user)
        sessionCount = distinctCount(.session)
        requestCount = distinctCount(.request)
        itemCount = distinctCount(.item)
    }

    /// Reads what `encoded` wrote, or returns nil if a field is outside its range.
    init?(encoded bytes: [UInt8]) {
        var reader = ByteReader(bytes.rawSpan)
        guard let day = reader.read(Int32.self).flatMap({ Day(daysSinceEpoch: Int($0)) }),
            reader.read(UInt32.self) == 0,
            let rowCount = reader.read(UInt64.self), rowCount <= UInt64(Int.max),
            let earliest = reader.read(UInt64.self), let latest = reader.read(UInt64.self),
            earliest <= latest, latest < Timestamp.nanosecondsPerDay,
            let users = reader.read(UInt32.self), let sessions = reader.read(UInt32.self),
            let requests = reader.read(UInt32.self), let items = reader.read(UInt32.self),
            let tenant = reader.readShortText().flatMap({ try? PathSegment($0) }),
            let surface = reader.readShortText().flatMap({ try? PathSegment($0) }),
            reader.remainingCount == 0,
            [users, sessions, requests, items].allSatisfy({ $0 <= rowCount })
        else { return nil }
        self.key = PartitionKey(SurfaceKey(tenant: tenant, surface: surface), day)
        self.rowCount = Int(rowCount)
        self.earliest = earliest
        self.latest = latest
        userCount = Int(users)
        sessionCount = Int(sessions)
        requestCount = Int(requests)
        itemCount = Int(items)
    }

    /// The bytes in the footer.
    package var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.append(key.day.daysSinceEpoch)
        writer.append(UInt32(0))
        writer.append(UInt64(rowCount))
        writer.append(earliest)
        writer.append(latest)
        for count in [userCount, sessionCount, requestCount, itemCount] { writer.append(UInt32(count)) }
        writer.append(shortText: key.surfaceKey.tenant.text)
        writer.append(shortText: key.surfaceKey.surface.text)
        return writer.bytes
    }
}
