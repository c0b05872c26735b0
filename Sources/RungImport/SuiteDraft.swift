public import RungCore
public import RungText

/// A suite that an importer has made, on its way into `suite.yaml`.
public struct SuiteDraft: Sendable {
    public var id: SuiteID
    public var title: String
    public var agents: [AgentID]
    /// Recorded trials of each case.
    public var trials: Int
    /// Graders of every case, `kind` first.
    public var graders: [JSONValue]

    public init(id: SuiteID, title: String, agents: [AgentID], trials: Int, graders: [JSONValue]) {
        self.id = id
        self.title = title
        self.agents = agents
        self.trials = trials
        self.graders = graders
    }

    /// The file, with comments for the person who takes it over. `rung test` runs it as it is.
    public var yaml: String {
        """
        # Made by `rung import`. The recordings are graded as they are; no agent runs.
        format: 1
        id: \(scalar(id.rawValue))
        title: \(JSONText.compact(.string(title)))
        kind: regression
        boundary: transcript
        agents: [\(agents.map { scalar($0.rawValue) }.joined(separator: ", "))]
        scenarios: [\(FolderSink.scenariosName)]
        trials: \(trials)
        require: all
        graders:
        \(graders.map { "  - " + flow($0) }.joined(separator: "\n"))
        gate:
          # Recorded runs, no bar set yet: raise this to the pass rate that must hold.
          minimum-pass-rate: 0

        """
    }

    /// Words that YAML reads as text stay bare; everything else is quoted.
    private func scalar(_ text: String) -> String {
        let reserved = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
        let isWord =
            text.utf8.first.map { (97...122).contains($0 | 0x20) } ?? false
            && text.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0 | 0x20) || "-_./".utf8.contains($0) }
        return isWord && !reserved.contains(text.lowercased()) ? text : JSONText.compact(.string(text))
    }

    /// A value on one line, `{kind: outcome, role: verdict}`.
    private func flow(_ value: JSONValue) -> String {
        switch value {
        case .object(let members):
            "{" + members.map { "\(scalar($0.key)): \(flow($0.value))" }.joined(separator: ", ") + "}"
        case .array(let items): "[" + items.map(flow).joined(separator: ", ") + "]"
        case .string(let text): scalar(text)
        default: JSONText.compact(value)
        }
    }
}
