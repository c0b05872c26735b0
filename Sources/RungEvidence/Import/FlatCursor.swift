import RungText

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension FlatParser {
    /// A place in a line.
    struct Cursor {
        private var next: UnsafePointer<UInt8>
        private let end: UnsafePointer<UInt8>

        init(_ start: UnsafePointer<UInt8>, _ count: Int) {
            next = start
            end = start + count
        }

        var isAtEnd: Bool { next == end }

        /// The next byte; 0 at the end.
        var peek: UInt8 { next < end ? next.pointee : 0 }

        mutating func take(_ byte: UInt8) -> Bool {
            guard next < end, next.pointee == byte else { return false }
            next += 1
            return true
        }

        /// These bytes; not empty.
        mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
            guard let start = bytes.baseAddress, end - next >= bytes.count, next.pointee == start.pointee,
                memcmp(next, start, bytes.count) == 0
            else { return false }
            next += bytes.count
            return true
        }

        mutating func skipSpaces() {
            while next < end, next.pointee == 0x20 || next.pointee == 0x09 { next += 1 }
        }

        mutating func takeColon() -> Bool {
            skipSpaces()
            guard take(UInt8(ascii: ":")) else { return false }
            skipSpaces()
            return true
        }

        /// These bytes, after any spaces.
        mutating func take(token: [UInt8]) -> Bool {
            skipSpaces()
            return token.withUnsafeBufferPointer { take($0) }
        }

        mutating func takeWord(_ word: StaticString) -> Bool {
            let count = word.utf8CodeUnitCount
            guard end - next >= count, memcmp(next, word.utf8Start, count) == 0 else { return false }
            next += count
            return true
        }

        /// A string of printable ASCII without escapes, without its quotes; nil for any other.
        mutating func plainString() -> UnsafeBufferPointer<UInt8>? {
            guard take(UInt8(ascii: "\"")) else { return nil }
            let start = next
            let ones: UInt64 = 0x0101_0101_0101_0101
            while end - next >= 8 {
                let word = UnsafeRawPointer(next).loadUnaligned(as: UInt64.self)
                let control = word &- ones &* 0x20
                let quote = (word ^ ones &* 0x22) &- ones
                let backslash = (word ^ ones &* 0x5C) &- ones
                // A high bit marks a byte to look at; below the first such byte no subtraction borrows, so none is missed.
                guard (word | control | quote | backslash) & (ones &* 0x80) == 0 else { break }
                next += 8
            }
            while next < end {
                let byte = next.pointee
                if byte == UInt8(ascii: "\"") {
                    let text = UnsafeBufferPointer(start: start, count: next - start)
                    next += 1
                    return text
                }
                guard byte >= 0x20, byte < 0x80, byte != UInt8(ascii: "\\") else { return nil }
                next += 1
            }
            return nil
        }

        /// A number without an exponent and with at most fifteen digits; nil for any other.
        mutating func number() -> PlainNumber? {
            let start = next
            let isNegative = take(UInt8(ascii: "-"))
            let whole = next
            var mantissa: Int64 = 0
            digits(&mantissa)
            let wholeCount = next - whole
            guard wholeCount > 0, wholeCount == 1 || whole.pointee != UInt8(ascii: "0") else { return nil }
            var decimals = 0
            if take(UInt8(ascii: ".")) {
                let fraction = next
                digits(&mantissa)
                decimals = next - fraction
                guard decimals > 0 else { return nil }
            }
            guard wholeCount + decimals <= 15, peek != UInt8(ascii: "e"), peek != UInt8(ascii: "E") else { return nil }
            return PlainNumber(
                text: UnsafeBufferPointer(start: start, count: next - start), mantissa: isNegative ? -mantissa : mantissa,
                decimals: decimals)
        }

        private mutating func digits(_ value: inout Int64) {
            while next < end, next.pointee &- UInt8(ascii: "0") < 10 {
                value = value &* 10 &+ Int64(next.pointee &- UInt8(ascii: "0"))
                next += 1
            }
        }
    }
}

/// A decimal number of at most fifteen digits, as it was written.
struct PlainNumber {
    var text: UnsafeBufferPointer<UInt8>
    /// All digits as one number, with its sign.
    var mantissa: Int64
    /// Digits after the point.
    var decimals: Int

    /// The value when it is whole and written so.
    var integer: Int? { decimals == 0 ? Int(mantissa) : nil }

    /// The nearest binary64: both parts are exact, so one division rounds once (Clinger, 1990). Nil for a negative zero, whose
    /// sign a mantissa does not keep.
    var real: Double? {
        if mantissa == 0 { return text.first == UInt8(ascii: "-") ? nil : 0 }
        return decimals == 0 ? Double(mantissa) : Double(mantissa) / Self.powers[decimals]
    }

    /// Whether the text is what RFC 8785 writes for the value. Two decimals of at most fifteen digits never share a binary64,
    /// so the shortest text is this one, without zeros at the end; below 1e-6 it would have an exponent.
    var isCanonical: Bool {
        if decimals == 0 { return true }
        guard let last = text.last, last != UInt8(ascii: "0"), let real else { return false }
        return abs(real) >= 1e-6
    }

    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]
}

/// `YYYY-MM-DDTHH:MM:SSZ` and `YYYY-MM-DD` in bytes.
enum PlainTime {
    /// Seconds since 1970; nil when it is no such time.
    static func seconds(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard text.count == 20 || text.count == 10 else { return nil }
        func number(_ from: Int, _ count: Int) -> Int64? {
            var value: Int64 = 0
            for index in from..<from + count {
                let digit = text[index] &- UInt8(ascii: "0")
                guard digit < 10 else { return nil }
                value = value * 10 + Int64(digit)
            }
            return value
        }
        guard let year = number(0, 4), text[4] == UInt8(ascii: "-"), let month = number(5, 2), text[7] == UInt8(ascii: "-"),
            let day = number(8, 2), let midnight = Timestamp(year: year, month: month, day: day)
        else { return nil }
        if text.count == 10 { return midnight.seconds }
        guard text[10] == UInt8(ascii: "T"), let hour = number(11, 2), text[13] == UInt8(ascii: ":"), let minute = number(14, 2),
            text[16] == UInt8(ascii: ":"), let second = number(17, 2), text[19] == UInt8(ascii: "Z"), hour < 24, minute < 60,
            second < 60
        else { return nil }
        return midnight.seconds + hour * 3_600 + minute * 60 + second
    }
}
