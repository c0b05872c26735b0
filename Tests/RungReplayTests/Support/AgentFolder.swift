import Foundation
import RungCore
import RungCrypto
import RungText
import Synchronization

@testable import RungReplay

/// A temporary folder with an agent's program in it; removed with the last reference.
final class AgentFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/rung-replay-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws {
        try text.write(toFile: path + "/" + name, atomically: true, encoding: .utf8)
    }

    /// The text of a file; nil while it is not there.
    func read(_ name: String) -> String? { try? String(contentsOfFile: path + "/" + name, encoding: .utf8) }

    /// Waits until the program has written a file that ends with a line break; nil after a minute.
    func waitFor(_ name: String) async throws -> String? {
        for _ in 0..<3_000 {
            if let text = read(name), text.hasSuffix("\n") { return text.trimmingCharacters(in: .newlines) }
            try await Task.sleep(for: .milliseconds(20))
        }
        return nil
    }
}

/// A command transport for a script, and the talk that it gave.
final class ScriptedAgent: Sendable {
    let folder: AgentFolder
    let transport: CommandTransport
    private let talk = Talk()

    enum Language { case shell, python }

    init(
        _ language: Language, _ script: String, mode: CommandTransportSettings.Mode = .perTrial,
        environment: [String: String] = [:], adjust: (inout AgentLimits) -> Void = { _ in }
    ) throws {
        folder = try AgentFolder()
        try folder.write("agent", script)
        let settings = CommandTransportSettings(
            command: [language == .shell ? "/bin/sh" : "python3", "agent"], mode: mode, environment: environment)
        let agent = Agent(id: "tester", transport: .command(settings), location: SourceLocation(file: "a.yaml", line: 1))
        var limits = AgentLimits()
        adjust(&limits)
        transport = CommandTransport(agent: agent, settings: settings, workspace: folder.path, limits: limits) { [talk] line in
            talk.lines.withLock { $0.append(line) }
        }
    }

    convenience init(
        _ script: String, mode: CommandTransportSettings.Mode = .perTrial, environment: [String: String] = [:],
        adjust: (inout AgentLimits) -> Void = { _ in }
    ) throws {
        try self.init(.shell, script, mode: mode, environment: environment, adjust: adjust)
    }

    var log: [AgentLogLine] { talk.lines.withLock { $0 } }

    /// The transcript, or the fault as its text.
    func outcome(_ request: TrialRequest) async -> Outcome {
        do {
            return .transcript(try await transport.perform(request))
        } catch {
            return .fault(error)
        }
    }

    private final class Talk: Sendable {
        let lines = Mutex<[AgentLogLine]>([])
    }
}

enum Outcome: Sendable, Equatable {
    case transcript(Transcript)
    case fault(TrialFault)

    var output: JSONValue? { if case .transcript(let transcript) = self { transcript.output } else { nil } }
    var fault: TrialFault? { if case .fault(let fault) = self { fault } else { nil } }
    var transcript: Transcript? { if case .transcript(let transcript) = self { transcript } else { nil } }
}

extension TrialRequest {
    /// A request with a generous time limit.
    static func sample(_ id: String = "t", timeoutMs: Int = 60_000, input: JSONValue = "ping") -> TrialRequest {
        let scenario = Scenario(
            id: "greet", input: input, digest: SHA256Hasher.digest(of: "greet"), location: SourceLocation(file: "s.jsonl", line: 1))
        return TrialRequest(
            trialID: id, agent: "tester", index: 0, seed: 1, timeoutMs: timeoutMs, scenario: scenario, prompts: [])
    }
}

/// Whether the process has gone, or is only waiting to be reaped; looks for up to a minute.
func hasEnded(_ pid: String) async throws -> Bool {
    for _ in 0..<3_000 {
        guard let status = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return true }
        if status.split(separator: ")").last?.hasPrefix(" Z") == true { return true }
        try await Task.sleep(for: .milliseconds(20))
    }
    return false
}
