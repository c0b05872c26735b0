internal import RungCore
internal import RungCrypto
internal import RungText

/// Performs one trial: asks the agent, tries again after infrastructure faults, and has the answer graded.
struct TrialPerformer: Sendable {
    let plan: RunPlan
    let suite: PlannedSuite
    let transports: [any AgentTransport]

    /// - Returns: nil when the run was cancelled before the trial finished.
    func perform(_ scenario: Scenario, caseIndex: Int, agent: Int, trial: Int) async -> TrialResult? {
        let subject = suite.subjects[agent]
        let seed = plan.seed(of: suite, case: scenario.id, agent: subject.agent, trial: trial)
        var faults: [TrialFault] = []
        while true {
            let retry = faults.isEmpty ? "" : "~\(faults.count)"
            let request = TrialRequest(
                trialID: "\(suite.suite.id)/\(scenario.id)@\(subject.agent)#\(trial)\(retry)", agent: subject.agent, index: trial,
                seed: seed,
                timeoutMs: suite.suite.timeoutMs, scenario: scenario, prompts: suite.prompts[agent])
            do {
                let transcript = try await transports[agent].perform(request)
                return judged(transcript, scenario, caseIndex: caseIndex, trial: trial, seed: seed, retried: faults)
            } catch {
                // Whatever broke while the run was being stopped may have broken because of that: the trial is not finished.
                if error.kind == .cancelled || Task.isCancelled { return nil }
                guard error.isRetryable, faults.count < suite.suite.retries else {
                    return TrialResult(
                        caseIndex: caseIndex, index: trial, verdict: .errored, grades: [], fault: error, retried: faults,
                        seed: seed)
                }
                faults.append(error)
            }
        }
    }

    private func judged(
        _ transcript: Transcript, _ scenario: Scenario, caseIndex: Int, trial: Int, seed: UInt64, retried: [TrialFault]
    ) -> TrialResult {
        let grading = GradingSubject(scenario: scenario, transcript: transcript)
        var grades = scenario.graders.map { $0.grade(grading) }
        if let policy = suite.suite.drift, let drift = transcript.drift { grades.append(drift.grade(policy)) }
        return TrialResult(
            caseIndex: caseIndex, index: trial, verdict: Grade.verdict(of: grades), grades: grades, usage: transcript.usage,
            latencyMs: transcript.latencyMs, retried: retried, seed: seed, transcriptDigest: transcript.digest)
    }
}

extension Transcript {
    /// Digest of all that was said and done, over JSON with a fixed order of members.
    var digest: Digest {
        var json = JSONText(reserving: 512)
        json.beginArray()
        for event in events {
            json.beginArray()
            switch event {
            case .message(let message):
                json.string(message.role.rawValue)
                json.string(message.content)
            case .toolCall(let call):
                json.string("call")
                json.string(call.id ?? "")
                json.string(call.name)
                json.value(call.arguments)
            case .toolResult(let result):
                json.string("result")
                json.string(result.id ?? "")
                json.value(result.content)
                json.bool(result.isError)
            }
            json.endArray()
        }
        json.value(output ?? .null)
        json.string(explanation ?? "")
        json.endArray()
        return SHA256Hasher.digest(of: json.bytes)
    }
}
