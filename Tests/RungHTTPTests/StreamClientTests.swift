import RungHTTP
import Synchronization
import Testing

@Suite struct StreamClientTests {
    /// Runs a server and a client while `body` does.
    private func asking(
        _ limits: StreamClient.Limits = .init(), _ handler: @escaping StreamHandler, _ body: (StreamClient, String) async throws -> Void
    ) async throws {
        let server = try await StreamServer.start(HTTPServerConfiguration(), handler: handler)
        let client = StreamClient(limits)
        let result: (any Error)?
        do {
            try await body(client, "http://127.0.0.1:\(server.port)")
            result = nil
        } catch { result = error }
        await client.stop()
        await server.stop(within: .seconds(5))
        if let result { throw result }
    }

    private func get(_ client: StreamClient, _ url: String, _ headers: [HTTPHeader] = []) async throws -> (Int, [HTTPHeader], [String]) {
        var (status, answered, pieces): (Int, [HTTPHeader], [String]) = (0, [], [])
        try await client.send(StreamClient.Request(method: "POST", url: url, headers: headers, body: [120])) {
            (status, answered) = ($0, $1)
        } piece: { bytes, afterMs in
            #expect(afterMs >= 0)
            pieces.append(String(decoding: bytes, as: UTF8.self))
        }
        return (status, answered, pieces)
    }

    @Test func `pieces come as they were sent, and headers of the connection stay behind`() async throws {
        let handler: StreamHandler = { request in
            #expect(request.header("accept-encoding") == "identity")
            #expect(request.header("x-a") == "1")
            #expect(request.header("te") == nil)
            return .paced(
                StreamReply(status: 429, headers: [HTTPHeader("retry-after", "3")], pieces: [.init([97]), .init([98], afterMs: 50)]))
        }
        try await asking(.init(), handler) { client, url in
            let headers = [HTTPHeader("x-a", "1"), HTTPHeader("accept-encoding", "gzip, br"), HTTPHeader("te", "trailers")]
            let (status, answered, pieces) = try await get(client, url, headers)
            #expect(status == 429)
            #expect(answered == [HTTPHeader("retry-after", "3")])
            #expect(pieces == ["a", "b"])
        }
    }

    @Test func `a redirect is an answer like any other`() async throws {
        let count = Mutex(0)
        let handler: StreamHandler = { _ in
            count.withLock { $0 += 1 }
            return .reply(StreamReply(status: 307, headers: [HTTPHeader("location", "/again")]))
        }
        try await asking(.init(), handler) { client, url in
            let answer = try await get(client, url)
            #expect(answer.0 == 307)
            #expect(count.withLock { $0 } == 1)
        }
    }

    @Test func `a server that is not there, breaks off or says too much is told without the address's secrets`() async throws {
        let client = StreamClient()
        let gone = await #expect(throws: StreamClientError.self) { try await get(client, "http://user:pw@127.0.0.1:1/x?key=secret") }
        #expect(gone?.description.contains("http://127.0.0.1:1 ") == true)
        #expect(gone?.description.contains("secret") == false)
        await client.stop()
        try await asking(.init(bodyLimit: 10), { _ in .live { try? await $0.begin(status: 200, headers: []) } }) { client, url in
            let broken = await #expect(throws: StreamClientError.self) { try await get(client, url) }
            #expect(broken?.description.isEmpty == false)
        }
        try await asking(.init(bodyLimit: 10), { _ in .reply(StreamReply(status: 200, body: [UInt8](repeating: 1, count: 11))) }) {
            client, url in
            await #expect(throws: StreamClientError.self) { try await get(client, url) }
        }
    }

    @Test func `a server that says nothing is waited for no longer than allowed`() async throws {
        let handler: StreamHandler = { _ in .live { _ in try? await Task.sleep(for: .seconds(60)) } }
        try await asking(.init(idleSeconds: 1), handler) { client, url in
            let error = await #expect(throws: StreamClientError.self) { try await get(client, url) }
            #expect(error?.description.contains("sent nothing for 1 seconds") == true)
        }
    }
}
