import Foundation
import Testing

/// Tools that were recorded from a real MCP server, replayed to the official client.
@Suite(.enabled(if: Python.has("mcp"), "the Python package mcp is not installed")) struct ToolReplayTests {
    private static let server = """
        import socket, sys
        from mcp.server import MCPServer
        server = MCPServer("orders")
        count = 0
        @server.tool()
        def lookup(order: str) -> str:
            "Looks an order up."
            global count
            count += 1
            return f"{order} is shipped, call {count}"
        @server.tool()
        def cancel(order: str) -> str:
            "Cancels an order."
            raise ValueError("shipped already")
        with socket.socket() as place:
            place.bind(("127.0.0.1", 0))
            port = place.getsockname()[1]
        print(port, flush=True)
        server.run(transport="streamable-http", host="127.0.0.1", port=port)
        """

    /// Lists the tools, looks two orders up, one of them twice, and cancels one; `TARGET` says where the server is.
    private static let client = """
        import asyncio, json, os, sys, time, mcp
        async def main(target):
            async with mcp.Client(target) as client:
                tools = (await client.list_tools()).tools
                print(sorted([tool.name, tool.description, tool.input_schema["required"]] for tool in tools))
                for name, order in [("lookup", "7"), ("lookup", "7"), ("lookup", "8"), ("cancel", "7")]:
                    result = await client.call_tool(name, {"order": order})
                    print(name, order, result.is_error, result.content[0].text)
        if "RUNG_MCP_URL" in os.environ:
            target = os.environ["RUNG_MCP_URL"]
        else:
            target = mcp.StdioServerParameters(command=sys.argv[1], args=sys.argv[2:])
        for attempt in range(100):
            try:
                asyncio.run(main(target))
                break
            except Exception:
                # The server may still be starting.
                if attempt == 99: raise
                time.sleep(0.1)
        """

    private static let expected = """
        [['cancel', 'Cancels an order.', ['order']], ['lookup', 'Looks an order up.', ['order']]]
        lookup 7 False 7 is shipped, call 1
        lookup 7 False 7 is shipped, call 2
        lookup 8 False 8 is shipped, call 3
        cancel 7 True Error executing tool cancel

        """

    private static func record(in folder: Folder) async throws -> Output {
        let server = try Program.start(
            ["/usr/bin/env", "python3", "-c", server], in: folder.path, environment: [:], stdin: nil, deadline: 300)
        defer { server.send(SIGKILL) }
        let end = ContinuousClock.now + .seconds(120)
        while !server.stdoutSoFar.hasSuffix("\n"), ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(20)) }
        let port = server.stdoutSoFar.trimmingCharacters(in: .whitespacesAndNewlines)
        // Until it listens, attempts to reach it must not be recorded.
        try await Task.sleep(for: .milliseconds(100))
        while ContinuousClock.now < end {
            let probe = try await Python.run(
                "import socket, sys; socket.create_connection(('127.0.0.1', int(sys.argv[1])), 5)", port, in: folder)
            if probe.status == 0 { break }
        }
        let output = try await Program.run(
            [
                Rung.path, "record", "--cassette", "tools.jsonl", "--upstream", "mcp=http://127.0.0.1:\(port)", "--", "/usr/bin/env",
                "python3", "-c", client,
            ],
            in: folder.path, deadline: 300)
        server.send(SIGKILL)
        _ = try await server.wait()
        return output
    }

    @Test func `an agent finds the tools again as they were recorded, over HTTP and over pipes`() async throws {
        try await Folder.with { folder in
            let recorded = try await Self.record(in: folder)
            #expect(recorded.status == 0, "\(recorded.stderr)")
            #expect(recorded.stdout == Self.expected)
            let kinds = try folder.read("tools.jsonl").split(separator: "\n").map { $0.prefix { $0 != "," } }
            #expect(
                kinds == [#"{"kind":"cassette""#, #"{"kind":"toolset""#, #"{"kind":"toolset""#]
                    + Array(repeating: #"{"kind":"tool""#, count: 4))

            let replay = try await Replay.start("tools.jsonl", in: folder)
            let again = try await Program.run(
                ["/usr/bin/env", "python3", "-c", Self.client], in: folder.path, environment: replay.environment, deadline: 300)
            #expect(again.stdout == Self.expected, "\(again.stderr)")
            let stop = try await replay.stop()
            #expect(stop.status == 0 && (stop.report["unused"] as? [Any])?.isEmpty == true)

            let pipes = try await Program.run(
                ["/usr/bin/env", "python3", "-c", Self.client, Rung.path, "replay", "mcp", "--cassette", folder.path + "/tools.jsonl"],
                in: folder.path, deadline: 300)
            #expect(pipes.stdout == Self.expected, "\(pipes.stderr)")
        }
    }

    @Test func `a call that was not recorded is an error for the client, and told with the first difference`() async throws {
        try await Folder.with { folder in
            _ = try await Self.record(in: folder)
            let replay = try await Replay.start("tools.jsonl", in: folder)
            let other = Self.client.replacingOccurrences(of: #"("lookup", "8")"#, with: #"("lookup", "9")"#)
                .replacingOccurrences(of: "range(100)", with: "range(1)").replacingOccurrences(of: "attempt == 99", with: "True")
            let output = try await Program.run(
                ["/usr/bin/env", "python3", "-c", other], in: folder.path, environment: replay.environment, deadline: 300)
            #expect(output.status != 0)
            #expect(output.stderr.contains(#"rung replay: no recording of this CALL lookup; the nearest"#), "\(output.stderr)")
            let stop = try await replay.stop()
            #expect(stop.status == 1)
            let findings = stop.report["findings"] as? [[String: Any]] ?? []
            #expect(findings.count == 1)
            #expect(
                (findings.first?["message"] as? String)?.contains(#"differs at /order: recorded "7", received "9""#) == true, "\(findings)")
        }
    }
}
