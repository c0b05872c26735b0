internal import RungCore
internal import RungText

/// Reads how an agent is reached, after its shape has been checked, and finds what a shape cannot.
struct TransportReading {
    private let file: String
    private var diagnostics: Diagnostics

    /// - Parameter agent: the whole entry of the agent.
    static func read(_ agent: Node, file: String, into diagnostics: inout Diagnostics) -> Agent.Transport {
        guard let node = agent["transport"], let kind = node["kind"]?.string else { return .transcript }
        var reading = TransportReading(file: file, diagnostics: Diagnostics())
        let transport = reading.transport(kind, node, agent)
        for diagnostic in reading.diagnostics.all { diagnostics.append(diagnostic) }
        return transport
    }

    private mutating func transport(_ kind: String, _ node: Node, _ agent: Node) -> Agent.Transport {
        if let dialect = ModelTransportSettings.Dialect(rawValue: kind) { return .model(model(dialect, node, agent)) }
        switch kind {
        case "a2a":
            let version = node["version"]?.string.flatMap(A2ATransportSettings.Version.init)
            return .a2a(A2ATransportSettings(service: service(node), version: version ?? .v1_0))
        case "command": return .command(Self.program(node))
        case "http":
            return .http(
                HTTPTransportSettings(
                    service: service(node), method: node["method"]?.string ?? "POST", body: node["body"].flatMap { template($0) },
                    answer: answer(node["answer"])))
        case "mcp":
            let empty = try? JSONTemplate(.object([]))
            guard let server = server(node), let arguments = node["arguments"].flatMap({ template($0) }) ?? empty else {
                return .transcript
            }
            return .mcp(
                MCPTransportSettings(
                    server: server, tool: node["tool"]?.string ?? "", arguments: arguments, output: node["answer"].flatMap { path($0) }))
        default: return .transcript
        }
    }

    // MARK: - Models

    private mutating func model(_ dialect: ModelTransportSettings.Dialect, _ node: Node, _ agent: Node) -> ModelTransportSettings {
        var settings = ModelTransportSettings(dialect: dialect)
        settings.url = node["url"].flatMap { address($0) }
        settings.key = node["key"]?.string
        settings.headers = headers(node)
        settings.concurrency = node["concurrency"]?.int ?? settings.concurrency
        settings.rounds = node["rounds"]?.int ?? settings.rounds
        var names: Set<String> = []
        for tool in node["tools"]?.array ?? [] {
            guard let name = tool["name"]?.string else { continue }
            if !names.insert(name).inserted { report(tool, "tool \"\(name)\" is defined twice") }
            settings.tools.append(
                ModelTransportSettings.ToolProgram(
                    name: name, description: tool["description"]?.string, parameters: tool["parameters"]?.json ?? .object([]),
                    program: tool["command"] == nil ? nil : Self.program(tool)))
        }
        settings.servers = (node["servers"]?.array ?? []).compactMap { server($0) }
        check(agent, kind: dialect.rawValue, at: node, defined: names, hasServers: !settings.servers.isEmpty)
        return settings
    }

    private mutating func check(_ agent: Node, kind: String, at node: Node, defined: Set<String>, hasServers: Bool) {
        let model = agent["configuration"]?["model"]
        if model?.string?.isEmpty ?? true {
            report(
                model ?? agent["configuration"] ?? node, "transport \(kind) does not know which model to call",
                "name it in the agent's configuration, with its parameters: configuration: { model: …, temperature: 0 }")
        }
        for key in ["input", "instructions", "messages", "stream", "system", "tools"] {
            guard let value = agent["configuration"]?[key] else { continue }
            report(value, "\"\(key)\" is what Rung puts together itself", "leave it out of the configuration")
        }
        guard !hasServers else { return }
        for name in agent["tools"]?.array ?? [] {
            guard let text = name.string, !defined.contains(text) else { continue }
            report(
                name, "tool \"\(text)\" has no definition",
                NearestWord.of(text, among: Array(defined)).map { "did you mean \"\($0)\"?" }
                    ?? "define it under transport.tools, or name a server that offers it under transport.servers")
        }
    }

    // MARK: - Parts

    private mutating func service(_ node: Node) -> ServiceSettings {
        ServiceSettings(
            url: node["url"].flatMap { address($0) } ?? "", headers: headers(node),
            concurrency: node["concurrency"]?.int ?? ServiceSettings.usualConcurrency)
    }

