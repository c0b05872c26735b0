import RungText
import Subprocess
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// One run of a program, mostly an agent's: its pipes, its time and its end. It knows lines, not what they mean.
///
/// A class, because the process is one resource that readers, writers and clocks share; all its state is in one lock.
final class AgentProcess: Sendable {
    private struct State {
        var outbox: [UInt8] = []
        var inputIsClosed = false
        var stopAt: ContinuousClock.Instant?
        var stage = Stage.running
        var standardError: RecentText
    }

    private enum Stage { case running, terminated, destroyed }

    private let launch: AgentLaunch
    private let limits: AgentLimits
    private let talk: @Sendable (String) -> Void
    private let state: Mutex<State>
    /// Wakes the writer.
    private let outgoing = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    /// Wakes the watch.
    private let alarms = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    /// - Parameter talk: gets each line of standard error.
    init(_ launch: AgentLaunch, limits: AgentLimits, talk: @escaping @Sendable (String) -> Void) {
        self.launch = launch
        self.limits = limits
        self.talk = talk
        state = Mutex(State(standardError: RecentText(limit: limits.standardErrorBytes)))
    }

    /// The last bytes of standard error so far.
    var standardErrorTail: String { state.withLock { $0.standardError.tail } }

    /// Queues bytes for standard input; everything queued while a write is under way goes out in one piece.
    func send(_ bytes: [UInt8]) {
        state.withLock { if !$0.inputIsClosed { $0.outbox.append(contentsOf: bytes) } }
        outgoing.continuation.yield()
    }

    /// Closes standard input once everything queued has been written.
    func closeInput() {
        state.withLock { $0.inputIsClosed = true }
        outgoing.continuation.yield()
    }

    /// Ends the process group: SIGTERM after `grace`, later SIGKILL. An earlier stop stays.
    func stop(after grace: Duration = .zero) {
        let instant = ContinuousClock.now + grace
        state.withLock { $0.stopAt = min($0.stopAt ?? instant, instant) }
        wake()
    }

    /// Has the client's `tick` called soon.
    func wake() { alarms.continuation.yield() }

    /// Runs the program to its end; returns when it and its group are gone.
    ///
    /// - Precondition: called once, in a task that is not cancelled.
    func run(_ client: some AgentProcessClient) async -> End {
        _ = ProcessGroup.ignoreBrokenPipes
        guard let program = launch.command.first, !program.isEmpty else {
            return .notStarted(reason: "the agent has no command")
        }
        do {
            let result = try await Subprocess.run(
                launch.configuration, input: .inputWriter, output: .sequence, error: .sequence
            ) { execution in
                await converse(
                    ProcessGroup(leader: execution.processIdentifier.value), execution.standardInputWriter,
                    execution.standardOutput, execution.standardError, client)
            }
            let (cut, hadExited) = result.closureResult
            switch result.terminationStatus {
            case _ where !hadExited: return .closedOutput(cut: cut)
            case .exited(let code): return .exited(code: code, cut: cut)
            case .signaled(let signal): return .signaled(signal, cut: cut)
            }
        } catch {
            return .notStarted(reason: launch.reason(for: error))
        }
    }

    /// Talks to the process until it has ended. swift-subprocess reaps it afterwards, so every signal is sent in here.
    private func converse(
        _ group: ProcessGroup, _ input: StandardInputWriter, _ output: SubprocessOutputSequence,
        _ errors: SubprocessOutputSequence, _ client: some AgentProcessClient
    ) async -> (cut: Int?, hadExited: Bool) {
        RunningAgents.add(group)
        defer { RunningAgents.remove(group) }
        return await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await self.write(to: input) }
            tasks.addTask { await self.readErrors(errors) }
            tasks.addTask { await self.watch(group, client) }
            client.started(self)
            let cut = await readLines(output, client)
            stop(after: limits.exitGrace)
            let hadExited = await exit(of: group)
            group.destroy()
            outgoing.continuation.finish()
            alarms.continuation.finish()
            tasks.cancelAll()
            return (cut, hadExited)
        }
    }
}

// MARK: - Pipes

