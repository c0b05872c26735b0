public import RungCore
internal import RungCrypto
internal import RungText

/// Turns one entry of a scenario file into a `Scenario`.
public struct ScenarioReading: Sendable {
    let graders: GraderReading
    let shape: ObjectShape
    /// Graders of the suite that the scenario belongs to; they come first.
    let suiteGraders: [GraderBinding]
    private let takenNames: [String]

    public init(graders: GraderReading, suiteGraders: [GraderBinding]) {
        self.graders = graders
        self.suiteGraders = suiteGraders
        shape = Self.shape(graders: graders.shape)
        takenNames = suiteGraders.map(\.name)
    }

    /// Checks the node and reads what a plan needs of it; every problem is added to `diagnostics`.
    func outline(of node: Node, file: String, into diagnostics: inout Diagnostics) -> ScenarioOutline? {
        let before = diagnostics.all.count
        Shape.object(shape).check(node, file: file, name: "the scenario", into: &diagnostics)
        guard diagnostics.all.count == before else { return nil }
        do { return try checkedOutline(of: node, file: file) } catch {
            for diagnostic in error.diagnostics { diagnostics.append(diagnostic) }
            return nil
        }
    }

    /// Reads what a plan needs of a node that is known to have the right shape; makes its graders, to see that they can be.
    func checkedOutline(of node: Node, file: String) throws(InvalidInput) -> ScenarioOutline {
        let own = node["graders"]?.array ?? []
        try graders.check(own, file, takenNames)
        var slices: [String: String] = [:]
        for slice in node["slices"]?.members ?? [] { slices[slice.key] = slice.value.string }
        return ScenarioOutline(
            id: CaseID(node["id"]?.string ?? ""), idPosition: node["id"]?.position ?? node.position,
            agent: node["agent"]?.string.map { AgentID($0) }, intent: node["intent"]?.string, slices: slices,
            graders: suiteGraders.count + own.count, recorded: node["recorded"]?.array?.count ?? 0,
            isSkipped: !(node["skip"]?.isNull ?? true), location: SourceLocation(file: file, line: Int(node.position.line)))
    }

    /// Reads a node that is known to have the right shape.
    func checkedScenario(from node: Node, file: String) throws(InvalidInput) -> Scenario {
        var scenario = Scenario(
            id: CaseID(node["id"]?.string ?? ""), input: node["input"]?.json ?? .null,
            digest: SHA256Hasher.digest(of: CanonicalJSON.bytes(of: node)),
            location: SourceLocation(file: file, line: Int(node.position.line)))
        scenario.graders = suiteGraders
        for member in node.members ?? [] where !member.value.isNull { try read(member, into: &scenario, file: file) }
        return scenario
    }

    private func read(_ member: Node.Member, into scenario: inout Scenario, file: String) throws(InvalidInput) {
        let value = member.value
        switch member.key {
        case "agent": scenario.agent = value.string.map { AgentID($0) }
        case "title": scenario.title = value.string
        case "messages": scenario.messages = (value.array ?? []).compactMap(Self.message)
        case "context": scenario.context = value.json
        case "variables": scenario.variables = value.json
        case "graders": scenario.graders += try graders.bindings(value.array ?? [], file, takenNames)
        case "recorded": scenario.recorded = (value.array ?? []).map(Self.transcript)
        case "intent": scenario.intent = value.string
        case "slices":
            for slice in value.members ?? [] { scenario.slices[slice.key] = slice.value.string }
        case "critical": scenario.isCritical = value.bool ?? false
        case "skip": scenario.skipReason = value.string
        case "provenance":
            scenario.provenance = Scenario.Provenance(
                origin: value["origin"]?.string.flatMap(Scenario.Provenance.Origin.init) ?? .written,
                recordedAt: value["recorded-at"]?.string.flatMap { Timestamp($0) }, source: value["source"]?.string)
        default: break
        }
    }

    private static func message(_ node: Node) -> Message? {
        guard let role = node["role"]?.string.flatMap(Message.Role.init), let content = node["content"]?.string else { return nil }
        return Message(role: role, content: content)
    }

    private static func transcript(_ node: Node) -> Transcript {
        var transcript = Transcript()
        var pairing = ToolPairing()
        for event in node["events"]?.array ?? [] {
            let id = event["id"]?.string
            switch event["type"]?.string {
            case "message": if let message = message(event) { transcript.events.append(.message(message)) }
            case "tool-call":
                pairing.call(id: id)
                let call = ToolCall(id: id, name: event["name"]?.string ?? "", arguments: event["arguments"]?.json ?? .object([]))
                transcript.events.append(.toolCall(call))
            case "tool-result":
                let result = ToolResult(
                    id: id, call: pairing.result(id: id), content: event["content"]?.json ?? .null,
                    isError: event["error"]?.bool ?? false)
                transcript.events.append(.toolResult(result))
            default: break
            }
        }
        transcript.output = node["output"]?.json
        transcript.explanation = node["explanation"]?.string
        if let usage = node["usage"] {
            transcript.usage = Usage(
                inputTokens: usage["input-tokens"]?.int, outputTokens: usage["output-tokens"]?.int, cost: usage["cost"]?.double)
        }
        transcript.latencyMs = node["latency-ms"]?.double
        if let outcome = node["outcome"], !outcome.isNull {
            transcript.outcome = RecordedOutcome(label: outcome["label"]?.string, reward: outcome["reward"]?.double)
        }
        return transcript
    }
}
