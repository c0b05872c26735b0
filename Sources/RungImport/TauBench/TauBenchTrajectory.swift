internal import RungCore
internal import RungText

/// The messages of one run as transcript events.
struct TauBenchTrajectory {
    private(set) var events: [TranscriptEvent] = []
    private(set) var callCount = 0
    /// Whether two calls of the run share an id.
    private(set) var reusesIDs = false

    private var pairing = ToolPairing()
    private var callIDs: Set<String> = []
    private var callNames: [String] = []
    private var answered = 0

    /// Nil when any message is wrong; each problem is a diagnostic.
    init?(_ messages: [Node], file: String, findings: inout ImportFindings, into diagnostics: inout Diagnostics) {
        var isRight = true
        for node in messages {
            guard let record = ForeignRecord(node, path: "traj[]", file: file, into: &diagnostics),
                let role = Self.role(of: record, into: &diagnostics)
            else {
                isRight = false
                continue
            }
            let isRead =
                switch role {
                case .system, .user: readMessage(record, role, findings: &findings, into: &diagnostics)
                case .assistant: readAssistant(record, findings: &findings, into: &diagnostics)
                case .tool: readResult(record, findings: &findings, into: &diagnostics)
                }
            isRight = isRight && isRead
        }
        guard isRight else { return nil }
        if answered < callCount, let last = messages.last {
            findings.note("traj[].tool_calls", "a run has calls without a result", at: last.position)
        }
    }

    private static func role(of record: ForeignRecord, into diagnostics: inout Diagnostics) -> Message.Role? {
        guard let word = record.required("role", "text", into: &diagnostics, { $0.string }) else { return nil }
        if let role = Message.Role(rawValue: word) { return role }
        let known = Message.Role.allCases.map(\.rawValue)
        diagnostics.append(
            Diagnostic(
                record.file, record.node["role"]?.position, "unknown role \"\(word)\"",
                suggestion: NearestWord.suggestion(for: word, among: known)))
        return nil
    }

    private mutating func readMessage(
        _ record: ForeignRecord, _ role: Message.Role, findings: inout ImportFindings, into diagnostics: inout Diagnostics
    ) -> Bool {
        record.noteUnknown(except: ["role", "content"], in: &findings)
        guard let content = record.required("content", "text", into: &diagnostics, { $0.string }) else { return false }
        events.append(.message(Message(role: role, content: content)))
        return true
    }

    /// What is said comes before the calls that are made in the same breath.
    private mutating func readAssistant(
        _ record: ForeignRecord, findings: inout ImportFindings, into diagnostics: inout Diagnostics
    ) -> Bool {
        record.noteUnknown(except: ["role", "content", "tool_calls"], in: &findings)
        let said = record.node["content"].flatMap { $0.isNull ? nil : $0 }
        let calls = record.node["tool_calls"].flatMap { $0.isNull ? nil : $0 }
        var isRight = true
        if said != nil {
            let content = record.required("content", "text or null", into: &diagnostics) { $0.string }
            if let content, !content.isEmpty { events.append(.message(Message(role: .assistant, content: content))) }
            isRight = content != nil
        }
        if calls != nil {
            guard let list = record.required("tool_calls", "a list or null", into: &diagnostics, { $0.array }) else { return false }
            for call in list {
                let isRead = readCall(call, file: record.file, findings: &findings, into: &diagnostics)
                isRight = isRight && isRead
            }
        }
        if !(said?.holdsSomething ?? false), !(calls?.holdsSomething ?? false) {
            events.append(.message(Message(role: .assistant, content: "")))
            findings.note("traj[].content", "an assistant message has neither content nor calls", at: record.node.position)
        }
        return isRight
    }

    private mutating func readCall(
        _ node: Node, file: String, findings: inout ImportFindings, into diagnostics: inout Diagnostics
    ) -> Bool {
        let path = "traj[].tool_calls[]"
        guard let record = ForeignRecord(node, path: path, file: file, into: &diagnostics) else { return false }
        record.noteUnknown(except: ["id", "type", "function"], in: &findings)
        let parts = record.required("function", "an object", into: &diagnostics) { $0.members == nil ? nil : $0 }
        guard let parts, let function = ForeignRecord(parts, path: path + ".function", file: file, into: &diagnostics) else {
            return false
        }
        function.noteUnknown(except: ["name", "arguments"], in: &findings)
        guard let name = function.required("name", "text", into: &diagnostics, { $0.string }),
            let arguments = function.required("arguments", "JSON text", into: &diagnostics, { $0.isNull ? nil : $0 })
        else { return false }
        let id = node["id"]?.string
        events.append(.toolCall(ToolCall(id: id, name: name, arguments: value(of: arguments, findings: &findings))))
        pairing.call(id: id)
        callNames.append(name)
        callCount += 1
        if let id, !callIDs.insert(id).inserted { reusesIDs = true }
        return true
    }

    /// Arguments travel as JSON inside a text; a text that is not JSON is kept as it is.
    private func value(of arguments: Node, findings: inout ImportFindings) -> JSONValue {
        guard let text = arguments.string else { return arguments.json }
        if let value = try? JSONReader.read(text) { return value.json }
        findings.note("traj[].tool_calls[].function.arguments", "not JSON, kept as text", at: arguments.position)
        return .string(text)
    }

    private mutating func readResult(
        _ record: ForeignRecord, findings: inout ImportFindings, into diagnostics: inout Diagnostics
    ) -> Bool {
        record.noteUnknown(except: ["role", "content", "tool_call_id", "name"], in: &findings)
        guard let content = record.required("content", "text", into: &diagnostics, { $0.string }) else { return false }
        let id = record.node["tool_call_id"]?.string
        let call = pairing.result(id: id)
        if let call {
            answered += 1
            if let name = record.node["name"]?.string, name != callNames[call] {
                findings.note("traj[].name", "a result names another tool than the call it answers", at: record.node.position)
            }
        } else {
            findings.note("traj[].tool_call_id", "a result answers no call", at: record.node.position)
        }
        events.append(
            .toolResult(ToolResult(id: id, call: call, content: .string(content), isError: content.hasPrefix("Error"))))
        return true
    }
}
