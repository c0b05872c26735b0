/// Durations as people write them in files: a whole number and a unit.
public enum DurationText {
    /// `500ms`, `30s`, `5m`, `2h`, `7d` in milliseconds; nil for anything else and for more than 1,000 days.
    public static func milliseconds(_ text: String) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, let count = Int(digits), let unit = units[String(text.dropFirst(digits.count))] else {
            return nil
        }
        let (value, overflow) = count.multipliedReportingOverflow(by: unit)
        return overflow || value > 86_400_000_000 ? nil : value
    }

    private static let units = ["ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]

    /// A duration for people: `850 ms`, `12.3 s`, `4 min 05 s`, `2 h 07 min`.
    public static func readable(milliseconds: Double) -> String {
        if milliseconds < 999.5 { return "\(Int(milliseconds.rounded())) ms" }
        let seconds = milliseconds / 1_000
        if seconds < 99.95 { return "\((seconds * 10).rounded() / 10) s" }
        let whole = Int(seconds.rounded())
        if whole < 3_600 { return "\(whole / 60) min \(twoDigits(whole % 60)) s" }
        return "\(whole / 3_600) h \(twoDigits(whole / 60 % 60)) min"
    }

    private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
