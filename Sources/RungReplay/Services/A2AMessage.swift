import RungCore
import RungText

/// Messages of the Agent2Agent protocol in the words of one of its versions.
struct A2AMessage: Sendable {
    private let version: A2ATransportSettings.Version

    init(_ version: A2ATransportSettings.Version) { self.version = version }

    /// What an agent answered.
    enum Answer: Sendable, Equatable {
        /// It is at it; its task has this id.
        case working(task: String)
        case answered(JSONValue)
        /// In the words of the protocol, such as `failed`, and in its own.
        case failed(state: String, words: String)
    }

    /// The message of a trial. Messages so far come first, each a part with its speaker in front, because a new conversation knows none.
    ///
    /// - Parameter id: of the message; agents take a second one with the same id for the first.
    func send(_ request: TrialRequest, id: String) -> JSONValue {
        let scenario = request.scenario
        var parts = scenario.messages.map { part("\($0.role.rawValue): \($0.content)") }
        if !scenario.input.isNull || parts.isEmpty {
            parts.append(
                scenario.input.members == nil && scenario.input.arrayValue == nil ? part(scenario.input.plainText) : data(scenario.input))
        }
        var message: [JSONValue.Member] = [
            .init("role", version == .v0_3 ? "user" : "ROLE_USER"), .init("parts", .array(parts)),
            .init("messageId", .string(id)),
        ]
        if version == .v0_3 { message.insert(.init("kind", "message"), at: 0) }
        return call(version == .v0_3 ? "message/send" : "SendMessage", ["message": .object(message)])
    }

    /// Asks for a task.
    func get(_ task: String) -> JSONValue { call(version == .v0_3 ? "tasks/get" : "GetTask", ["id": .string(task)]) }

    /// Reads the answer to either.
    func read(_ answer: JSONValue) throws(TrialFault) -> Answer {
        if let error = answer["error"], !error.isNull {
            return .failed(state: "a2a-\(error["code"]?.intValue ?? 0)", words: error["message"]?.plainText ?? "")
        }
        guard let result = answer["result"], result.members != nil else {
            throw TrialFault(.protocolViolation, "the agent's answer has neither result nor error")
        }
        if let message = result["message"] ?? (result["kind"]?.stringValue == "message" ? result : nil) {
            return .answered(try Self.output(message["parts"]))
        }
        let task = result["task"] ?? result
        guard let state = task["status"]?["state"]?.stringValue else {
            throw TrialFault(.protocolViolation, "the agent answered with neither a message nor a task")
        }
        let word = state.hasPrefix("TASK_STATE_") ? state.dropFirst(11).lowercased().replacing("_", with: "-") : state
        let said = task["status"]?["message"]?["parts"]
        switch word {
        case "submitted", "working":
            guard let id = task["id"]?.stringValue else { throw TrialFault(.protocolViolation, "a task of the agent has no id") }
            return .working(task: id)
        // It asks back: that is its answer to this message.
        case "completed", "input-required":
            let artifacts = task["artifacts"]?.arrayValue ?? []
            let parts = artifacts.flatMap { $0["parts"]?.arrayValue ?? [] }
            return .answered(try Self.output(parts.isEmpty || word == "input-required" ? said : .array(parts)))
        case "auth-required", "canceled", "failed", "rejected", "unknown":
            return .failed(state: word, words: said.flatMap { try? Self.output($0) }?.plainText ?? "")
        default: throw TrialFault(.protocolViolation, "the state of the agent's task is none of the protocol's")
        }
    }

    /// Texts joined; a single part with data as its data; several of both as a list.
    private static func output(_ parts: JSONValue?) throws(TrialFault) -> JSONValue {
        let parts = parts?.arrayValue ?? []
        let texts = parts.compactMap { $0["text"]?.stringValue }
        if texts.count == parts.count { return .string(texts.joined(separator: "\n")) }
        let values = parts.compactMap { $0["text"] ?? $0["data"] }
        guard values.count == parts.count else {
            throw TrialFault(.protocolViolation, "the agent answered with a file, which cannot be graded")
        }
        return values.count == 1 ? values[0] : .array(values)
    }

    private func part(_ text: String) -> JSONValue {
        version == .v0_3 ? ["kind": "text", "text": .string(text)] : ["text": .string(text)]
    }

    private func data(_ value: JSONValue) -> JSONValue { version == .v0_3 ? ["kind": "data", "data": value] : ["data": value] }

    private func call(_ method: String, _ parameters: JSONValue) -> JSONValue {
        ["jsonrpc": "2.0", "id": 1, "method": .string(method), "params": parameters]
    }
}
