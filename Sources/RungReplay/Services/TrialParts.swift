import RungCore
import RungText

extension TrialRequest {
    /// The trial as templates see it: the members of the agent protocol's `trial` line, and the deciding prompt as `prompt`.
    ///
    /// - Parameter withPrompts: whether prompts are filled, which scenarios must then have values for.
    func parts(withPrompts: Bool) throws(TrialFault) -> JSONValue {
        var texts: [JSONValue] = []
        for prompt in withPrompts ? prompts : [] {
            texts.append(
                .object([
                    .init("id", .string(prompt.id.rawValue)), .init("label", .string(prompt.label)),
                    .init("version", .string("\(prompt.version)")), .init("text", .string(try filled(prompt))),
                ]))
        }
        return .object([
            .init("agent", .string(agent.rawValue)), .init("case", .string(scenario.id.rawValue)),
            .init("context", scenario.context ?? .null),
            .init("environment", .object(environment.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .string($0.value)) })),
            .init("index", .int(index)), .init("input", scenario.input),
            .init("messages", .array(scenario.messages.map { ["role": .string($0.role.rawValue), "content": .string($0.content)] })),
            .init("prompt", texts.first?["text"] ?? .null), .init("prompts", .array(texts)),
            .init("seed", .int(AgentProtocol.seed(seed))), .init("timeoutMs", .int(timeoutMs)), .init("trial", .string(trialID)),
            .init("variables", scenario.variables ?? .object([])),
        ])
    }

    /// A prompt with the values that the scenario gives its variables.
    func filled(_ prompt: PromptVersion) throws(TrialFault) -> String {
        do {
            return try prompt.filled(with: scenario.variables)
        } catch {
            throw TrialFault(
                .refused, "the scenario has no value for variable \"\(error.variable)\" of prompt \(error.prompt.id)/\(error.prompt.label)")
        }
    }

    /// A template with the parts of this trial.
    func filled(_ template: JSONTemplate) throws(TrialFault) -> JSONValue {
        let parts = try parts(withPrompts: template.places.contains { $0.steps.first == "prompt" || $0.steps.first == "prompts" })
        do {
            return try template.filled(from: parts)
        } catch {
            throw TrialFault(.refused, "the agent's template names \(error.place), which this trial does not have")
        }
    }

    /// 0 to 1, the same for the same trial.
    var jitter: Double { Double(seed >> 11) / 9_007_199_254_740_992 }

    /// The variables of the trial for tools that are programs: without the keys of providers, which are the agent's alone.
    var toolEnvironment: [String: String] {
        let keys = Set(ReplayProvider.all.flatMap(\.keyVariables))
        return environment.filter { !keys.contains($0.key) || $0.value == ReplayEnvironment.dummyKey }
    }

    /// Whether a recording answers for the models of this trial.
    var modelIsReplayed: Bool { environment["OPENAI_API_KEY"] == ReplayEnvironment.dummyKey }
}

extension ServiceSettings {
    /// The headers with the values of their variables; a fault names the variable that is not set, never a value.
    static func headers(
        _ headers: [String: String], _ request: TrialRequest, _ variable: @Sendable (String) -> String?
    ) throws(TrialFault) -> [(name: String, value: String)] {
        var filled: [(name: String, value: String)] = []
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
            do {
                let value = try VariableText.filled(value) { name in
                    request.environment[name] ?? variable(name)
                }
                filled.append((name, value))
            } catch {
                throw TrialFault(.refused, "variable \(error.name) is not set, which header \"\(name)\" needs")
            }
        }
        return filled
    }
}
