import Foundation

/// A running `rung serve` on a free port of this machine.
struct Receiver: Sendable {
    let program: Program
    /// Such as `http://127.0.0.1:40123`.
    let url: String

    /// Starts a receiver and waits until it listens.
    static func start(
        in folder: Folder, _ options: String..., evidence: String = "evidence.db", deadline: Double = 300
    ) async throws -> Receiver {
        let words = [Rung.path, "serve", "--listen", "127.0.0.1:0", "--evidence", evidence] + options
        let program = try Program.start(words, in: folder.path, environment: [:], stdin: nil, deadline: deadline)
        let end = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < end {
            let said = program.stderrSoFar
            if let line = said.split(separator: "\n").first(where: { $0.hasPrefix("listening on ") }), said.contains("\n") {
                return Receiver(program: program, url: String(line.dropFirst("listening on ".count)))
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        program.send(SIGKILL)
        throw Program.Failure(description: "the receiver never listened: \(program.stderrSoFar)")
    }

    /// Tells it to stop, and waits until it has.
    func stop(_ signal: Int32 = SIGTERM) async throws -> Output {
        program.send(signal)
        return try await program.wait()
    }

    /// What a request was answered with.
    struct Answer: Sendable {
        var status: Int
        var headers: [String: String]
        var body: String
    }

    /// Posts a body; status 0 when the connection broke.
    func post(_ path: String, _ body: Data, _ headers: [String: String] = ["content-type": "application/json"]) async throws -> Answer {
        try await request("POST", path, body, headers)
    }

    func get(_ path: String) async throws -> Answer { try await request("GET", path, nil, [:]) }

    private func request(_ method: String, _ path: String, _ body: Data?, _ headers: [String: String]) async throws -> Answer {
        var words = ["curl", "-s", "-i", "-X", method, "--max-time", "100", "-H", "expect:"]
        for (name, value) in headers { words += ["-H", "\(name): \(value)"] }
        let file = Folder.temporaryName()
        if let body {
            try body.write(to: URL(fileURLWithPath: file))
            words += ["--data-binary", "@\(file)"]
        }
        let output = try await Program.run(["/usr/bin/env"] + words + [url + path], in: "/tmp")
        try? FileManager.default.removeItem(atPath: file)
        return Answer(output.stdout)
    }
}

extension Receiver.Answer {
    /// Reads what `curl -i` printed.
    fileprivate init(_ text: String) {
        let parts = text.replacingOccurrences(of: "\r\n", with: "\n").components(separatedBy: "\n\n")
        let lines = parts[0].components(separatedBy: "\n")
        status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        headers = Dictionary(
            lines.dropFirst().compactMap { line in
                guard let colon = line.firstIndex(of: ":") else { return nil }
                return (line[..<colon].lowercased(), line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces))
            }
        ) { first, _ in first }
        body = parts.dropFirst().joined(separator: "\n\n")
    }
}

extension Folder {
    /// Agent, tool, effect and number of the tool calls.
    static let toolCalls = """
        SELECT a.text, t.text, e.text, COUNT(*) FROM tool_call_records r JOIN record_codes a ON a.code = r.agent_id
        JOIN record_codes t ON t.code = r.tool JOIN record_codes e ON e.code = r.effect GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        """

    /// The rows of a query on the evidence, with columns joined by `|`.
    func query(_ sql: String, _ name: String = "evidence.db") async throws -> [String] {
        let output = try await Python.run(
            """
            import sqlite3, sys
            base = sqlite3.connect(sys.argv[1], timeout=60)
            for row in base.execute(sys.argv[2]):
                print("|".join("" if value is None else str(value) for value in row))
            """, name, sql, in: self)
        guard output.status == 0 else { throw Program.Failure(description: output.stderr) }
        return output.stdout.split(separator: "\n").map(String.init)
    }
}

/// Requests in JSON, made by hand.
enum Spans {
    /// A whole trace in one request: an agent, a model call with a cost, a tool call.
    static func trace(_ number: Int, agent: String = "support") -> Data {
        let spans = [model(number), tool(number), agentSpan(number, agent)]
        return request(spans)
    }

    static func request(_ spans: [String]) -> Data {
        Data(
            #"{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},"scopeSpans":[{"spans":[\#(spans.joined(separator: ","))]}]}]}"#
                .utf8)
    }

    static func agentSpan(_ number: Int, _ agent: String = "support") -> String {
        span(number, "a", nil, ["gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": agent, "user.id": "ana"])
    }

    static func model(_ number: Int) -> String {
        span(
            number, "b", "a", ["gen_ai.operation.name": "chat", "gen_ai.response.model": "m1"],
            more: #",{"key":"operation.cost","value":{"doubleValue":0.5}}"#)
    }

    static func tool(_ number: Int) -> String {
        span(number, "c", "a", ["gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "lookup"])
    }

    static func traceID(_ number: Int) -> String {
        let digits = String(number + 1, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }

    private static func span(_ number: Int, _ id: String, _ parent: String?, _ facts: [String: String], more: String = "") -> String {
        let attributes = facts.sorted { $0.key < $1.key }.map { #"{"key":"\#($0.key)","value":{"stringValue":"\#($0.value)"}}"# }
        let parentID = parent.map { #","parentSpanId":"\#(spanID($0))""# } ?? ""
        return
            #"{"traceId":"\#(traceID(number))","spanId":"\#(spanID(id))"\#(parentID),"name":"\#(id)","startTimeUnixNano":"1790762400000000000","endTimeUnixNano":"1790762401000000000","attributes":[\#(attributes.joined(separator: ","))\#(more)]}"#
    }

    private static func spanID(_ letter: String) -> String { String(repeating: letter, count: 16) }
}
