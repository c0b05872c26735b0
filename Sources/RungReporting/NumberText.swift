/// Numbers as reports print them, without locale.
enum NumberText {
    /// With commas between groups of three digits: `1,234,567`.
    static func grouped(_ value: Int) -> String {
        let digits = Array(String(value.magnitude))
        var out = value < 0 ? "-" : ""
        for (offset, digit) in digits.enumerated() {
            if offset > 0, (digits.count - offset) % 3 == 0 { out += "," }
            out.append(digit)
        }
        return out
    }

    /// A count with its noun: `1 case`, `1,204 cases`.
    static func count(_ value: Int, _ noun: String) -> String { "\(grouped(value)) \(noun)\(value == 1 ? "" : "s")" }

    /// A proportion 0…1 in per cent with one decimal. Only a true 1 is `100.0 %` and only a true 0 is `0.0 %`.
    static func percent(_ share: Double) -> String {
        guard share.isFinite else { return "unknown" }
        var tenths = (share * 1_000).rounded()
        if share < 1, tenths >= 1_000 { tenths = 999 }
        if share > 0, tenths <= 0 { tenths = 1 }
        return "\(fixed(tenths / 10, places: 1)) %"
    }

    /// Exactly `places` decimals, rounded half away from zero: `0.4352`.
    static func fixed(_ value: Double, places: Int) -> String {
        guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
        var scale = 1
        for _ in 0..<places { scale *= 10 }
        let scaled = Int((abs(value) * Double(scale)).rounded())
        let whole = String(scaled / scale)
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard places > 0 else { return sign + whole }
        let rest = String(scaled % scale)
        return sign + whole + "." + String(repeating: "0", count: places - rest.utf8.count) + rest
    }

    /// US dollars: cents, or four decimals below one dollar.
    static func dollars(_ value: Double) -> String { "$" + fixed(value, places: abs(value) < 1 ? 4 : 2) }
}
