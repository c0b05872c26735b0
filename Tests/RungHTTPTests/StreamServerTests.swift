import RungHTTP
import Synchronization
import Testing

@Suite struct StreamServerTests {
    private func serving(
        _ configuration: HTTPServerConfiguration = HTTPServerConfiguration(), _ handler: @escaping StreamHandler = Self.echo,
        _ body: (StreamServer) async throws -> Void
    ) async throws {
        let server = try await StreamServer.start(configuration, handler: handler)
        do { try await body(server) } catch {
            await server.stop(within: .seconds(5))
            throw error
        }
        await server.stop(within: .seconds(5))
    }

    /// Answers with method, target and body.
    @Sendable static func echo(_ request: StreamRequest) -> StreamAnswer {
        let text =
            "\(request.method) \(request.target) \(request.body.count < 100 ? String(decoding: request.body, as: UTF8.self) : "\(request.body.count)")\n"
        return .reply(StreamReply(status: 200, headers: [HTTPHeader("content-type", "text/plain")], body: Array(text.utf8)))
    }

    private func exchange(_ server: StreamServer, _ text: String) async throws -> String {
        try await exchange(server, Array(text.utf8))
    }

    private func exchange(_ server: StreamServer, _ bytes: [UInt8]) async throws -> String {
        let connection = try RawConnection(port: server.port)
        defer { connection.close() }
        await connection.send(bytes)
        return await connection.readToEnd()
    }

    private static let stream = StreamReply(
        status: 200,
        headers: [HTTPHeader("content-type", "text/event-stream"), HTTPHeader("Content-Length", "9"), HTTPHeader("x", "a\r\nb: c")],
        pieces: [.init(Array("data: 1\n\n".utf8), afterMs: 20), .init([]), .init(Array("data: 22\n\n".utf8), afterMs: 5)])
    private static let framed = "9\r\ndata: 1\n\n\r\na\r\ndata: 22\n\n\r\n0\r\n\r\n"
    private static let last = "GET /last HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"

    // MARK: - Requests and answers

