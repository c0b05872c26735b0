public import RungCore

/// Answers with what the scenario recorded; nothing is run.
public struct TranscriptTransport: AgentTransport {
    /// It holds nothing, so one serves every agent.
    public init() {}

    /// The recording with the request's index.
    ///
    /// - Throws: a `not-recorded` fault when the scenario holds fewer recordings.
    public func perform(_ request: TrialRequest) async throws(TrialFault) -> Transcript {
        let recorded = request.scenario.recorded
        guard recorded.indices.contains(request.index) else {
            let count = recorded.count == 1 ? "1 recording" : "\(recorded.count) recordings"
            throw TrialFault(.notRecorded, "the scenario has \(count), none for trial \(request.index + 1)")
        }
        return recorded[request.index]
    }

    /// Nothing was started.
    public func close() async {}
}
