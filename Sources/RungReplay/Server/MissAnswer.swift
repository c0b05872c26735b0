import RungHTTP
import RungText

/// Errors of the replay server itself, in the form that the SDK which asked can read, with a status that none of them retries.
enum MissAnswer {
    /// 422: not 404, which an agent may take for an answer of the world, and none of 408, 409, 429 and 5xx, which SDKs retry.
    static let missStatus = 422
    /// The word by which an error of the server is told from one of a provider.
    static let missCode = "rung_no_recording"

    /// The answer to a request without a recording.
    static func miss(_ explanation: MissExplanation, path: String, cassette: String) -> StreamReply {
        let message = "rung replay: \(explanation.message). Record anew with: rung record --refresh --cassette \(cassette) -- COMMAND"
        return error(missStatus, missCode, message, path: path)
    }

    /// The answer to an attempt to leave the machine.
    static func escape(_ host: String) -> StreamReply {
        error(403, "rung_escape", "rung replay: \(host) cannot be reached from a replayed trial; the attempt is recorded", path: "")
    }

    /// The answer when a server elsewhere gave none.
    static func unreachable(_ reason: String, path: String) -> StreamReply {
        error(502, "rung_upstream", "rung record: \(reason)", path: path)
    }

    /// An error in the form of the provider whose path it is; OpenAI's, which most others share, for all that are not known.
    static func error(_ status: Int, _ code: String, _ message: String, path: String) -> StreamReply {
        let body: JSONValue
        if path.hasSuffix("/messages") || path.contains("/messages/") {
            body = .object([
                "type": "error", "error": .object(["type": "invalid_request_error", "message": .string(message), "code": .string(code)]),
            ])
        } else if path.contains(":generateContent") || path.contains(":streamGenerateContent") || path.contains(":countTokens") {
            body = .object([
                "error": .object(["code": .int(status), "message": .string(message), "status": "INVALID_ARGUMENT", "reason": .string(code)])
            ])
        } else if path.hasSuffix("/v2/chat") || path.hasSuffix("/v1/chat") || path.contains("/api/chat") || path.contains("/api/generate") {
            // Cohere reads `message`, Ollama `error`.
            body = .object(["message": .string(message), "error": .string(message), "code": .string(code)])
        } else {
            body = .object([
                "error": .object([
                    "message": .string(message), "type": "invalid_request_error", "param": .null, "code": .string(code),
                ])
            ])
        }
        return StreamReply(
            status: status,
            headers: [
                HTTPHeader("content-type", "application/json"), HTTPHeader("x-should-retry", "false"), HTTPHeader("x-rung-error", code),
            ], body: Array(JSONText.compact(body).utf8))
    }
}
