import RungImport
import RungText
import Testing

struct VCRReportTests {
    private static let text = #"""
        version: 1
        interactions:
        - request: {method: POST, uri: 'https://api.openai.com/v1/chat/completions?key=k', headers: {}, body: '{}'}
          response:
            status: {code: 200, message: OK}
            headers: {content-type: [application/json]}
            body: {string: '{"model":"m","choices":[{"index":0,"finish_reason":"stop","message":{"content":"hi","tool_calls":[
              {"id":"c","function":{"name":"f","arguments":"{\"a\":1}"}}]}}],"usage":{"prompt_tokens":1,"completion_tokens":2}}'}
        - request: {method: GET, uri: 'https://api.openai.com/v1/files', headers: {}, body: null}
          response: {status: {code: 404, message: no}, headers: {}, body: {string: '{"error":{"code":"not_found","message":"my prompt"}}'}}
        - request: {method: POST, uri: 'https://api.anthropic.com/v1/messages', headers: {}, body: null}
          response: {status: {code: 200, message: OK}, headers: {}, body: {string: "event: ping\ndata: {\"type\": \"ping\"}\n\n"}}
        """#

    private static func report() throws -> VCRReport {
        VCRReport(try VCRReader.read(Array(text.utf8), name: "talk.yaml")) { $0.replacing("key=k", with: "key=-") }
    }

    @Test func `for tools, one object with everything`() throws {
        let expected = """
            {"exchanges":[{"index":0,"provider":"openai","kind":"openai.chat","method":"POST",\
            "url":"https://api.openai.com/v1/chat/completions?key=-","status":200,"streamed":false,"model":"m",\
            "outputs":[{"text":"hi","finish":"stop","toolCalls":[{"id":"c","name":"f","arguments":"{\\"a\\":1}"}]}],\
            "usage":{"input":1,"output":2,"cacheRead":null,"cacheCreation":null,"reasoning":null},"error":null},\
            {"index":1,"provider":"openai","kind":"other","method":"GET","url":"https://api.openai.com/v1/files","status":404,\
            "streamed":false,"model":null,"outputs":[],"usage":null,"error":"the provider answered with status 404 (not_found)"},\
            {"index":2,"provider":"anthropic","kind":"anthropic.messages","method":"POST","url":"https://api.anthropic.com/v1/messages",\
            "status":200,"streamed":true,"model":null,"outputs":[],"usage":null,\
            "error":"the stream ended before the answer was complete"}]}
            """
        let report = try Self.report()
        #expect(JSONText.compact(report.json(isNamed: false)) == expected)
        #expect(
            JSONText.compact(report.json(isNamed: true)) == expected.replacing(#"{"exchanges""#, with: #"{"file":"talk.yaml","exchanges""#))
    }

    @Test func `both forms keep the schema`() throws {
        for isNamed in [false, true] {
            let node = try JSONReader.read(JSONText.compact(try Self.report().json(isNamed: isNamed)))
            var diagnostics = Diagnostics()
            Shape.object(VCRReport.shape).check(node, file: "report", into: &diagnostics)
            #expect(diagnostics.all.map(\.text).isEmpty)
        }
    }

    @Test func `for people, a line for the file and one for each answer that is none`() throws {
        #expect(
            try Self.report().text == """
                talk.yaml: 3 exchanges: 1 anthropic.messages, 1 openai.chat, 1 other; 1 streamed
                talk.yaml:9:3: note: the provider answered with status 404 (not_found)
                talk.yaml:11:3: note: the stream ended before the answer was complete
                """)
        #expect(VCRReport(try VCRReader.read(Array("interactions: []".utf8), name: "a.yaml")).text == "a.yaml: 0 exchanges")
    }
}
