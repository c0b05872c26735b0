import Foundation
import Testing

/// Recording and replaying with the official SDKs of OpenAI and Anthropic, unchanged.
@Suite struct RecordAndReplayTests {
    private static let hasSDKs = Python.has("openai", "anthropic")

    private func record(in folder: Folder, _ options: String..., agent: String = ReplayScripts.agent) async throws -> Output {
        let (provider, port) = try await ReplayScripts.startProvider(in: folder)
        let upstreams = ["openai", "anthropic"].flatMap { ["--upstream", "\($0)=http://127.0.0.1:\(port)"] }
        let keys = ["OPENAI_API_KEY": ReplayScripts.ownKey, "ANTHROPIC_API_KEY": ReplayScripts.ownKey]
        let words =
            [Rung.path, "record", "--cassette", "refund.jsonl"] + options + upstreams + ["--", "/usr/bin/env", "python3", "-c", agent]
        let output = try await Program.run(words, in: folder.path, environment: keys, deadline: 300)
        provider.send(SIGKILL)
        _ = try await provider.wait()
        return output
    }

    @Test(.enabled(if: hasSDKs, "the Python packages openai and anthropic are not installed"))
    func `what an agent saw when it was recorded it sees again, and no secret is in any file`() async throws {
        try await Folder.with { folder in
            let recorded = try await record(in: folder)
            #expect(recorded.status == 0, "\(recorded.stderr)")
            #expect(recorded.stdout.contains(ReplayScripts.secret), "the agent itself gets what the provider said")
            let leaks = try await Program.run(
                ["grep", "-rlE", "aB3dE5fG|\(ReplayScripts.ownKey)", "."], in: folder.path)
            #expect(leaks.stdout == "")

            let replay = try await Replay.start("refund.jsonl", in: folder)
            let again = try await Program.run(
                ["/usr/bin/env", "python3", "-c", ReplayScripts.agent], in: folder.path, environment: replay.environment, deadline: 300)
            #expect(again.status == 0, "\(again.stderr)")
            let stop = try await replay.stop()
            #expect(stop.status == 0)
            #expect((stop.report["unused"] as? [Any])?.isEmpty == true)
            let expected = recorded.stdout.replacingOccurrences(of: "Bearer \(ReplayScripts.ownKey)", with: "[redacted:credential]")
                .replacingOccurrences(of: ReplayScripts.ownKey, with: "[redacted:credential]")
            let lines = zip(expected.split(separator: "\n"), again.stdout.split(separator: "\n"))
            #expect(again.stdout.split(separator: "\n").count == 12)
            for (before, after) in lines {
                #expect(Self.withoutMarks(before) == Self.withoutMarks(after))
            }
        }
    }