    private mutating func server(_ node: Node) -> MCPServerSettings? {
        let tools = node["tools"]?.strings
        switch (node["url"], node["command"]) {
        case (_?, nil):
            for key in ["directory", "environment"] {
                if let value = node[key] { report(value, "\(key) belongs to a server that is started with command") }
            }
            return MCPServerSettings(.service(service(node)), tools: tools)
        case (nil, _?):
            for key in ["headers", "concurrency"] {
                if let value = node[key] { report(value, "\(key) belongs to a server at a url") }
            }
            return MCPServerSettings(.program(Self.program(node)), tools: tools)
        default:
            report(node, "a server has either a url or a command")
            return nil
        }
    }

    private static func program(_ node: Node) -> CommandTransportSettings {
        var settings = CommandTransportSettings(command: node["command"]?.strings ?? [])
        settings.mode = node["mode"]?.string.flatMap(CommandTransportSettings.Mode.init) ?? .perTrial
        settings.directory = node["directory"]?.string
        for member in node["environment"]?.members ?? [] { settings.environment[member.key] = member.value.string ?? "" }
        return settings
    }

    private mutating func answer(_ node: Node?) -> HTTPTransportSettings.AnswerPlaces {
        guard let node else { return HTTPTransportSettings.AnswerPlaces() }
        guard node.members != nil else { return HTTPTransportSettings.AnswerPlaces(output: path(node)) }
        var places = HTTPTransportSettings.AnswerPlaces(output: node["output"].flatMap { path($0) })
        places.explanation = node["explanation"].flatMap { path($0) }
        places.inputTokens = node["input-tokens"].flatMap { path($0) }
        places.outputTokens = node["output-tokens"].flatMap { path($0) }
        places.cost = node["cost"].flatMap { path($0) }
        if let calls = node["tool-calls"], let list = calls["list"].flatMap({ path($0) }) {
            var found = HTTPTransportSettings.ToolCallPlaces(list: list, result: calls["result"].flatMap { path($0) })
            if let name = calls["name"].flatMap({ path($0) }) { found.name = name }
            if let arguments = calls["arguments"].flatMap({ path($0) }) { found.arguments = arguments }
            places.toolCalls = found
        }
        return places
    }

    private mutating func path(_ node: Node) -> ValuePath? {
        do { return try ValuePath(node.string ?? "") } catch {
            report(node, "\"\(node.string ?? "")\" is no path: \(error.reason)")
            return nil
        }
    }

    private mutating func template(_ node: Node) -> JSONTemplate? {
        do {
            let template = try JSONTemplate(node.json)
            for place in template.places {
                guard let first = place.steps.first, !TrialRequest.parts.contains(first) else { continue }
                report(
                    node, "a trial has no \"\(first)\"",
                    NearestWord.of(first, among: TrialRequest.parts).map { "did you mean \"\($0)\"?" }
                        ?? "it has \(TrialRequest.parts.joined(separator: ", "))")
            }
            return template
        } catch {
            report(node, error.reason)
            return nil
        }
    }

    private mutating func address(_ node: Node) -> String? {
        let text = node.string ?? ""
        let rest = ["http://", "https://"].lazy.compactMap { text.lowercased().hasPrefix($0) ? text.dropFirst($0.count) : nil }.first
        guard let rest, let first = rest.first, first != "/", text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            report(node, "\"\(text)\" is no address", "write it as http://HOST/PATH or https://HOST/PATH")
            return nil
        }
        if rest.prefix(while: { $0 != "/" && $0 != "?" }).contains("@") {
            report(node, "an address holds no password", "send it in a header, with ${NAME} for the variable that holds it")
        }
        return text
    }

    private mutating func headers(_ node: Node) -> [String: String] {
        var headers: [String: String] = [:]
        for member in node["headers"]?.members ?? [] {
            let value = member.value.string ?? ""
            let isName = !member.key.isEmpty && member.key.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
            if !isName { report(at: member.position, "\"\(member.key)\" is no name of a header") }
            if !value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) { report(member.value, "a header has no line breaks") }
            if let problem = VariableText.problem(in: value) { report(member.value, problem) }
            headers[member.key] = value
        }
        return headers
    }

    private mutating func report(_ node: Node, _ message: String, _ suggestion: String? = nil) {
        report(at: node.position, message, suggestion)
    }

    private mutating func report(at position: SourcePosition, _ message: String, _ suggestion: String? = nil) {
        diagnostics.append(Diagnostic(file, position, message, suggestion: suggestion))
    }
}
