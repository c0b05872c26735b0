import RungCore
import RungHTTP
import RungText

/// Recorded tools over HTTP: `/mcp` speaks the Model Context Protocol, `/tools/NAME` takes arguments and gives the result.
enum ToolRoute {
    /// The answer for a path of a trial; nil when it is not about tools.
    static func answer(_ request: StreamRequest, path: String, _ trial: ReplayTrial, _ tape: ReplayTape) -> StreamReply? {
        guard !tape.tools.toolset.isEmpty || path == "/mcp" else { return nil }
        if path == "/mcp" { return mcp(request, trial, tape) }
        guard path.hasPrefix("/tools/") else { return nil }
        let name = RequestTarget.decoded(String(path.dropFirst(7)))
        guard request.method == "POST" else { return plain(405, ["error": "call a tool with POST"]) }
        let arguments: JSONValue
        do { arguments = request.body.isEmpty ? .object([]) : try JSONReader.read(request.body).json } catch {
            return plain(400, ["error": "the arguments are not valid JSON"])
        }
        switch trial.call(name, arguments, tape) {
        case .success(let exchange): return plain(exchange.isError ? 422 : 200, exchange.result)
        case .failure(let miss):
            return MissAnswer.error(
                MissAnswer.missStatus, MissAnswer.missCode, "rung replay: \(miss.explanation.message)", path: path)
        }
    }

    /// One message of a client; this server never speaks first, so there is no stream to open and no session to end.
    private static func mcp(_ request: StreamRequest, _ trial: ReplayTrial, _ tape: ReplayTape) -> StreamReply {
        guard request.method == "POST" else { return plain(request.method == "DELETE" ? 200 : 405, .object([])) }
        let answer = MCPMessage.answer(request.body, toolset: tape.tools.toolset) { trial.call($0, $1, tape) }
        guard let answer else { return StreamReply(status: 202, body: []) }
        return plain(200, answer)
    }

    private static func plain(_ status: Int, _ body: JSONValue) -> StreamReply {
        StreamReply(status: status, headers: [HTTPHeader("content-type", "application/json")], body: Array(JSONText.compact(body).utf8))
    }
}
