import RungCore
import RungImport
import RungText
import Testing

struct VCRReaderTests {
    private static func read(_ text: String, limits: VCRLimits = VCRLimits()) throws -> [VCRExchange] {
        try VCRReader.read(Array(text.utf8), name: "talk.yaml", limits: limits).exchanges
    }

    private static func problems(_ text: String, limits: VCRLimits = VCRLimits()) -> String {
        do {
            _ = try read(text, limits: limits)
            return "none"
        } catch {
            return "\(error)"
        }
    }

    /// One interaction of vcrpy around the lines of a body.
    private static func vcrpy(response body: String, headers: String = "{}") -> String {
        """
        version: 1
        interactions:
        - request:
            method: POST
            uri: https://api.openai.com/v1/files
            headers: {}
            body: null
          response:
            status: {code: 200, message: OK}
            headers: \(headers)
            body: \(body)
        """
    }

    // MARK: - Dialects

    @Test func `vcrpy`() throws {
        let exchanges = try Self.read(
            """
            interactions:
            - request:
                body: '{"model":"m"}'
                headers:
                  Accept-Encoding: [gzip, br]
                  Content-Type: ["application/json"]
                  Content-Length: ["13"]
                  X-Bytes: [!!binary "aGk="]
                method: post
                uri: https://api.openai.com/v1/chat/completions?x=%20
              response:
                body:
                  string: "data: {}\\n\\ndata: [DONE]\\n\\n"
                headers:
                  content-type: [text/event-stream]
                  date: ["Thu, 09 Oct 2025 15:37:29 GMT"]
                  Set-Cookie: [a, b]
                  Transfer-Encoding: [chunked]
                status: {code: 200, message: OK}
            version: 1
            """)
        #expect(exchanges.count == 1 && exchanges[0].dialect == .vcrpy && exchanges[0].position == SourcePosition(line: 2, column: 3))
        let exchange = exchanges[0].exchange
        #expect(
            exchange.request
                == Exchange.Request(
                    method: "POST", url: "https://api.openai.com/v1/chat/completions?x=%20",
                    headers: [
                        .init("Accept-Encoding", "gzip"), .init("Accept-Encoding", "br"), .init("Content-Type", "application/json"),
                        .init("X-Bytes", "hi"),
                    ], body: Array(#"{"model":"m"}"#.utf8)))
        #expect(exchange.response.status == 200)
        #expect(exchange.response.headers.map(\.name) == ["content-type", "date", "Set-Cookie", "Set-Cookie"])
        #expect(exchange.response.body == [.init(Array("data: {}\n\n".utf8)), .init(Array("data: [DONE]\n\n".utf8))])
        #expect(exchange.recordedAt == Timestamp("2025-10-09T15:37:29Z"))
    }

    @Test func `pydantic-ai`() throws {
        let exchanges = try Self.read(
            """
            version: 1
            interactions:
            - request:
                method: POST
                uri: https://api.anthropic.com/v1/messages
                headers: {content-type: [application/json]}
                parsed_body: {max_tokens: 10, messages: [{content: 'héllo "you"', role: user}], "stream": false}
              response:
                status: {code: 200, message: OK}
                headers: {content-type: [application/json]}
                parsed_body: {n: 1.0e-05, nothing: null}
            """)
        #expect(exchanges.map(\.dialect) == [.parsedBody])
        let exchange = exchanges[0].exchange
        #expect(
            String(decoding: exchange.request.body, as: UTF8.self)
                == #"{"max_tokens": 10, "messages": [{"content": "héllo \"you\"", "role": "user"}], "stream": false}"#)
        #expect(String(decoding: exchange.response.bytes, as: UTF8.self) == #"{"n": 1.0e-05, "nothing": null}"#)
        #expect(exchange.recordedAt == nil)
    }

    @Test func `go-vcr`() throws {
        let exchanges = try Self.read(
            """
            ---
            version: 2
            interactions:
                - id: 0
                  request:
                    proto: HTTP/1.1
                    body: '{"a":1}'
                    form: {}
                    host: api.openai.com
                    url: https://api.openai.com/v1/responses
                    method: POST
                  response:
                    proto: HTTP/2.0
                    content_length: -1
                    body: |+
                        data: {"type":"ping"}

                        data: {}

                    headers: {}
                    status: 200 OK
                    code: 200
                    duration: 523.25ms
            """)
        #expect(exchanges.map(\.dialect) == [.goVCR])
        let response = exchanges[0].exchange.response
        #expect(response.status == 200)
        #expect(
            response.body == [
                .init(Array("data: {\"type\":\"ping\"}\n\n".utf8), afterMs: 523.25), .init(Array("data: {}\n\n".utf8)),
            ])
    }

    @Test func `JSON, too`() throws {
        let exchanges = try Self.read(
            #"""
            {"version": 1, "interactions": [{
              "request": {"method": "GET", "uri": "https://x.example/", "headers": {"a": "b"}, "body": null},
              "response": {"status": {"code": 204}, "headers": {}, "body": {"base64_string": "aGk\n="}}}]}
            """#)
        #expect(exchanges.count == 1)
        #expect(exchanges[0].exchange.request.headers == [.init("a", "b")])
        #expect(exchanges[0].exchange.response.bytes == Array("hi".utf8))
        #expect(try Self.read(#"{"interactions": [], "version": 1, "text": "\ud83d\ude04"}"#).isEmpty)
    }

    @Test func `no interactions are no problem`() throws {
        #expect(try Self.read("version: 1\ninteractions: []\n").isEmpty)
        #expect(try Self.read("version: 1\ninteractions:\n").isEmpty)
    }

    // MARK: - Bodies

    /// Made by Python: gzip and zlib of `{"ok":1}`.
    private static let gzip = "H4sIAAAAAAACA6tWys9WsjKsBQAJjFQQCAAAAA=="
    private static let deflate = "eJyrVsrPVrIyrAUAC5QCgg=="

    @Test(arguments: [
        ("null", "{}", ""), ("{string: ''}", "{}", ""), ("{string: null}", "{}", ""), ("plain", "{}", "plain"),
        ("{string: !!binary \"eyJvayI6MX0=\"}", "{}", #"{"ok":1}"#), ("!!binary \"eyJvayI6MX0=\"", "{}", #"{"ok":1}"#),
        ("{string: !!binary \"\(gzip)\"}", "{Content-Encoding: [gzip]}", #"{"ok":1}"#),
        ("{string: !!binary \"\(deflate)\"}", "{content-encoding: [deflate]}", #"{"ok":1}"#),
        ("{string: '{\"ok\":1}'}", "{content-encoding: [gzip]}", #"{"ok":1}"#),
        ("{string: '{\"ok\":1}'}", "{content-encoding: [br]}", #"{"ok":1}"#),
        ("{string: !!binary \"\(gzip)\"}", "{content-encoding: ['identity, x-gzip']}", #"{"ok":1}"#),
        ("{base64_string: eyJvayI6MX0=, encoding: utf-8}", "{}", #"{"ok":1}"#), ("{ok: [1, two]}", "{}", #"{"ok": [1, "two"]}"#),
        ("[1, 2]", "{}", "[1, 2]"), ("{string: {ok: 1}}", "{}", #"{"ok": 1}"#),
    ])
    func `bodies come unpacked`(body: String, headers: String, expected: String) throws {
        let exchanges = try Self.read(Self.vcrpy(response: body, headers: headers))
        #expect(String(decoding: exchanges[0].exchange.response.bytes, as: UTF8.self) == expected)
        #expect(exchanges[0].exchange.response.header("content-encoding") == nil)
    }

    @Test(arguments: [
        ("{string: !!binary \"/w==\"}", "{content-encoding: [br]}", "11:20: error: the body is packed with br, which is not supported"),
        ("{string: !!binary \"/w==\"}", "{content-encoding: [zstd]}", "11:20: error: the body is packed with zstd, which is not supported"),
        (
            "{string: !!binary \"/w==\"}", "{content-encoding: [sk-12345]}",
            "11:20: error: the body is packed with an unknown encoding, which is not supported"
        ), ("{string: !!binary \"/w=\"}", "{}", "11:20: error: not readable as base64"),
        ("!!binary \"H4sB/wAAAAAAAA==\"", "{content-encoding: [gzip]}", "11:11: error: the body cannot be unpacked: not readable as gzip"),
        (
            "!!binary \"H4sIAAAA\"", "{content-encoding: [gzip]}",
            "11:11: error: the body cannot be unpacked: the gzip data end too early"
        ),
    ])
    func `bodies that cannot be unpacked are refused with their place`(body: String, headers: String, expected: String) {
        #expect(Self.problems(Self.vcrpy(response: body, headers: headers)) == "talk.yaml:\(expected)\n1 problem")
    }

    @Test func `bodies come to no more than allowed`() {
        let limits = VCRLimits(bodyBytes: 60)
        let packed = Self.vcrpy(response: "!!binary \"\(Self.gzip)\"", headers: "{content-encoding: [gzip]}")
        #expect(Self.problems(packed, limits: limits) == "none")
        #expect(
            Self.problems(packed, limits: VCRLimits(bodyBytes: 41))
                == "talk.yaml:11:11: error: the body cannot be unpacked: the gzip data unpack to more than 1 bytes\n1 problem")
        let plain = Self.vcrpy(response: String(repeating: "x", count: 61))
        #expect(Self.problems(plain, limits: limits) == "talk.yaml:11:11: error: the bodies come to more than 60 bytes\n1 problem")
        let value = "words: &a [12345678901234567890]\n" + Self.vcrpy(response: "{a: *a, b: *a, c: *a}")
        #expect(Self.problems(value, limits: limits) == "talk.yaml:12:11: error: the bodies come to more than 60 bytes\n1 problem")
    }

    // MARK: - Refusals

    @Test(arguments: [
        ("", "1:1: error: the file is empty"), ("[]", "1:1: error: expected a recording, found array"),
        ("a: 1", "1:1: error: the file has no \"interactions\""),
        ("http_interactions: []", "1:1: error: a recording of VCR for Ruby (\"http_interactions\"), which is not supported"),
        ("log: {entries: []}", "1:1: error: a HAR file, which is not supported"),
    ])
    func `what is no recording is refused by its name`(text: String, expected: String) {
        #expect(
            Self.problems(text)
                == "talk.yaml:\(expected)\n  expected a recording of vcrpy, pydantic-ai or go-vcr: an object with \"interactions\"\n1 problem"
        )
    }

    @Test(arguments: [
        ("interactions:\n- kind: message\n  direction: sent\n", "2:3"), ("kind: message\nframes: []\n", "1:1"),
        ("version: 1\nmessages:\n- {direction: sent, kind: message}\n", "3:21"), ("- kind: message\n", "1:3"),
    ])
    func `messages of WebSockets are refused by name`(text: String, place: String) {
        #expect(
            Self.problems(text) == """
                talk.yaml:\(place): error: a recording of WebSocket messages ("kind: message"), which have no request and no response
                  record over HTTP, or leave the file out
                1 problem
                """)
    }

    @Test func `what an agent said may be a message`() throws {
        let text = """
            interactions:
            - kind: message
              request: {method: POST, uri: 'http://a.example/', parsed_body: {kind: message, request_sample: x}}
              response: {status: 200, parsed_body: {result: [{kind: message}]}}
            """
        #expect(try Self.read(text).count == 1)
    }

    @Test func `calls of gRPC are refused by name`() {
        #expect(
            Self.problems("version: 1\ninteractions:\n- method: Chat\n  request_sample: {}\n") == """
                talk.yaml:4:3: error: a recording of gRPC calls ("request_sample"), which hold no bytes of HTTP
                  record over HTTP, or leave the file out
                1 problem
                """)
    }

    @Test func `everything wrong with a file is told at once, in order, without what it holds`() {
        let text = """
            version: 3
            interactions:
            - request: {method: POST, uri: secret-path, headers: [], body: null}
              response: {status: {code: 99}, headers: {}, body: null}
            - request: {uri: 'https://x.example/', headers: {}}
            - secret prompt
            - response: {}
            - request: {method: 5, uri: '', headers: {}}
              response: secret answer
            - request: {method: GET, uri: 'https://x.example/'}
              response: {headers: {}}
            """
        #expect(
            Self.problems(text) == """
                talk.yaml:1:10: error: expected version 1 or 2, found 3
                talk.yaml:3:32: error: expected an absolute URL, found one without scheme and host
                talk.yaml:3:54: error: expected headers, found array
                talk.yaml:4:29: error: expected a status of 100 to 599, found 99
                talk.yaml:5:3: error: the interaction has no response
                talk.yaml:6:3: error: expected an interaction, found string
                talk.yaml:7:3: error: the interaction has no request
                talk.yaml:9:13: error: expected an object, found string
                talk.yaml:11:13: error: the response has no status
                9 problems
                """)
    }

    @Test func `what is no YAML is refused with its place`() {
        #expect(Self.problems("a: [").hasPrefix("talk.yaml:2:1: error: not readable as YAML: "))
        #expect(Self.problems("a: !!python/object:x {}").contains("talk.yaml:1:4: error: not readable as YAML: the tag"))
        do {
            _ = try VCRReader.read([0xFF, 0xFE], name: "talk.yaml")
            Issue.record("it was taken")
        } catch {
            #expect("\(error)" == "talk.yaml: error: the file is not UTF-8\n1 problem")
        }
    }

    @Test func `a file larger than allowed is not read`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("a [x].yaml", "version: 1\ninteractions: []\n")
        #expect(try VCRReader.read(path).exchanges.isEmpty)
        #expect(throws: InvalidInput.self) { try VCRReader.read(path, limits: VCRLimits(fileBytes: 20)) }
        #expect(throws: InvalidInput.self) { try VCRReader.read("\(folder.path)/missing.yaml") }
    }
}
