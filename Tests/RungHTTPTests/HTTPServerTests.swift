import Foundation
import RungHTTP
import Synchronization
import Testing

@Suite struct HTTPServerTests {
    /// Runs a server while `body` does; stops it whatever happens.
    private func serving(
        _ configuration: HTTPServerConfiguration = HTTPServerConfiguration(), _ handler: @escaping HTTPHandler = Self.echo,
        _ body: (HTTPServer) async throws -> Void
    ) async throws {
        let server = try await HTTPServer.start(configuration, handler: handler)
        do { try await body(server) } catch {
            await server.stop(within: .seconds(5))
            throw error
        }
        await server.stop(within: .seconds(5))
    }

    /// Answers with method, path and body.
    @Sendable static func echo(_ request: HTTPRequest) async -> HTTPResponse {
        .text(200, "\(request.method) \(request.path) \(request.query ?? "-") \(String(decoding: request.body, as: UTF8.self))")
    }

    private func exchange(_ server: HTTPServer, _ text: String) async throws -> String {
        try await exchange(server, Array(text.utf8))
    }

    private func exchange(_ server: HTTPServer, _ bytes: [UInt8]) async throws -> String {
        let connection = try RawConnection(port: server.port)
        defer { connection.close() }
        await connection.send(bytes)
        return await connection.readToEnd()
    }

    private static func post(_ body: [UInt8], _ headers: String = "") -> [UInt8] {
        Array("POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\(headers)content-length: \(body.count)\r\n\r\n".utf8) + body
    }

    // MARK: - Requests and answers

