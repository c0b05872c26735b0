import Testing
import RungText
import RungWire

/// One recorded answer of a provider, written for the tests, and what it says.
struct AnswerSample: Sendable, CustomTestStringConvertible {
    var name: String
    var request: WireRequest
    var status = 200
    var headers: WireHeaders
    var body: [UInt8]
    var answer: ModelAnswer

    var testDescription: String { name }

    /// The answer, read in chunks.
    func read(cutAt cuts: [Int] = []) -> ModelAnswer {
        var reader = AnswerReader(request, status: status, headers: headers)
        var start = 0
        for cut in cuts.sorted() {
            reader.push(Array(body[start..<cut]))
            start = cut
        }
        reader.push(Array(body[start...]))
        return reader.finish()
    }

    static func plain(
        _ name: String, _ url: String, asked: String = "{}", status: Int = 200, headers: WireHeaders = ["content-type": "application/json"],
        _ body: String, _ answer: ModelAnswer
    ) -> AnswerSample {
        AnswerSample(
            name: name, request: WireRequest(method: "POST", url: url, body: Array(asked.utf8)), status: status, headers: headers,
            body: Array(body.utf8), answer: answer)
    }

    /// - Parameter events: the data of each; a name before a space and a brace is the event's name.
    static func events(_ name: String, _ url: String, asked: String = "{}", _ events: [String], _ answer: ModelAnswer) -> AnswerSample {
        var body = ": connected\r\n\r\n"
        for event in events {
            if let brace = event.firstIndex(of: "{"), brace > event.startIndex { body += "event: \(event[..<brace].dropLast())\n" }
            body += "data: \(event.firstIndex(of: "{").map { String(event[$0...]) } ?? event)\n\n"
        }
        return plain(name, url, asked: asked, headers: ["content-type": "text/event-stream; charset=utf-8"], body, answer)
    }

    static func lines(
        _ name: String, _ url: String, asked: String = "{}", type: String = "application/x-ndjson", _ lines: [String], _ answer: ModelAnswer
    ) -> AnswerSample {
        plain(name, url, asked: asked, headers: ["content-type": type], lines.joined(separator: "\n"), answer)
    }

    /// - Parameter messages: type of event and payload.
    static func messages(
        _ name: String, _ url: String, asked: String = "{}", _ messages: KeyValuePairs<String, String>, _ answer: ModelAnswer
    ) -> AnswerSample {
        var sample = plain(name, url, asked: asked, headers: ["content-type": "application/vnd.amazon.eventstream"], "", answer)
        for (type, payload) in messages {
            let headers: KeyValuePairs =
                type.hasSuffix("Exception")
                ? [":exception-type": type, ":message-type": "exception"] : [":event-type": type, ":message-type": "event"]
            sample.body += AWSSample.message(headers, payload)
        }
        return sample
    }
}
