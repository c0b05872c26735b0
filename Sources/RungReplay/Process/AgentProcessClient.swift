/// What somebody who talks to a process is told, and how its lines are read.
protocol AgentProcessClient: Sendable {
    /// A line as the client wants it.
    associatedtype Line: Sendable
    /// Reads a line, without its line break; lines are counted from 1.
    static func line(_ bytes: UnsafeBufferPointer<UInt8>, number: Int) -> Line
    /// Stands for a line that is longer than allowed; nothing that follows can be read.
    static func tooLong(number: Int) -> Line
    /// The process runs and can be written to.
    func started(_ process: AgentProcess)
    /// Complete lines, in order, with their sizes in bytes. False: nothing more is wanted.
    func receive(_ lines: [Line], from process: AgentProcess) -> Bool
    /// What came after the last line break before the output ended; never empty.
    func receive(cut rest: [UInt8])
    /// Acts on what is due at `now`; returns when something is due next.
    func tick(_ now: ContinuousClock.Instant, for process: AgentProcess) -> ContinuousClock.Instant?
}

extension AgentProcessClient {
    /// Half a line is no line.
    func receive(cut rest: [UInt8]) {}
}

extension AgentProcessClient where Line == AgentProcess.Line {
    static func line(_ bytes: UnsafeBufferPointer<UInt8>, number: Int) -> AgentProcess.Line {
        switch AgentLine.read(bytes, number: number) {
        case .success(let line): .read(line, number: number, size: bytes.count + 1)
        case .failure(let problem): .problem(problem, size: bytes.count + 1)
        }
    }

    static func tooLong(number: Int) -> AgentProcess.Line { .tooLong(number: number) }
}

extension AgentProcess {
    /// A line of an agent that was read, or why it could not be.
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