extension AgentProcess {
    /// Returns the number of the line in whose middle the output ended; nil when it ended with a line break.
    private func readLines<Client: AgentProcessClient>(_ output: SubprocessOutputSequence, _ client: Client) async -> Int? {
        var scanner = LineScanner(limit: limits.lineBytes)
        var number = 0
        var lines: [Client.Line] = []
        do {
            for try await buffer in output {
                do {
                    try buffer.withUnsafeBytes { chunk in
                        try scanner.push(chunk) { bytes in
                            number += 1
                            lines.append(Client.line(bytes, number: number))
                        }
                    }
                } catch {
                    lines.append(Client.tooLong(number: number + 1))
                }
                guard !lines.isEmpty else { continue }
                guard client.receive(lines, from: self) else { return nil }
                lines.removeAll(keepingCapacity: true)
            }
        } catch {
            // A pipe that cannot be read any more has ended; how the process ended says why.
        }
        guard !scanner.rest.isEmpty else { return nil }
        client.receive(cut: Array(scanner.rest))
        return number + 1
    }

    private func readErrors(_ errors: SubprocessOutputSequence) async {
        var afterEnd = 0
        do {
            for try await buffer in errors {
                // The task is cancelled when the process is gone; a descendant outside its group may write for ever.
                if Task.isCancelled { afterEnd += buffer.count }
                if afterEnd > 16 * limits.standardErrorBytes { break }
                var lines: [String] = []
                state.withLock { state in
                    buffer.withUnsafeBytes { chunk in state.standardError.push(chunk) { lines.append($0) } }
                }
                for line in lines { talk(line) }
            }
        } catch {
            // What was read until here is kept; standard error decides nothing.
        }
        var last: [String] = []
        state.withLock { $0.standardError.finish { last.append($0) } }
        for line in last { talk(line) }
    }

    /// Writes what is queued until the input is closed or nobody reads it. A program may answer without reading.
    private func write(to input: StandardInputWriter) async {
        for await _ in outgoing.stream {
            let (bytes, isLast) = state.withLock { state in
                let bytes = state.outbox
                state.outbox = []
                return (bytes, state.inputIsClosed)
            }
            if !bytes.isEmpty {
                guard let count = try? await input.write(bytes), count == bytes.count else { break }
            }
            if isLast { break }
        }
        state.withLock { state in
            state.inputIsClosed = true
            state.outbox = []
        }
        try? await input.finish()
    }
}

// MARK: - Time

extension AgentProcess {
    /// One watch for all deadlines of the process: sleeps until the earliest one, or until it is woken.
    private func watch(_ group: ProcessGroup, _ client: some AgentProcessClient) async {
        let alarms = self.alarms
        await withDiscardingTaskGroup { sleepers in
            var armed: ContinuousClock.Instant?
            wake()
            for await _ in alarms.stream {
                let now = ContinuousClock.now
                if let instant = armed, instant <= now { armed = nil }
                let due = [client.tick(now, for: self), stopStep(group, now)].compactMap { $0 }.min()
                guard let due else { continue }
                if let instant = armed, instant <= due { continue }
                armed = due
                sleepers.addTask {
                    try? await Task.sleep(until: due, clock: .continuous)
                    alarms.continuation.yield()
                }
            }
            sleepers.cancelAll()
        }
    }

    /// Sends the signal that is due; returns when the next one is.
    private func stopStep(_ group: ProcessGroup, _ now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        state.withLock { state in
            guard let stopAt = state.stopAt else { return nil }
            if state.stage == .running, stopAt <= now {
                group.terminate()
                state.stage = .terminated
                state.stopAt = now + limits.terminationGrace
            } else if state.stage == .terminated, stopAt <= now {
                group.destroy()
                state.stage = .destroyed
                state.stopAt = nil
            }
            return state.stopAt
        }
    }

    /// Waits for the process to exit, which `stop` makes sure of. Returns whether it did so before a signal.
    ///
    /// A pipe can end long before its process and the other way round, so neither stands for the other.
    private func exit(of group: ProcessGroup) async -> Bool {
        var pause = Duration.microseconds(250)
        while !group.leaderHasExited {
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(20))
        }
        return state.withLock { $0.stage == .running }
    }
}
