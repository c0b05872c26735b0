import RungCore

extension TrialFault {
    /// The run was cancelled.
    static let cancelled = TrialFault(.cancelled, "the run was cancelled")

    /// An agent mixes trials up, so no line of it can be trusted.
    static func foreignTrial(line: Int) -> TrialFault {
        TrialFault(.protocolViolation, "agent line \(line): its trial is not in flight")
    }

    /// No result came in time.
    static func timedOut(after milliseconds: Int) -> TrialFault {
        TrialFault(.timedOut, "no result within \(milliseconds) ms")
    }

    /// The process ended before the result.
    static func ended(_ end: AgentProcess.End) -> TrialFault {
        switch end {
        case .notStarted(let reason): TrialFault(.unavailable, reason)
        case .exited(code: 0, let cut?), .closedOutput(let cut?):
            TrialFault(
                .protocolViolation, "agent line \(cut): the output ends in the middle of a line; a line break ends each line")
        case .exited(let code, _): TrialFault(.crashed, "the agent exited with status \(code) before its result")
        case .signaled(let signal, _): TrialFault(.crashed, "the agent was ended by signal \(name(of: signal)) before its result")
        case .closedOutput(nil): TrialFault(.crashed, "the agent closed its output before its result")
        }
    }

    private static func name(of signal: Int32) -> String {
        let names: [Int32: String] = [
            1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 6: "SIGABRT", 8: "SIGFPE", 9: "SIGKILL", 11: "SIGSEGV",
            13: "SIGPIPE", 15: "SIGTERM",
        ]
        return names[signal].map { "\(signal) (\($0))" } ?? "\(signal)"
    }
}
