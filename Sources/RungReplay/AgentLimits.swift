/// How much an agent may write and how long it may take to end.
public struct AgentLimits: Sendable {
    /// Bytes of standard output for one trial.
    public var outputBytes = 16 << 20
    /// Bytes of one line of standard output.
    public var lineBytes = 8 << 20
    /// Lines for one trial.
    public var events = 100_000
    /// Bytes of standard error that are kept for reports, the last ones.
    public var standardErrorBytes = 64 << 10
    /// Time to exit by itself after a trial's result or the end of its output, before SIGTERM.
    public var exitGrace = Duration.milliseconds(500)
    /// Time between SIGTERM and SIGKILL.
    public var terminationGrace = Duration.milliseconds(500)
    /// Time for a persistent agent to exit after its standard input was closed, before SIGTERM.
    public var closeGrace = Duration.seconds(2)
    /// Time for a persistent agent to end a cancelled trial with a result line, before its place counts as lost.
    public var cancelGrace = Duration.seconds(2)
    /// Failures of a persistent agent without a finished trial in between, after which it is not started again.
    public var failures = 3

    /// The limits that docs/agent-protocol.md names.
    public init() {}
}
