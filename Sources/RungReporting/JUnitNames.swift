import RungCore
import RungCrypto

/// Names of test cases that stay the same from run to run and are unique within a report.
///
/// The class name is `suite.agent`, the name is the case id. Viewers keep only the first of two equal pairs, so whatever
/// else tells two cases apart is added: the prompt version and the configuration, when an agent is tried with several.
struct JUnitNames {
    private var entries: [Entry] = []
    private var gates: [String]
    private var latest = 0

    private struct Entry {
        var suite: Int
        var subject: RunSubject
        var className: String
        var suffix: String
    }

    /// Works the names out from what the run will try.
    init(_ suites: [SuiteHeader]) {
        gates = suites.map { "\(Self.clean($0.id.rawValue)).gate" }
        var taken: [String: (suite: Int, agent: AgentID)] = [:]
        for (index, gate) in gates.enumerated() { taken[gate] = (index, "") }
        for (index, suite) in suites.enumerated() {
            for subject in suite.subjects {
                var className = "\(Self.clean(suite.id.rawValue)).\(Self.clean(subject.agent.rawValue))"
                while let owner = taken[className], owner != (index, subject.agent) { className += "'" }
                taken[className] = (index, subject.agent)
                let suffix = Self.suffix(of: subject, among: suite.subjects.filter { $0.agent == subject.agent })
                entries.append(Entry(suite: index, subject: subject, className: className, suffix: suffix))
            }
        }
    }

    /// The class name of a suite's gate.
    func gate(_ suite: Int) -> String { gates[suite] }

    /// Class name and name of a case of the suite at index `suite`.
    mutating func names(of result: CaseResult, suite: Int) -> (className: String, name: String) {
        let entry = entry(suite, result.subject)
        let name = PrintableText.name(result.id.rawValue)
        return (entry.className, entry.suffix.isEmpty ? name : name + entry.suffix)
    }

    private mutating func entry(_ suite: Int, _ subject: RunSubject) -> Entry {
        if latest < entries.count, entries[latest].suite == suite, entries[latest].subject == subject { return entries[latest] }
        if let index = entries.firstIndex(where: { $0.suite == suite && $0.subject == subject }) {
            latest = index
            return entries[index]
        }
        // A subject that the header did not announce: named in full, so that it is still unique.
        let className = String(gates[suite].dropLast("gate".count)) + Self.clean(subject.agent.rawValue)
        let suffix = " [\(Self.version(subject.promptVersion))]"
        return Entry(suite: suite, subject: subject, className: className, suffix: suffix)
    }

    private static func suffix(of subject: RunSubject, among subjects: [RunSubject]) -> String {
        var parts: [String] = []
        if Set(subjects.map(\.promptVersion)).count > 1 { parts.append(version(subject.promptVersion)) }
        let alike = subjects.filter { $0.promptVersion == subject.promptVersion }
        if Set(alike.map(\.configuration)).count > 1 { parts.append("c" + (subject.configuration?.short ?? "0")) }
        return parts.isEmpty ? "" : " [\(parts.joined(separator: " "))]"
    }

    private static func version(_ digest: Digest?) -> String { digest.map { "v" + $0.short } ?? "no prompt" }

    private static func clean(_ text: String) -> String { PrintableText.name(text) }
}
