/// A moment in UTC with a resolution of one second; written `2026-09-30T12:00:00Z`.
public struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Seconds since 1970-01-01T00:00:00Z, without leap seconds.
    public var seconds: Int64

    public init(seconds: Int64) { self.seconds = seconds }

    /// Reads `YYYY-MM-DDTHH:MM:SSZ` or `YYYY-MM-DD` (midnight); nil for everything else, and for days that do not exist.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 20 || bytes.count == 10 else { return nil }
        func number(_ from: Int, _ count: Int) -> Int64? {
            var value: Int64 = 0
            for byte in bytes[from..<from + count] {
                guard (48...57).contains(byte) else { return nil }
                value = value * 10 + Int64(byte - 48)
            }
            return value
        }
        func has(_ character: Unicode.Scalar, _ index: Int) -> Bool { bytes[index] == UInt8(ascii: character) }
        guard let year = number(0, 4), has("-", 4), let month = number(5, 2), has("-", 7), let day = number(8, 2),
            (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year)
        else { return nil }
        var seconds = Self.day(year, month, day) * 86_400
        if bytes.count == 20 {
            guard has("T", 10), let hour = number(11, 2), has(":", 13), let minute = number(14, 2), has(":", 16),
                let second = number(17, 2), has("Z", 19), hour < 24, minute < 60, second < 60
            else { return nil }
            seconds += hour * 3_600 + minute * 60 + second
        }
        self.seconds = seconds
    }

    /// Midnight of a day; nil for days that do not exist and years outside 0 to 9999.
    package init?(year: Int64, month: Int64, day: Int64) {
        guard (0...9_999).contains(year), (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year) else { return nil }
        seconds = Self.day(year, month, day) * 86_400
    }

    public static func < (a: Self, b: Self) -> Bool { a.seconds < b.seconds }

    /// The midnight at or before this moment.
    public var midnight: Timestamp { Timestamp(seconds: seconds - Self.modulo(seconds, 86_400)) }

    public func adding(days: Int) -> Timestamp { Timestamp(seconds: seconds + Int64(days) * 86_400) }

    public func adding(seconds delta: Int64) -> Timestamp { Timestamp(seconds: seconds + delta) }

    /// Moments outside the years 0000 to 9999, which have no text, are written as the nearest inside.
    public var description: String {
        let seconds = min(max(seconds, -62_167_219_200), 253_402_300_799)
        let (year, month, day) = Self.civil((seconds - Self.modulo(seconds, 86_400)) / 86_400)
        let rest = Self.modulo(seconds, 86_400)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(20)
        func put(_ value: Int64, _ width: Int, _ after: Unicode.Scalar) {
            var divisor: Int64 = width == 4 ? 1_000 : 10
            while divisor > 0 {
                bytes.append(48 + UInt8(value / divisor % 10))
                divisor /= 10
            }
            bytes.append(UInt8(ascii: after))
        }
        put(year, 4, "-")
        put(month, 2, "-")
        put(day, 2, "T")
        put(rest / 3_600, 2, ":")
        put(rest / 60 % 60, 2, ":")
        put(rest % 60, 2, "Z")
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The date alone, `2026-09-30`.
    public var date: String { String(description.prefix(10)) }

    // MARK: - Calendar (H. Hinnant, "chrono-compatible low-level date algorithms"; proleptic Gregorian)

    private static func modulo(_ a: Int64, _ b: Int64) -> Int64 { ((a % b) + b) % b }

    private static func day(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let z = days + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
        return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Int(month) - 1]
    }
}
