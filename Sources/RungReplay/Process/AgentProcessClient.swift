/// What somebody who talks to an agent's process is told.
protocol AgentProcessClient: Sendable {
    /// The process runs and can be written to.
    func started(_ process: AgentProcess)
    /// Complete lines, in order, with their sizes in bytes. False: nothing more is wanted.
    func receive(_ lines: [AgentProcess.Line], from process: AgentProcess) -> Bool
    /// Acts on what is due at `now`; returns when something is due next.
    func tick(_ now: ContinuousClock.Instant, for process: AgentProcess) -> ContinuousClock.Instant?
}

extension AgentProcess {
    /// A line that was read, or why it could not be.
    enum Line: Sendable {
        case read(AgentLine, number: Int, size: Int)
        case problem(AgentLine.Problem, size: Int)
        /// Longer than allowed; the process cannot be understood from here on.
        case tooLong(number: Int)
    }

    /// How the process ended.
    enum End: Sendable, Equatable {
        case notStarted(reason: String)
        /// `code` is the status; `cut` the number of the line in whose middle the output ended.
        case exited(code: Int32, cut: Int?)
        case signaled(Int32, cut: Int?)
        /// It ran on after closing its output, and was ended.
        case closedOutput(cut: Int?)
    }
}