    @Test func `an answer of one piece has its length`() async throws {
        try await serving { server in
            let answer = try await exchange(server, "POST /a?b=c HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 3\r\n\r\nxyz")
            #expect(
                answer == "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 16\r\nconnection: close\r\n\r\nPOST /a?b=c xyz\n")
        }
    }

    @Test(arguments: [StreamAnswer.reply(stream), .paced(stream)])
    func `an answer of several pieces has a chunk for each, and no header of the recording's connection`(_ reply: StreamAnswer) async throws
    {
        try await serving(HTTPServerConfiguration(), { $0.target == "/last" ? Self.echo($0) : reply }) { server in
            let answer = try await exchange(server, "GET /s HTTP/1.1\r\nhost: x\r\n\r\n" + Self.last)
            let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
            #expect(answer.hasPrefix(head + Self.framed + "HTTP/1.1 200 OK\r\n"), "\(answer)")
            #expect(answer.hasSuffix("GET /last \n"))
        }
    }

    @Test(arguments: [StreamAnswer.reply(stream), .paced(stream)])
    func `clients of HTTP 1_0 get the pieces without chunks`(_ reply: StreamAnswer) async throws {
        try await serving(HTTPServerConfiguration(), { _ in reply }) { server in
            let answer = try await exchange(server, "GET /s HTTP/1.0\r\n\r\n")
            #expect(answer == "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\ndata: 1\n\ndata: 22\n\n")
        }
    }

    @Test func `HEAD and statuses without a body have none`() async throws {
        try await serving(
            HTTPServerConfiguration(), { $0.method == "HEAD" ? .reply(Self.stream) : .reply(StreamReply(status: 204, body: [1])) }
        ) {
            server in
            let head = try await exchange(server, "HEAD / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            #expect(head.hasSuffix("connection: close\r\n\r\n"))
            let empty = try await exchange(server, Self.last)
            #expect(empty == "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")
        }
    }

    @Test func `requests that follow each other without waiting are answered in order`() async throws {
        try await serving(HTTPServerConfiguration(), { $0.target.hasPrefix("/p") ? .paced(Self.stream) : Self.echo($0) }) { server in
            let targets = ["/1", "/p2", "/3", "/p4", "/5"]
            let requests = targets.map { "GET \($0) HTTP/1.1\r\nhost: x\r\n\r\n" }.joined()
            let answer = try await exchange(server, requests + Self.last)
            let marks = answer.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("GET") || $0 == "data: 22" }.map(String.init)
            #expect(marks == ["GET /1 ", "data: 22", "GET /3 ", "data: 22", "GET /5 ", "GET /last "])
        }
    }

    @Test func `a packed body is unpacked and a large one comes whole`() async throws {
        let gzip: [UInt8] = [
            31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 203, 72, 205, 201, 201, 87, 200, 64, 144, 0, 128, 136, 249, 229, 17, 0, 0, 0,
        ]
        try await serving { server in
            let head = "POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-encoding: gzip\r\ncontent-length: \(gzip.count)\r\n\r\n"
            let packed = try await exchange(server, Array(head.utf8) + gzip)
            #expect(packed.hasSuffix("POST / hello hello hello\n"))
            let size = 12 << 20
            let large = "POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: \(size)\r\n\r\n"
            let answer = try await exchange(server, Array(large.utf8) + [UInt8](repeating: 120, count: size))
            #expect(answer.hasSuffix("POST / \(size)\n"))
        }
    }

    @Test func `what a proxy variable brings is seen by the handler`() async throws {
        try await serving { server in
            let connect = try await exchange(server, "CONNECT api.example.com:443 HTTP/1.1\r\nhost: api.example.com:443\r\n\r\n")
            #expect(connect.hasSuffix("CONNECT api.example.com:443 \n"))
            let absolute = try await exchange(
                server, "GET http://example.com/a?b HTTP/1.1\r\nhost: example.com\r\nconnection: close\r\n\r\n")
            #expect(absolute.hasSuffix("GET http://example.com/a?b \n"))
        }
    }

    // MARK: - Answers that come live

    @Test func `a live answer arrives piece by piece and the connection serves on`() async throws {
        let handler: StreamHandler = { request in
            guard request.target == "/live" else { return Self.echo(request) }
            return .live { writer in
                try? await writer.begin(status: 201, headers: [HTTPHeader("x-a", "b")])
                for text in ["one", "", "two"] { try? await writer.write(Array(text.utf8)) }
                try? await writer.end()
            }
        }
        try await serving(HTTPServerConfiguration(), handler) { server in
            let answer = try await exchange(server, "GET /live HTTP/1.1\r\nhost: x\r\n\r\n" + Self.last)
            #expect(
                answer.hasPrefix(
                    "HTTP/1.1 201 Created\r\nx-a: b\r\ntransfer-encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\nHTTP/1.1 200 OK"))
            #expect(answer.hasSuffix("GET /last \n"))
        }
    }

    @Test func `a live answer that is not ended is cut off`() async throws {
        try await serving(HTTPServerConfiguration(), { _ in .live { try? await $0.begin(status: 200, headers: []) } }) { server in
            let answer = try await exchange(server, "GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            #expect(answer == "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
        }
    }

    @Test func `a live answer is cancelled when its client goes away, and every later write throws`() async throws {
        let (ends, end) = AsyncStream.makeStream(of: Bool.self)
        let handler: StreamHandler = { _ in
            .live { writer in
                try? await writer.begin(status: 200, headers: [])
                try? await Task.sleep(for: .seconds(60))
                let isCancelled = Task.isCancelled
                do {
                    try await writer.write([1])
                    end.yield(false)
                } catch {
                    end.yield(isCancelled)
                }
            }
        }
        try await serving(HTTPServerConfiguration(), handler) { server in
            let connection = try RawConnection(port: server.port)
            await connection.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            _ = await connection.read(until: "chunked")
            connection.close()
            for await wasCancelled in ends {
                #expect(wasCancelled)
                break
            }
        }
    }

    // MARK: - Clients that misbehave

    @Test func `a client that takes nothing does not keep others waiting`() async throws {
        let large = StreamReply(status: 200, body: [UInt8](repeating: 120, count: 32 << 20))
        try await serving(HTTPServerConfiguration(threads: 1), { $0.target == "/large" ? .reply(large) : Self.echo($0) }) { server in
            let slow = try RawConnection(port: server.port)
            defer { slow.close() }
            await slow.send(String(repeating: "GET /large HTTP/1.1\r\nhost: x\r\n\r\n", count: 50))
            let answer = try await exchange(server, Self.last)
            #expect(answer.hasSuffix("GET /last \n"))
        }
    }

    @Test func `a thousand idle connections do not keep others from being served`() async throws {
        try await serving(HTTPServerConfiguration(connectionLimit: 1_100)) { server in
            let idle = try (0..<1_000).map { _ in try RawConnection(port: server.port) }
            let answer = try await exchange(server, Self.last)
            #expect(answer.hasSuffix("GET /last \n"))
            for connection in idle { connection.close() }
        }
    }

    @Test(arguments: [
        "garbage\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "POST / HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab",
        "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
    ])
    func `what is not HTTP is answered with 400 and closed`(_ text: String) async throws {
        try await serving { server in
            let answer = try await exchange(server, text)
            #expect(answer.hasPrefix("HTTP/1.1 400 ") && !answer.contains("[still open]"), "\(answer)")
        }
    }

    @Test func `clients that dawdle are cut off, and bodies over the limit refused`() async throws {
        try await serving(HTTPServerConfiguration(bodyLimit: 10, headerSeconds: 1, idleSeconds: 1, bodySeconds: 1)) { server in
            #expect(try await exchange(server, "GET / HT") == "")
            let body = try await exchange(server, "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nabc")
            #expect(body.hasPrefix("HTTP/1.1 408 "))
            let large = try await exchange(server, "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 11\r\n\r\n12345678901" + Self.last)
            #expect(large.hasPrefix("HTTP/1.1 413 ") && large.hasSuffix("GET /last \n"))
        }
    }

    @Test func `any bytes leave the server serving`() async throws {
        var state: UInt64 = 7
        try await serving(HTTPServerConfiguration(headerSeconds: 1, bodySeconds: 1)) { server in
            for round in 0..<60 {
                var bytes = Array("POST /x HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n".utf8)
                for _ in 0...(round % 7) {
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 17)
                }
                let connection = try RawConnection(port: server.port)
                await connection.send(bytes)
                connection.close()
            }
            #expect(try await exchange(server, Self.last).hasSuffix("GET /last \n"))
        }
    }
}
