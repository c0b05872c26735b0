internal import RungText

/// Times as JUnit writers put them down: with and without zone, fractions, the `T`, or as seconds since 1970.
enum JUnitTime {
    /// Reads a `timestamp` attribute; nil for anything that is not understood. Without a zone it is UTC, as the schemas say.
    static func timestamp(_ text: String) -> Timestamp? {
        var rest = Substring(text.trimmingSpaces)
        if let epoch = epoch(rest) { return epoch }
        guard rest.utf8.count >= 10, let day = Timestamp(String(rest.prefix(10))) else { return nil }
        rest = rest.dropFirst(10)
        guard let separator = rest.popFirst() else { return day }
        guard separator == "T" || separator == " " else { return nil }
        while rest.first == " " { rest.removeFirst() }
        let clock = rest.prefix(8)
        guard let time = Timestamp("1970-01-01T\(clock)Z") else { return nil }
        rest = rest.dropFirst(8)
        if rest.first == "." || rest.first == "," {
            rest.removeFirst()
            guard let digit = rest.first, digit.isASCII, digit.isNumber else { return nil }
            while let digit = rest.first, digit.isASCII, digit.isNumber { rest.removeFirst() }
        }
        guard let offset = offset(rest) else { return nil }
        return day.adding(seconds: time.seconds - offset)
    }

    /// Seconds of a `time` attribute; nil for anything but a number from 0 to a million hours.
    static func seconds(_ text: String) -> Double? {
        guard let value = Double(text.trimmingSpaces.filter { $0 != "," }), (0...3.6e9).contains(value) else { return nil }
        return value
    }

    /// Seconds or milliseconds since 1970, told apart by their digits.
    private static func epoch(_ text: Substring) -> Timestamp? {
        guard let value = Double(text), value.isFinite, text.utf8.allSatisfy({ $0 == 0x2E || (0x30...0x39).contains($0) }) else {
            return nil
        }
        switch value {
        case 100_000_000..<100_000_000_000: return Timestamp(seconds: Int64(value))
        case 100_000_000_000..<100_000_000_000_000: return Timestamp(seconds: Int64(value / 1_000))
        default: return nil
        }
    }

    /// Seconds east of UTC; nil for a zone that is not understood.
    private static func offset(_ text: Substring) -> Int64? {
        let zone = String(text).trimmingSpaces
        if ["", "Z", "z", "UTC", "GMT"].contains(zone) { return 0 }
        guard let sign = zone.first, sign == "+" || sign == "-" else { return nil }
        let digits = zone.dropFirst().filter { $0 != ":" }
        guard digits.utf8.count == 4, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let hours = Int64(digits.prefix(2)),
            let minutes = Int64(digits.suffix(2)), hours <= 14, minutes < 60
        else { return nil }
        return (sign == "-" ? -1 : 1) * (hours * 3_600 + minutes * 60)
    }
}

extension String {
    /// Without spaces, tabs and breaks at both ends.
    fileprivate var trimmingSpaces: String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
        return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }
}
