import RungCore
import RungFormats
import RungText

/// Which cases of the suites are run.
struct CaseFilter {
    /// Patterns as the user gave them; a case that matches any of them is run.
    var patterns: [String]
    /// Only these, when a run's unsuccessful cases are to be run again.
    var only: Set<CaseKey>?
    /// How the run that `only` comes from is called.
    var onlyName: String?

    /// Everything about the selection in one text; nil for everything.
    var description: String? {
        let parts = patterns + [onlyName.map { "rerun-failed \($0)" }].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    func takes(_ scenario: ScenarioOutline, suite: SuiteID, agent: AgentID) -> Bool {
        if let only, !only.contains(CaseKey(suite: suite, id: scenario.id, agent: agent)) { return false }
        return patterns.isEmpty || patterns.contains { matches($0, scenario, agent) }
    }

    /// `case`, `key=value` for a slice, `agent=…` or `intent=…`; `*` and `?` stand for any text and any character.
    private func matches(_ pattern: String, _ scenario: ScenarioOutline, _ agent: AgentID) -> Bool {
        guard let equals = pattern.firstIndex(of: "=") else { return Self.glob(pattern, scenario.id.rawValue) }
        let key = String(pattern[..<equals])
        let value = String(pattern[pattern.index(after: equals)...])
        switch key {
        case "agent": return Self.glob(value, agent.rawValue)
        case "intent": return scenario.intent.map { Self.glob(value, $0) } ?? false
        default: return scenario.slices[key].map { Self.glob(value, $0) } ?? false
        }
    }

    /// Linear in the length of the text for every star, so that no pattern can stall a run.
    static func glob(_ pattern: String, _ text: String) -> Bool {
        let pattern = Array(pattern.utf8)
        let text = Array(text.utf8)
        var (p, t) = (0, 0)
        var star: (pattern: Int, text: Int)?
        while t < text.count {
            if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
                star = (p, t)
                p += 1
            } else if p < pattern.count, pattern[p] == UInt8(ascii: "?") || pattern[p] == text[t] {
                p += 1
                t += 1
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                p = last.pattern + 1
                t = last.text + 1
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
