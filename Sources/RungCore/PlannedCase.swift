/// One case of a plan: a scenario for an agent, in eight bytes.
public struct PlannedCase: Sendable, Hashable {
    private var scenarioIndex: UInt32
    private var agentIndex: UInt16
    private var trialCount: UInt16

    /// - Parameters:
    ///   - scenario: index into the suite's scenarios.
    ///   - agent: index into `Suite.agents`.
    ///   - trials: 0 for a case that is skipped.
    public init(scenario: Int, agent: Int, trials: Int) {
        scenarioIndex = UInt32(scenario)
        agentIndex = UInt16(agent)
        trialCount = UInt16(trials)
    }

    public var scenario: Int { Int(scenarioIndex) }
    public var agent: Int { Int(agentIndex) }
    public var trials: Int { Int(trialCount) }
}
