import RungText

/// How long a server asks to be left alone.
enum RetryAfter {
    /// What its headers say: `retry-after-ms`, or `retry-after` in seconds or as a date beside `date`; nil where they say nothing.
    static func pause(_ answer: ServiceClient.Answer) -> Duration? {
        if let text = answer.header("retry-after-ms"), let value = Double(text), value.isFinite {
            return .milliseconds(Int(min(max(0, value), 86_400_000)))
        }
        guard let text = answer.header("retry-after") else { return nil }
        if let value = Double(text), value.isFinite { return .milliseconds(Int(min(max(0, value), 86_400) * 1_000)) }
        guard let until = HTTPDate.seconds(text), let now = answer.header("date").flatMap(HTTPDate.seconds) else { return nil }
        return .seconds(min(max(0, until - now), 86_400))
    }
}

/// Dates of HTTP: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7); the two older forms are not written any more.
enum HTTPDate {
    /// Seconds since 1970; nil for what is no such date.
    static func seconds(_ text: String) -> Int64? {
        let parts = text.split(separator: " ")
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard parts.count == 6, parts[5] == "GMT", let day = Int(parts[1]), let month = months.firstIndex(of: String(parts[2])),
            let year = Int(parts[3]), (1970...9999).contains(year), (1...31).contains(day)
        else { return nil }
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return Timestamp("\(year)-\(padded(month + 1))-\(padded(day))T\(parts[4])Z")?.seconds
    }
}