    /// The line with all that is secret, or stands for something secret, taken for the same.
    private static func withoutMarks(_ line: Substring) -> String {
        line.replacingOccurrences(of: ReplayScripts.secret, with: "*")
            .replacingOccurrences(of: #"\[redacted:[a-z-]+\]"#, with: "*", options: .regularExpression)
    }

    @Test(.enabled(if: hasSDKs, "the Python packages openai and anthropic are not installed"))
    func `a request without a recording is an error at once, told to the agent and in the report`() async throws {
        try await Folder.with { folder in
            _ = try await record(in: folder)
            let replay = try await Replay.start("refund.jsonl", in: folder)
            let agent = """
                import anthropic, openai
                for make in (lambda: openai.OpenAI(max_retries=5).chat.completions.create(model="other", messages=[]),
                             lambda: anthropic.Anthropic(max_retries=5).messages.create(model="other", max_tokens=1, messages=[])):
                    try: make()
                    except Exception as error: print(type(error).__name__, error.status_code, "rung replay" in str(error))
                try:
                    import urllib.request
                    print(urllib.request.urlopen("https://api.openai.com/v1/models").status)
                except OSError as error: print("403" in str(error))
                """
            let output = try await Program.run(
                ["/usr/bin/env", "python3", "-c", agent], in: folder.path, environment: replay.environment, deadline: 300)
            #expect(output.stdout == "UnprocessableEntityError 422 True\nUnprocessableEntityError 422 True\nTrue\n", "\(output.stderr)")
            let stop = try await replay.stop()
            #expect(stop.status == 1)
            let findings = stop.report["findings"] as? [[String: Any]] ?? []
            #expect(findings.map { $0["kind"] as? String } == ["miss", "miss", "escape"], "one request each: nothing was retried")
            #expect(findings.last?["host"] as? String == "api.openai.com:443")
        }
    }

    @Test(.enabled(if: Python.isThere, "Python is not installed"))
    func `a cassette is replaced on request only, and not by a command that fails`() async throws {
        try await Folder.with { folder in
            let ask = """
                import json, os, sys, urllib.request
                body = json.dumps({"model": "m", "messages": [{"role": "user", "content": "hi"}]}).encode()
                url = os.environ["OPENAI_BASE_URL"] + "/chat/completions"
                print(urllib.request.urlopen(urllib.request.Request(url, body, {"content-type": "application/json"})).read())
                sys.exit(int(os.environ.get("FAIL", "0")))
                """
            #expect(try await record(in: folder, agent: ask).status == 0)
            let first = try folder.read("refund.jsonl")
            let refused = try await record(in: folder, agent: ask)
            #expect(refused.status == 3)
            #expect(refused.stderr.contains("there is a cassette already"))
            let failed = try await record(in: folder, "--refresh", agent: ask.replacingOccurrences(of: "\"0\"", with: "\"7\""))
            #expect(failed.status == 7)
            #expect(
                failed.stderr.contains(
                    "the command ended with status 7: the cassette was left as it was; what was recorded is in refund.partial.jsonl\n"))
            #expect(folder.has("refund.partial.jsonl"))
            #expect(try folder.read("refund.jsonl") == first)
            #expect(try await record(in: folder, "--refresh", "--scenario", "refund", agent: ask).status == 0)
            #expect(!folder.has("refund.partial.jsonl"))
            #expect(try await Rung.run("cassette", "diff", "refund.jsonl", "refund.jsonl", in: folder).status == 0)
        }
    }

    /// Asks once; then it waits for a signal, which it takes for a reason to leave with 0.
    private static let patient = """
        import json, os, signal, sys, time, urllib.request
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        body = json.dumps({"model": "m", "messages": [{"role": "user", "content": "hi"}]}).encode()
        url = os.environ["OPENAI_BASE_URL"] + "/chat/completions"
        urllib.request.urlopen(urllib.request.Request(url, body, {"content-type": "application/json"}), timeout=60).read()
        open("asked", "w").close()
        while "FAIL" not in os.environ: time.sleep(0.05)
        sys.exit(5)
        """

