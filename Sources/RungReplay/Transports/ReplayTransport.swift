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
    private let suite: SuiteID
    private let log: AgentLogSink

    /// - Parameters:
    ///   - agent: what carries the trials.
    ///   - suite: says which part of the world is replayed.
    ///   - log: gets misses with their first difference, and recordings that nothing asked for.
    public init(
        _ agent: any AgentTransport, suite: Suite, shelf: CassetteShelf, house: ReplayHouse, log: @escaping AgentLogSink
    ) {
        self.agent = agent
        boundary = suite.boundary
        self.suite = suite.id
        self.shelf = shelf
        self.house = house
        self.log = log
    }

    /// Performs the trial with its cassette; what the models took and cost is not told, because it was not spent.
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
        let outcome: Result<Transcript, TrialFault>
        do throws(TrialFault) {
            outcome = .success(try await agent.perform(replayed))
        } catch {
            outcome = .failure(error)
        }
        let report = server.close(address)
        for line in report.lines.dropFirst() {
            log(AgentLogLine(agent: request.agent, trialID: request.trialID, source: .replay, text: line))
        }
        let again = "rung record --suite \(suite) --scenario \(request.scenario.id) --refresh"
        if let fault = Self.fault(in: report, recordingAgain: again) { throw fault }
        var transcript = try outcome.get()
        if tells, let call = transcript.toolCalls.first, tape.index.cassette.tools.isEmpty {
            throw TrialFault(
                .replayMiss,
                "the agent called \(PlainName.shown(call.name)), and no call of a tool was recorded; to record it again: \(again)")
        }
        if boundary != .tools { (transcript.latencyMs, transcript.usage.cost) = (nil, nil) }
        return transcript
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
    static func fault(in report: ReplayReport, recordingAgain command: String) -> TrialFault? {
        for finding in report.findings {
            switch finding {
            case .miss(let explanation):
                let more = report.findings.count > 1 ? ", and \(report.findings.count - 1) more findings" : ""
                return TrialFault(.replayMiss, "\(explanation.message)\(more); to record it again: \(command)")
            case .escape(let host): return TrialFault(.replayMiss, "the agent tried to reach \(host) past its cassette")
            case .unrecorded: continue
            }
        }
        return nil
    }
}
