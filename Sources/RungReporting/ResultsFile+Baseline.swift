public import RungCore
import RungText

extension ResultsFile {
    /// Reads a results file as the baseline of another run; memory grows only with the verdicts.
    ///
    /// When a case was tried with several prompt versions, its best verdict stands: what passed with any of them must not
    /// fail unnoticed. Members that a baseline does not need are not looked at.
    ///
    /// - Throws: `InvalidInput` with position and way out when it is not JSON, no results file, or of another version.
    public static func baseline(path: String) throws -> Baseline {
        var reading = BaselineReading(path: path)
        try JSONDocumentScanner.walk(path: path, elementsOf: ["cases"]) { try reading.take($0) }
        return try reading.finish()
    }
}

/// The verdicts found so far.
private struct BaselineReading {
    let path: String
    private var version: Node?
    private var runSuite: String?
    private var hasCases = false
    private var verdicts: [CaseKey: Verdict] = [:]
    /// Cases before `run` that do not name their suite.
    private var withoutSuite: [(id: String, agent: String, verdict: Verdict, position: SourcePosition)] = []

    /// Suites and agents repeat in every case; each is kept once.
    private var names: [String: String] = [:]

    private static let wayOut = "give a file that `rung test --json PATH` wrote, or the id of a run"

    init(path: String) { self.path = path }

    mutating func take(_ item: JSONDocumentScanner.Item) throws {
        switch item {
        case .member("formatVersion", _, let value):
            version = value
            try check(value)
        case .member("run", _, let value): runSuite = value["suite"]?.string
        case .member("cases", _, let value): throw notResults(value.position, "\"cases\" is a \(value.kindName), not a list")
        case .member: break
        case .element(_, _, let value):
            hasCases = true
            try add(value)
        }
    }

    mutating func finish() throws -> Baseline {
        guard version != nil else { throw notResults(.start, "it has no \"formatVersion\"") }
        guard hasCases || runSuite != nil else { throw notResults(.start, "it has neither \"run\" nor \"cases\"") }
        for entry in withoutSuite {
            guard let runSuite else { throw notResults(entry.position, "the case has no \"suite\"") }
            note(CaseKey(suite: SuiteID(runSuite), id: CaseID(entry.id), agent: AgentID(entry.agent)), entry.verdict)
        }
        return Baseline(name: path, verdicts: verdicts)
    }

    private func check(_ version: Node) throws {
        guard let number = version.int else {
            throw notResults(version.position, "\"formatVersion\" is a \(version.kindName), not a whole number")
        }
        guard number != ResultsFile.formatVersion else { return }
        throw InvalidInput(
            path, version.position,
            "results file of format version \(number); this version of rung reads \(ResultsFile.formatVersion)",
            suggestion: "run the baseline again with this version of rung")
    }

    private mutating func add(_ value: Node) throws {
        guard value.members != nil else { throw notResults(value.position, "a case is a \(value.kindName), not an object") }
        let id = try text("id", of: value)
        let agent = shared(try text("agent", of: value))
        let word = try text("verdict", of: value)
        guard let verdict = Verdict(rawValue: word) else {
            throw InvalidInput(
                path, value["verdict"]?.position, "unknown verdict \"\(word)\"",
                suggestion: NearestWord.suggestion(for: word, among: Verdict.allCases.map(\.rawValue)))
        }
        if let suite = value["suite"]?.string ?? runSuite {
            note(CaseKey(suite: SuiteID(shared(suite)), id: CaseID(id), agent: AgentID(agent)), verdict)
        } else {
            withoutSuite.append((id, agent, verdict, value.position))
        }
    }

    private func text(_ key: String, of value: Node) throws -> String {
        guard let member = value[key] else { throw notResults(value.position, "a case has no \"\(key)\"") }
        guard let text = member.string else {
            throw notResults(member.position, "\"\(key)\" of a case is a \(member.kindName), not text")
        }
        return text
    }

    private mutating func shared(_ name: String) -> String {
        if let known = names[name] { return known }
        names[name] = name
        return name
    }

    private mutating func note(_ key: CaseKey, _ verdict: Verdict) {
        guard let known = verdicts[key] else { return verdicts[key] = verdict }
        let order = Verdict.allCases
        guard let a = order.firstIndex(of: known), let b = order.firstIndex(of: verdict), b < a else { return }
        verdicts[key] = verdict
    }

    private func notResults(_ position: SourcePosition, _ message: String) -> InvalidInput {
        InvalidInput(path, position, "not a results file: \(message)", suggestion: Self.wayOut)
    }
}