    @Test(.enabled(if: Python.isThere, "Python is not installed"))
    func `a command that is interrupted or fails makes no cassette, and what it asked is not lost`() async throws {
        try await Folder.with { folder in
            let (provider, port) = try await ReplayScripts.startProvider(in: folder)
            defer { provider.send(SIGKILL) }
            let words = [
                Rung.path, "record", "--cassette", "a.jsonl", "--upstream", "openai=http://127.0.0.1:\(port)", "--", "/usr/bin/env",
                "python3", "-c", Self.patient,
            ]
            let recording = try Program.start(words, in: folder.path, environment: [:], stdin: nil, deadline: 300)
            let end = ContinuousClock.now + .seconds(120)
            while !folder.has("asked"), ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(10)) }
            recording.send(SIGTERM)
            let interrupted = try await recording.wait()
            #expect(interrupted.status == 2, "\(interrupted.stderr)")
            #expect(
                interrupted.stderr.contains(
                    "the command was interrupted: there is no cassette; what was recorded is in a.partial.jsonl\n"), "\(interrupted.stderr)"
            )
            #expect(!folder.has("a.jsonl"))
            let shown = try await Rung.run("cassette", "show", "a.partial.jsonl", in: folder)
            #expect(shown.status == 0 && shown.stdout.contains("POST"), "\(shown.stdout)")

            let failed = try await Program.run(words, in: folder.path, environment: ["FAIL": "1"], deadline: 300)
            #expect(failed.status == 5)
            #expect(failed.stderr.contains("the command ended with status 5: there is no cassette; "), "\(failed.stderr)")
            #expect(!folder.has("a.jsonl"))
        }
    }

    @Test(.enabled(if: Python.isThere, "Python is not installed"))
    func `a path that holds personal data is recorded without it and found again`() async throws {
        let tool = """
            import http.server
            class Tool(http.server.BaseHTTPRequestHandler):
                protocol_version = "HTTP/1.1"
                def log_message(self, *arguments): pass
                def do_GET(self):
                    self.send_response(200)
                    self.send_header("content-length", "4")
                    self.end_headers()
                    self.wfile.write(b"paid")
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Tool)
            print(server.server_port, flush=True)
            server.serve_forever()
            """
        let agent = """
            import os, urllib.request
            url = os.environ["RUNG_REPLAY_URL"] + "/~shop/cards/4111111111111111/of/bob@corp.example?card=4111111111111111&a=1"
            print(urllib.request.urlopen(url, timeout=60).read().decode())
            """
        try await Folder.with { folder in
            let (provider, port) = try await ReplayScripts.startProvider(tool, in: folder)
            defer { provider.send(SIGKILL) }
            let recorded = try await Program.run(
                [
                    Rung.path, "record", "--cassette", "a.jsonl", "--upstream", "shop=http://127.0.0.1:\(port)", "--", "/usr/bin/env",
                    "python3", "-c", agent,
                ], in: folder.path, deadline: 300)
            #expect(recorded.status == 0 && recorded.stdout == "paid\n", "\(recorded.stderr)")
            let cassette = try folder.read("a.jsonl")
            #expect(!cassette.contains("4111") && !cassette.contains("bob@"), "\(cassette)")
            let replay = try await Replay.start("a.jsonl", in: folder)
            let again = try await Program.run(
                ["/usr/bin/env", "python3", "-c", agent], in: folder.path, environment: replay.environment, deadline: 300)
            let stop = try await replay.stop()
            #expect(again.stdout == "paid\n" && stop.status == 0, "\(again.stderr) \(stop.report)")
        }
    }

    @Test func `messages over pipes are answered to the last, and one without an end is refused`() async throws {
        try await Folder.with { folder in
            try folder.write(
                """
                {"kind":"cassette","format":1,"scenario":"s","recorder":"r","normalizers":[]}
                {"kind":"tool","name":"lookup","arguments":{"order":"7"},"result":"found"}

                """, to: "t.jsonl")
            let call = #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"lookup","arguments":{"order":"7"}}}"#
            let answered = try await Program.run(
                [Rung.path, "replay", "mcp", "--cassette", "t.jsonl"], in: folder.path, stdin: "\n" + call, deadline: 120)
            #expect(answered.status == 0 && answered.stdout.contains(#""text":"found""#), "\(answered.stderr)")
            let endless = try await Program.run(
                ["/bin/sh", "-c", "head -c 70000000 /dev/zero | \(Rung.path) replay mcp --cassette t.jsonl"], in: folder.path, deadline: 300
            )
            #expect(endless.status == 3)
            #expect(endless.stderr.contains("standard input: error: a message has more than 67108864 bytes"), "\(endless.stderr)")
        }
    }

    @Test func `keys that occur twice in a recording are not shown`() async throws {
        try await Folder.with { folder in
            try folder.write(
                """
                {"kind":"cassette","format":1,"scenario":"s","recorder":"r","normalizers":[]}
                {"kind":"tool","name":"lookup","arguments":{"a-private-word":1,"a-private-word":2},"result":"found"}

                """, to: "t.jsonl")
            try folder.write("version: 1\ninteractions:\n- a-private-word: 1\n  a-private-word: 2\n", to: "v.yaml")
            for file in ["t.jsonl", "v.yaml"] {
                let output = try await Rung.run("cassette", "convert", file, "out.jsonl", in: folder)
                #expect(output.status == 3 && output.stderr.contains("duplicate key"), "\(output.stderr)")
                #expect(!output.stderr.contains("private"))
            }
        }
    }

    @Test func `a command that asks nothing leaves no cassette behind`() async throws {
        try await Folder.with { folder in
            let output = try await Rung.run("record", "--cassette", "a.jsonl", "--", "/bin/sh", "-c", "echo hello", in: folder)
            #expect(output.stdout == "hello\n")
            #expect(output.status == 2)
            #expect(output.stderr.contains("nothing was recorded"))
            #expect(!folder.has("a.jsonl"))
            let missing = try await Rung.run("record", "--cassette", "a.jsonl", "--", "no-such-program-here", in: folder)
            #expect(missing.status == 127)
        }
    }
}
