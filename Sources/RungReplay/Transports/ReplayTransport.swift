public import RungCore

/// Lets an agent run against the cassette of its case, whatever its own transport is.
///
/// Each trial gets a path of its own on the local server, told to the agent in its variables; nothing else in the agent
/// changes. A request without a recording, or past the server, costs the trial: it has no transcript then.
public struct ReplayTransport: AgentTransport {
    private let agent: any AgentTransport
    private let shelf: CassetteShelf
    private let house: ReplayHouse
    private let boundary: Suite.Boundary
    private let drift: Suite.Drift?
    private let toolServer: String?
    private let suite: SuiteID
    private let log: AgentLogSink

    /// - Parameters:
    ///   - agent: what carries the trials.
    ///   - suite: says which part of the world is replayed.
    ///   - toolServer: where the agent's real tools answer over MCP, to which they are let through where drift is looked for.
    ///   - log: gets misses with their first difference, and recordings that nothing asked for.
    public init(
        _ agent: any AgentTransport, suite: Suite, shelf: CassetteShelf, house: ReplayHouse, toolServer: String? = nil,
        log: @escaping AgentLogSink
    ) {
        self.agent = agent
        self.toolServer = toolServer
        boundary = suite.boundary
        drift = suite.drift
        self.suite = suite.id
        self.shelf = shelf
        self.house = house
        self.log = log
    }

    /// Performs the trial with its cassette; what the models took and cost is not told, because it was not spent.
    ///
    /// Tokens are those of the recorded answers, unless the agent told its own; replayed they are in both cases.
    public func perform(_ request: TrialRequest) async throws(TrialFault) -> Transcript {
        let (server, tape, address) = try await open(request)
        var replayed = request
        // Tools that were on offer when it was recorded are reached over MCP; all others are told to Rung alone.
        let tells = boundary != .model && tape.index.cassette.toolset.isEmpty
        if tells, !tape.index.cassette.tools.isEmpty {
            replayed.answerTool = { call in server.answer(call, of: address) }
        }
        if boundary != .model {
            replayed.replayedTools = ReplayedTools(tape.index.cassette.toolset) { call in server.answer(call, of: address) }
        }
        for (name, value) in ReplayEnvironment.variables(of: address, replaying: boundary) { replayed.environment[name] = value }
        let live = drift == nil ? nil : toolServer.flatMap { LiveTools(url: $0, server, shelf) }
        if let live { replayed.environment["RUNG_MCP_URL"] = live.url }
        let outcome: Result<Transcript, TrialFault>
        do throws(TrialFault) {
            outcome = .success(try await agent.perform(replayed))
        } catch {
            outcome = .failure(error)
        }
        let passed = await live?.finish()
        let report = server.close(address)
        let unused = boundary == .model ? report.withoutUnusedCalls : report
        for line in unused.lines.dropFirst() + (passed?.problems ?? []) {
            log(AgentLogLine(agent: request.agent, trialID: request.trialID, source: .replay, text: line))
        }
        let again = "rung record --suite \(suite) --scenario \(request.scenario.id) --refresh"
        let drift = drift == nil ? nil : found(outcome, passed?.calls ?? [], report, tape)
        if let fault = Self.fault(in: report, drift: drift, recordingAgain: again) { throw fault }
        var transcript = try outcome.get()
        if tells, let call = transcript.toolCalls.first, tape.index.cassette.tools.isEmpty {
            throw TrialFault(
                .replayMiss,
                "the agent called \(PlainName.shown(call.name)), and no call of a tool was recorded; to record it again: \(again)")
        }
        transcript.drift = drift
        guard boundary != .tools else { return transcript }
        (transcript.latencyMs, transcript.usage.cost) = (nil, nil)
        if transcript.usage.totalTokens == nil, let usage = report.usage { transcript.usage = usage }
        // What the agent has counted itself it read in recorded answers.
        transcript.usage.replayedTokens = transcript.usage.totalTokens
        return transcript
    }

    /// How live tools answered: by their calls over MCP, else by those that the agent told of; of tools that neither shows, by what the
    /// requests to the model carry.
    private func found(
        _ outcome: Result<Transcript, TrialFault>, _ passed: [ToolExchange], _ report: ReplayReport, _ tape: ReplayTape
    ) -> ToolDrift {
        var calls = passed
        if calls.isEmpty, case .success(let transcript) = outcome {
            calls = RecordedCalls(secrets: SecretTexts(shelf.redactor)).calls(of: transcript)
        }
        let check = ToolDriftCheck(tape: tape.tools)
        var drift = check.drift(of: calls)
        let seen = Set((calls + tape.tools.calls).map { check.shown($0.name) })
        for finding in report.drift where !seen.contains(finding.tool) { drift.add(finding) }
        return drift
    }

    /// Closes the agent, and the server with the last one.
    public func close() async {
        await agent.close()
        await house.leave()
    }

    private func open(_ request: TrialRequest) async throws(TrialFault) -> (ReplayServer, ReplayTape, ReplayAddress) {
        do {
            let tape = try shelf.tape(agent: request.agent, case: request.scenario.id)
            let server = try await house.running()
            return (server, tape, server.open(tape))
        } catch is CancellationError {
            throw .cancelled
        } catch {
            throw TrialFault(.notRecorded, "the cassette cannot be replayed: \(error)")
        }
    }

    /// Why the trial does not count: its first miss or escape. Of recorded texts a miss shows a few redacted characters.
    ///
    /// - Parameter drift: what tools answered otherwise, which is often why a model was asked something else.
    static func fault(in report: ReplayReport, drift: ToolDrift? = nil, recordingAgain command: String) -> TrialFault? {
        for finding in report.findings {
            switch finding {
            case .miss(let explanation):
                let more = report.findings.count > 1 ? ", and \(report.findings.count - 1) more findings" : ""
                let drifted = drift?.findings.first { $0.isChange }.map { "; before that \($0.message)" } ?? ""
                return TrialFault(.replayMiss, "\(explanation.message)\(more)\(drifted); to record it again: \(command)")
            case .escape(let host): return TrialFault(.replayMiss, "the agent tried to reach \(host) past its cassette")
            case .unrecorded: continue
            }
        }
        return nil
    }
}
