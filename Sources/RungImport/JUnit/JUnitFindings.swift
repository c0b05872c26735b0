/// Findings of a report, bounded: claims that contradict the cases are told one by one up to a number, then counted.
struct JUnitFindings {
    private var byName: [Name: ImportFinding] = [:]
    private var contradictions = 0

    /// Different findings that are told at most.
    static let limit = 100

    private struct Name: Hashable {
        var key: String
        var reason: String
    }

    /// Notes one occurrence; the first one gives the line.
    mutating func note(_ key: String, _ reason: String, line: Int) {
        var name = Name(key: key, reason: reason)
        if byName[name] == nil, byName.count >= Self.limit { name = Name(key: "findings", reason: "more findings like these, not shown") }
        byName[name, default: ImportFinding(key: name.key, reason: name.reason, count: 0, line: line)].count += 1
    }

    /// Notes every claim of a suite that its cases contradict.
    mutating func note(_ claims: JUnitClaims) {
        for found in claims.contradictions {
            note(
                "\(claims.element)/@\(found.name)", "claims \(found.claimed), the cases say \(found.counted); the cases count",
                line: claims.line)
        }
    }

    /// Sorted by line, then key, then reason.
    var all: [ImportFinding] { byName.values.sorted { ($0.line, $0.key, $0.reason) < ($1.line, $1.key, $1.reason) } }
}
