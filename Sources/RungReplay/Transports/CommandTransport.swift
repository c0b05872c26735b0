public import RungCore
import Synchronization

/// An agent that is a program: JSON Lines over its standard input and output, as docs/agent-protocol.md says.
///
/// `per-trial` starts a process for each trial; `persistent` keeps one for all of them. A process gets a group of its
/// own, and the whole group is gone when its trial (or `close`) returns: SIGTERM, a grace, SIGKILL. A trial therefore
/// ends by its time limit plus the graces of `AgentLimits`. Only a descendant that leaves the group can outlive it.
public struct CommandTransport: AgentTransport {
    private let mode: Mode
    private let lastFault = LastStandardError()

    private enum Mode: Sendable {
        case perTrial(@Sendable (TrialRequest) -> (SingleTrial, AgentProcess))
        case persistent(PersistentAgent)
    }

    /// - Parameters:
    ///   - workspace: folder where relative paths of the settings start.
    ///   - log: gets standard error, `log` lines and the texts of reported errors.
    public init(
        agent: Agent, settings: CommandTransportSettings, workspace: String, limits: AgentLimits = AgentLimits(),
        log: @escaping AgentLogSink
    ) {
        let inherited = AgentLaunch.currentEnvironment()
        switch settings.mode {
        case .perTrial:
            mode = .perTrial { request in
                let launch = AgentLaunch(
                    settings, workspace: workspace, inherited: inherited, trialID: request.trialID, own: request.environment)
                let process = AgentProcess(launch, limits: limits) { text in
                    log(AgentLogLine(agent: request.agent, trialID: request.trialID, source: .standardError, text: text))
                }
                return (SingleTrial(request, limits: limits, log: log), process)
            }
        case .persistent:
            let launch = AgentLaunch(settings, workspace: workspace, inherited: inherited, trialID: nil)
            mode = .persistent(PersistentAgent(agent.id, launch, limits: limits, log: log))
        }
    }

    /// Puts the trial to the agent. Latency counts from the request line to the result line; for a process per trial
    /// that includes the start of the program's runtime.
    public func perform(_ request: TrialRequest) async throws(TrialFault) -> Transcript {
        guard !Task.isCancelled else { throw .cancelled }
        switch mode {
        case .persistent(let agent): return try await agent.perform(request)
        case .perTrial(let make):
            let (trial, process) = make(request)
            do {
                return try await trial.perform(process)
            } catch {
                lastFault.keep(process.standardErrorTail)
                throw error
            }
        }
    }

    /// Ends a persistent agent: closes its input, waits, SIGTERM, SIGKILL.
    public func close() async {
        if case .persistent(let agent) = mode { await agent.close() }
    }

    /// The last 64 KiB of standard error: of the process whose trial had the latest fault, or of the persistent one.
    public var standardErrorTail: String {
        switch mode {
        case .perTrial: lastFault.tail
        case .persistent(let agent): agent.standardErrorTail
        }
    }
}

/// Remembers one text across concurrent trials; a class, because the copies of a transport share it.
private final class LastStandardError: Sendable {
    private let text = Mutex("")

    var tail: String { text.withLock { $0 } }

    func keep(_ tail: String) { text.withLock { $0 = tail } }
}
