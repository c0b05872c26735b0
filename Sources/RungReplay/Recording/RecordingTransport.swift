public import RungCore

/// Lets an agent run against the world and keeps what crossed the wire: one cassette for the trial.
public struct RecordingTransport: Sendable {
    private let agent: any AgentTransport
    private let keys: [String: String]

    /// - Parameters:
    ///   - agent: what carries the trials.
    ///   - keys: variables with the keys of providers, for the agent alone.
    public init(_ agent: any AgentTransport, keys: [String: String]) {
        self.agent = agent
        self.keys = keys
    }

    /// What became of a recorded trial.
    public struct Outcome: Sendable {
        public var transcript: Transcript
        public var report: ReplayReport
        public var cassette: Cassette
    }

    /// Performs one trial on `server`, which `recorder` listens at.
    public func perform(_ request: TrialRequest, _ server: ReplayServer, _ recorder: Recorder) async throws(TrialFault) -> Outcome {
        let address = server.open(recorder)
        var recorded = request
        recorded.environment.merge(keys) { _, own in own }
        for (name, value) in ReplayEnvironment.recording(address, upstreams: recorder.settings.upstreams) {
            recorded.environment[name] = value
        }
        let outcome: Result<Transcript, TrialFault>
        do throws(TrialFault) {
            outcome = .success(try await agent.perform(recorded))
        } catch {
            outcome = .failure(error)
        }
        let report = server.close(address)
        await recorder.stop()
        return Outcome(transcript: try outcome.get(), report: report, cassette: recorder.cassette)
    }

    /// Closes the agent.
    public func close() async { await agent.close() }
}