    @Test func `a request comes whole, and its answer with its length`() async throws {
        try await serving { server in
            let answer = try await exchange(
                server, "POST /a/b?c=d HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 3\r\n\r\nxyz")
            #expect(
                answer == "HTTP/1.1 200 OK\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: 18\r\nconnection: close\r\n\r\n"
                    + "POST /a/b c=d xyz\n")
        }
    }

    @Test func `requests that follow each other without waiting are answered in order`() async throws {
        try await serving { server in
            let requests = (1...5).map { "GET /\($0) HTTP/1.1\r\nhost: x\r\n\r\n" }.joined()
            let answer = try await exchange(server, requests + "GET /6 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            let lines = answer.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("GET") }.map(String.init)
            #expect(lines == (1...6).map { "GET /\($0) - " })
        }
    }

    @Test func `a body in chunks is put together`() async throws {
        try await serving { server in
            let answer = try await exchange(
                server,
                "POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
            #expect(answer.hasSuffix("POST / - abcde\n"))
        }
    }

    @Test func `HEAD is answered without a body`() async throws {
        try await serving { server in
            let answer = try await exchange(server, "HEAD / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            #expect(answer.contains("content-length: 10\r\n") && answer.hasSuffix("\r\n\r\n"))
        }
    }

    @Test func `a client that asks before it sends is told to go on, or why not`() async throws {
        try await serving(HTTPServerConfiguration(bodyLimit: 10)) { server in
            let connection = try RawConnection(port: server.port)
            defer { connection.close() }
            await connection.send("POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\nexpect: 100-continue\r\ncontent-length: 3\r\n\r\n")
            #expect(await connection.read(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
            await connection.send("abc")
            #expect(await connection.readToEnd().hasSuffix("POST / - abc\n"))
            let refused = try await exchange(
                server, "POST / HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 11\r\n\r\n")
            #expect(refused.hasPrefix("HTTP/1.1 413 "))
        }
    }

    // MARK: - Packed bodies

    private static let gzip: [UInt8] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 203, 72, 205, 201, 201, 87, 200, 64, 144, 0, 128, 136, 249, 229, 17, 0, 0, 0,
    ]
    private static let deflate: [UInt8] = [120, 156, 203, 72, 205, 201, 201, 87, 200, 64, 144, 0, 58, 46, 6, 125]

    @Test(arguments: [("gzip", gzip), ("deflate", deflate)])
    func `a packed body is unpacked`(_ encoding: String, _ body: [UInt8]) async throws {
        try await serving { server in
            let answer = try await exchange(server, Self.post(body, "content-encoding: \(encoding)\r\n"))
            #expect(answer.hasSuffix("POST / - hello hello hello\n"))
        }
    }

    @Test func `a small body that unpacks to a large one is refused`() async throws {
        // 300,000 zeros in 325 bytes.
        let zeros = "H4sIAAAAAAACA+3BAQ0AAADCoPdPbQ8HFA" + String(repeating: "A", count: 388) + "/Bj74rL24JMEAA=="
        let bomb = try #require(Data(base64Encoded: zeros))
        try await serving { server in
            let answer = try await exchange(server, Self.post(Array(bomb), "content-encoding: gzip\r\n"))
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
            #expect(answer.contains("more than 250 times its packed size"))
        }
        try await serving(HTTPServerConfiguration(bodyLimit: 16)) { server in
            let answer = try await exchange(server, Self.post(Self.gzip, "content-encoding: gzip\r\n"))
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test func `a body that is not packed as it says is refused`() async throws {
        try await serving { server in
            let cut = try await exchange(server, Self.post(Array(Self.gzip.dropLast(10)), "content-encoding: gzip\r\n"))
            #expect(cut.hasPrefix("HTTP/1.1 400 "))
            let wrong = try await exchange(server, Self.post(Array("plain text".utf8), "content-encoding: gzip\r\n"))
            #expect(wrong.hasPrefix("HTTP/1.1 400 "))
            let followed = try await exchange(server, Self.post(Self.gzip + [1, 2, 3], "content-encoding: gzip\r\n"))
            #expect(followed.hasPrefix("HTTP/1.1 400 "))
            let unknown = try await exchange(server, Self.post([1], "content-encoding: br\r\n"))
            #expect(unknown.hasPrefix("HTTP/1.1 415 "))
        }
    }

    // MARK: - Limits

    @Test func `a body over the limit is refused, and the connection serves on`() async throws {
        try await serving(HTTPServerConfiguration(bodyLimit: 4)) { server in
            let answer = try await exchange(
                server,
                "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\n12345GET /next HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
            #expect(answer.hasSuffix("GET /next - \n"))
        }
    }

    @Test func `one request too many is told to come again`() async throws {
        let gate = Gate()
        try await serving(HTTPServerConfiguration(requestLimit: 1), gate.handler) { server in
            let first = try RawConnection(port: server.port)
            defer { first.close() }
            await first.send("GET /first HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            await gate.waitUntilEntered()
            let refused = try await exchange(server, "GET /second HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            #expect(refused.hasPrefix("HTTP/1.1 429 "))
            #expect(refused.contains("\r\nretry-after: 1\r\n"))
            gate.open()
            #expect(await first.readToEnd().hasSuffix("GET /first\n"))
            let third = try await exchange(server, "GET /third HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            #expect(third.hasSuffix("GET /third\n"))
        }
    }

    @Test func `bodies that take too much memory together are told to come again`() async throws {
        try await serving(HTTPServerConfiguration(memoryLimit: 10)) { server in
            let much = try await exchange(server, Self.post(Array("123456789012".utf8)))
            #expect(much.hasPrefix("HTTP/1.1 429 "))
            for _ in 1...3 {
                let answer = try await exchange(server, Self.post(Array("1234567890".utf8)))
                #expect(answer.hasPrefix("HTTP/1.1 200 "))
            }
        }
    }

    @Test func `one connection too many is closed`() async throws {
        try await serving(HTTPServerConfiguration(connectionLimit: 1)) { server in
            let first = try RawConnection(port: server.port)
            defer { first.close() }
            await first.send("GET /1 HTTP/1.1\r\nhost: x\r\n\r\n")
            _ = await first.read(until: "GET /1")
            let second = try await exchange(server, "")
            #expect(second == "")
        }
    }

    @Test func `clients that dawdle are cut off`() async throws {
        let limits = HTTPServerConfiguration(headerSeconds: 1, idleSeconds: 1, bodySeconds: 1)
        try await serving(limits) { server in
            let cut = try await exchange(server, "GET / HT")
            #expect(cut == "")
            let body = try await exchange(server, "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nabc")
            #expect(body.hasPrefix("HTTP/1.1 408 "))
            let idle = try await exchange(server, "GET /x HTTP/1.1\r\nhost: x\r\n\r\n")
            #expect(idle.hasSuffix("GET /x - \n"))
        }
    }

    // MARK: - Garbage

    @Test(arguments: [
        "garbage\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{0}\u{1}\u{2}\u{3}\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "POST / HTTP/1.1\r\ncontent-length: many\r\n\r\n", "POST / HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab",
        "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
    ])
    func `what is not HTTP is answered with 400 and closed`(_ text: String) async throws {
        try await serving { server in
            let answer = try await exchange(server, text)
            #expect(answer.hasPrefix("HTTP/1.1 400 ") && !answer.contains("[still open]"), "\(answer)")
        }
    }

    @Test func `a header without end is refused`() async throws {
        try await serving { server in
            let answer = try await exchange(server, "GET / HTTP/1.1\r\nx: " + String(repeating: "y", count: 200_000))
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"))
            #expect(!answer.contains("[still open]"))
        }
    }

    @Test func `any bytes leave the server serving`() async throws {
        var state: UInt64 = 1
        try await serving(HTTPServerConfiguration(headerSeconds: 1, bodySeconds: 1)) { server in
            for round in 0..<60 {
                var bytes =
                    Array("POST /x HTTP/1.1\r\nhost: x\r\ncontent-encoding: gzip\r\ncontent-length: 28\r\nconnection: close\r\n\r\n".utf8)
                    + Self.gzip
                for _ in 0...(round % 7) {
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 17)
                }
                let connection = try RawConnection(port: server.port)
                await connection.send(bytes)
                connection.close()
            }
            let answer = try await exchange(server, "GET /alive HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            #expect(answer.hasSuffix("GET /alive - \n"))
        }
    }

    // MARK: - Start and stop

    @Test func `stopping answers what has begun and closes the rest`() async throws {
        let gate = Gate()
        let server = try await HTTPServer.start(HTTPServerConfiguration(), handler: gate.handler)
        let idle = try RawConnection(port: server.port)
        let busy = try RawConnection(port: server.port)
        defer { for connection in [idle, busy] { connection.close() } }
        await busy.send("GET /busy HTTP/1.1\r\nhost: x\r\n\r\n")
        await gate.waitUntilEntered()
        async let stopped: Void = server.stop(within: .seconds(20))
        #expect(await idle.readToEnd() == "")
        gate.open()
        let answer = await busy.readToEnd()
        #expect(answer.hasSuffix("GET /busy\n"))
        await stopped
        #expect(throws: RawConnection.Failure.self) { try RawConnection(port: server.port) }
    }

    @Test func `a port that is taken is named with the way out`() async throws {
        try await serving { server in
            let error = await #expect(throws: HTTPServerError.self) {
                try await HTTPServer.start(HTTPServerConfiguration(port: server.port), handler: Self.echo)
            }
            #expect(
                error?.description
                    == "cannot listen on 127.0.0.1:\(server.port): another program does\n  end it, or listen on another port; 0 takes any free one"
            )
        }
    }
}

/// A handler that waits until it may answer.
private final class Gate: Sendable {
    private let state = Mutex((entered: 0, isOpen: false))

    var handler: HTTPHandler {
        { request in
            self.state.withLock { $0.entered += 1 }
            await self.wait { $0.isOpen }
            return .text(200, "\(request.method) \(request.path)")
        }
    }

    func waitUntilEntered() async { await wait { $0.entered > 0 } }

    func open() { state.withLock { $0.isOpen = true } }

    private func wait(_ condition: @Sendable ((entered: Int, isOpen: Bool)) -> Bool) async {
        let end = ContinuousClock.now + .seconds(30)
        while !state.withLock({ condition($0) }), ContinuousClock.now < end { try? await Task.sleep(for: .milliseconds(2)) }
    }
}
