public import RungCore
public import RungText

/// What the command line says in place of the suite files.
public struct SuiteOverrides: Sendable {
    /// Trials per case; nil for the suites' own.
    public var trials: Int?
    /// Prompt versions to use wherever an agent uses the prompt.
    public var prompts: [PromptReference]

    public init(trials: Int? = nil, prompts: [PromptReference] = []) {
        self.trials = trials
        self.prompts = prompts
    }

    func apply(to suite: inout Suite, registry: Registry) {
        if let trials { suite.trials = trials }
        guard suite.boundary.runsAgents else { return }
        for prompt in prompts where suite.agents.contains(where: { Self.uses($0, prompt.id, registry) }) {
            suite.prompts.removeAll { $0.id == prompt.id }
            suite.prompts.append(prompt)
        }
    }

    fileprivate static func uses(_ agent: AgentID, _ prompt: PromptID, _ registry: Registry) -> Bool {
        registry.agent(agent)?.prompts.contains { $0.id == prompt } ?? false
    }
}

extension SuiteFile {
    /// Reports overrides that name no prompt version, or that no agent of the suites would use.
    public func checkOverrides(of suites: [Suite], into diagnostics: inout Diagnostics) {
        let mentions = overrides.prompts.map {
            Mention(file: "--prompt \($0.id)=\($0.label)", position: nil, subject: .prompt($0, at: nil))
        }
        registry.check(mentions, into: &diagnostics)
        guard diagnostics.isEmpty else { return }
        for prompt in overrides.prompts {
            let isUsed = suites.contains { suite in
                suite.boundary.runsAgents && suite.agents.contains { SuiteOverrides.uses($0, prompt.id, registry) }
            }
            guard !isUsed else { continue }
            diagnostics.append(
                Diagnostic(
                    "--prompt \(prompt.id)=\(prompt.label)", nil, "no agent of these suites uses prompt \"\(prompt.id)\"",
                    suggestion: NearestWord.suggestion(
                        for: prompt.id.rawValue,
                        among: Array(Set(registry.agents.flatMap { $0.prompts.map(\.id.rawValue) })).sorted())))
        }
    }
}
