import RungCore
import RungText
import Synchronization

/// One call of a tool that is a program: arguments in, answer out, and it is gone.
///
/// What it writes is its answer: JSON where it is JSON, text elsewhere. A status other than 0 makes the answer an error.
enum ToolProgramCall {
    /// Performs the call; ends with the trial at the latest.
    ///
    /// - Parameter talk: gets what the program writes to standard error.
    static func answer(
        _ launch: AgentLaunch, arguments: JSONValue, limits: AgentLimits, _ time: TrialTime, talk: @escaping @Sendable (String) -> Void
    ) async throws(TrialFault) -> ToolAnswer {
        let output = Mutex<[UInt8]>([])
        let process = LineProcess(launch, limits: limits, talk: talk) { line in
            output.withLock { output in
                if !output.isEmpty { output.append(UInt8(ascii: "\n")) }
                output += line
            }
        } ended: {
        }
        process.start()
        process.send(Array((JSONText.compact(arguments) + "\n").utf8))
        process.closeInput()
        do {
            try await time.within { await process.finished() }
        } catch {
            await process.stop()
            throw (error as? TrialFault) ?? .cancelled
        }
        // Who was cancelled may have been told that it is over while it goes on.
        if process.end == nil {
            await process.stop()
            throw .cancelled
        }
        if process.wroteTooMuch { throw .outputLimit("more than \(limits.outputBytes) bytes as a tool") }
        switch process.end {
        case .notStarted(let reason)?: throw TrialFault(.unavailable, "tool: \(reason)")
        case .signaled?, nil: return ToolAnswer(.string("the tool was ended by a signal"), isError: true)
        case .exited, .closedOutput: break
        }
        let bytes = output.withLock { $0 }
        let value = (try? JSONReader.read(bytes))?.json ?? .string(String(decoding: bytes, as: UTF8.self))
        return ToolAnswer(value, isError: process.status.map { $0 != 0 } ?? false)
    }
}
