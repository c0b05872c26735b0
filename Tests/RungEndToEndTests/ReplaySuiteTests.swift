import Foundation
import Testing

/// Suites whose models answer from cassettes: recorded once, replayed by `rung test` with the provider gone.
@Suite struct ReplaySuiteTests {
    /// Asks its model with what it was asked, over plain HTTP, and answers with what the model said.
    private static let agent = """
        import json, os, sys, urllib.request
        trial = json.loads(sys.stdin.readline())
        def ask(text):
            body = {"model": "m1", "messages": [{"role": "user", "content": text}]}
            request = urllib.request.Request(
                os.environ["OPENAI_BASE_URL"] + "/chat/completions", json.dumps(body).encode(),
                {"content-type": "application/json", "authorization": "Bearer " + os.environ.get("OPENAI_API_KEY", "")})
            return json.load(urllib.request.urlopen(request, timeout=60))["choices"][0]["message"]["content"]
        answer = ask("case " + trial["case"] + os.environ.get("SUFFIX", ""))
        print(json.dumps({"type": "result", "trial": trial["trial"], "output": answer}))
        """

    /// A provider that answers `ok` and the number of requests it got, and notes its keys in `keys.log`.
    private static let provider = """
        import http.server, json
        count = 0
        class Provider(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def log_message(self, *arguments): pass
            def do_POST(self):
                global count
                count += 1
                open("keys.log", "a").write(self.headers.get("authorization", "-") + "\\n")
                text = json.loads(self.rfile.read(int(self.headers["content-length"])))["messages"][-1]["content"]
                answer = json.dumps({"id": "r", "object": "chat.completion", "model": "m1", "choices": [{"index": 0,
                    "finish_reason": "stop", "message": {"role": "assistant", "content": "ok " + text}}]}).encode()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
        print(server.server_port, flush=True)
        server.serve_forever()
        """

    /// A workspace with `cases` cases that replay their models.
    private static func with(_ cases: Int, suite: String = "boundary: model", _ body: (Folder) async throws -> Void) async throws {
        try await Folder.withBench(.init(cases: cases, suite: suite, command: "[python3, agent.py]")) { folder in
            try folder.write(agent, to: "agent.py")
            let lines = (1...cases).map { number in
                let name = Folder.name(number)
                return #"{"id":"\#(name)","input":"x","graders":[{"kind":"equals","value":"ok case \#(name)"}]}"#
            }
            try folder.write(lines.joined(separator: "\n") + "\n", to: "scenarios/s.jsonl")
            try await body(folder)
        }
    }

    /// The digest of the first suite of a results file.
    private static func digest(in results: String) throws -> String? {
        let line = results.components(separatedBy: "\n").first { $0.contains("\"digest\":\"sha256:") }
        return line?.components(separatedBy: "\"digest\":\"").dropFirst().first?.prefix { $0 != "\"" }.description
    }

    private static func record(_ folder: Folder, _ options: String..., key: String = "a-plain-key-of-mine") async throws -> Output {
        let server = try Program.start(
            ["/usr/bin/env", "python3", "-c", provider], in: folder.path, environment: [:], stdin: nil, deadline: 300)
        defer { server.send(SIGKILL) }
        var port = ""
        let end = ContinuousClock.now + .seconds(120)
        while !port.hasSuffix("\n"), ContinuousClock.now < end {
            port = server.stdoutSoFar
            try await Task.sleep(for: .milliseconds(10))
        }
        port = port.trimmingCharacters(in: .whitespacesAndNewlines)
        let output = try await Program.run(
            [Rung.path, "record", "--suite", "s", "--upstream", "openai=http://127.0.0.1:\(port)"] + options, in: folder.path,
            environment: ["OPENAI_API_KEY": key], deadline: 300)
        server.send(SIGKILL)
        _ = try await server.wait()
        return output
    }

    @Test func `a suite is recorded once and replayed with the provider gone`() async throws {
        try await Self.with(3) { folder in
            let recorded = try await Self.record(folder)
            #expect(recorded.status == 0, "\(recorded.stderr)")
            #expect(recorded.stderr.hasSuffix("3 recorded, 0 failed\n"))
            #expect(try folder.read("keys.log") == String(repeating: "Bearer a-plain-key-of-mine\n", count: 3))
            #expect(folder.has("cassettes/s/a/c02.jsonl"))
            let leaks = try await Program.run(["grep", "-rl", "a-plain-key-of-mine", "cassettes"], in: folder.path)
            #expect(leaks.stdout == "")

            let run = try await Rung.run("test", "s", "--json", "first.json", in: folder)
            #expect(run.status == 0, "\(run.stderr)")
            #expect(run.stderr.contains("gate: pass"))

            // What answers for the world decides too, so the digest of the suite covers it.
            let cassette = try folder.read("cassettes/s/a/c02.jsonl")
            try folder.write(cassette.replacingOccurrences(of: "ok case c02", with: "no case c02"), to: "cassettes/s/a/c02.jsonl")
            let changed = try await Rung.run("test", "s", "--json", "second.json", in: folder)
            #expect(changed.status == 1, "\(changed.stderr)")
            #expect(try Self.digest(in: folder.read("first.json")) != Self.digest(in: folder.read("second.json")))

            let again = try await Self.record(folder)
            #expect(again.status == 0 && again.stderr.hasSuffix("0 recorded, 3 there already (--refresh replaces them), 0 failed\n"))
        }
    }

    @Test func `a cassette that is missing is told before the first trial`() async throws {
        try await Self.with(2) { folder in
            let run = try await Rung.run("test", "s", in: folder)
            #expect(run.status == 3)
            #expect(
                run.stderr.contains(
                    "scenarios/s.jsonl:1:1: error: case \"c01\" has no cassette for agent \"a\": no file cassettes/s/a/c01.jsonl\n"
                        + "  record it with: rung record --suite s --scenario c01\n"))
            #expect(!folder.has(".rung/evidence.db"))

            _ = try await Self.record(folder)
            try folder.write("{\"kind\":\"cassette\"", to: "cassettes/s/a/c02.jsonl")
            let broken = try await Rung.run("test", "s", in: folder)
            #expect(broken.status == 3 && broken.stderr.contains("cassettes/s/a/c02.jsonl:1:"), "\(broken.stderr)")
        }
    }

    @Test func `a request that was not recorded costs the trial, and says what differs`() async throws {
        try await Self.with(1) { folder in
            _ = try await Self.record(folder)
            try folder.write(Self.agent.replacingOccurrences(of: "\"case \"", with: "\"Case \""), to: "agent.py")
            let run = try await Rung.run("test", "s", in: folder)
            // Every trial errored: nothing was tested.
            #expect(run.status == 4, "\(run.stderr)")
            let line = run.stderr.components(separatedBy: "\n").first { $0.contains("replay-miss") } ?? ""
            #expect(line.contains("differs at /messages/0/content: recorded \"case c01\", received \"Case c01\""), "\(run.stderr)")
            #expect(line.hasSuffix("to record it again: rung record --suite s --scenario c01 --refresh"))
        }
    }

    @Test func `a run says how old its cassettes are, and warns`() async throws {
        try await Self.with(2) { folder in
            _ = try await Self.record(folder)
            let fresh = try await Rung.run("test", "s", in: folder)
            #expect(fresh.status == 0 && fresh.stderr.contains("  cassettes     2, the oldest recorded on "), "\(fresh.stderr)")
            #expect(!fresh.stderr.contains("warning"))
            let cassette = try folder.read("cassettes/s/a/c02.jsonl")
            let header = cassette.prefix { $0 != "\n" }
            let old = header.replacing(#/"recordedAt":"[^"]*"/#, with: #""recordedAt":"2020-02-01T00:00:00Z""#)
            try folder.write(old + String(cassette.dropFirst(header.count)), to: "cassettes/s/a/c02.jsonl")
            let run = try await Rung.run("test", "s", "--json", "r.json", in: folder)
            #expect(run.status == 0 && run.stderr.contains("2, the oldest recorded on 2020-02-01"), "\(run.stderr)")
            let text = run.stderr.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(
                text.contains(
                    "warning: of 2 cassettes of suite s, 1 older than 90 days or of unknown age: rung record --suite s --refresh"))
            #expect(
                try folder.read("r.json").contains(
                    #""cassettes":{"count":2,"oldestAt":"2020-02-01T00:00:00Z","stale":1,"otherPrompt":0}"#))
        }
    }

    @Test func `fifty parallel trials never get each other's answers`() async throws {
        try await Self.with(50, suite: "boundary: model\nconcurrency: 50\ntrials: 2") { folder in
            let recorded = try await Self.record(folder)
            #expect(recorded.status == 0, "\(recorded.stderr)")
            let run = try await Rung.run("test", "s", in: folder, deadline: 600)
            #expect(run.status == 0, "\(run.stderr)")
            #expect(run.stderr.contains("passed 50"))
        }
    }

    @Test func `limits on what a replay costs are refused`() async throws {
        try await Self.with(1, suite: "boundary: model\ngraders: [{kind: budget, max-latency: 2s}]") { folder in
            let run = try await Rung.run("validate", in: folder)
            #expect(run.status == 3)
            #expect(run.stderr.contains("max-latency says nothing about replayed models"), "\(run.stderr)")
        }
    }

    @Test func `an agent that calls a tool where none was recorded is found out`() async throws {
        try await Self.with(1, suite: "boundary: tools") { folder in
            try folder.write(Self.agent.replacingOccurrences(of: "answer = ask(", with: "answer = str("), to: "agent.py")
            let recorded = try await Rung.run("record", "--suite", "s", in: folder)
            #expect(recorded.status == 0, "\(recorded.stderr)")
            try folder.write(Self.toolAgent.replacingOccurrences(of: "ORDER", with: "\"8\""), to: "agent.py")
            let run = try await Rung.run("test", "s", in: folder)
            #expect(run.status == 4)
            #expect(run.stderr.contains("replay-miss: the agent called lookup, and no call of a tool was recorded"), "\(run.stderr)")
        }
    }

    @Test func `a recording with a hole does not take the place of one without`() async throws {
        try await Self.with(1) { folder in
            let server = try Program.start(
                ["/usr/bin/env", "python3", "-c", Self.provider], in: folder.path, environment: [:], stdin: nil, deadline: 300)
            defer { server.send(SIGKILL) }
            let end = ContinuousClock.now + .seconds(120)
            while !server.stdoutSoFar.hasSuffix("\n"), ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(10)) }
            let port = server.stdoutSoFar.trimmingCharacters(in: .whitespacesAndNewlines)
            let agent = """
                import os, urllib.request
                def post(url):
                    request = urllib.request.Request(url, b'{"messages":[{"content":"x"}]}', {"content-type": "application/json"})
                    urllib.request.urlopen(request, timeout=60).read()
                post(os.environ["OPENAI_BASE_URL"] + "/chat/completions")
                if os.environ.get("MORE"):
                    try: post(os.environ["RUNG_REPLAY_URL"] + "/~gone/x")
                    except Exception: pass
                """
            func record(_ options: String..., more: Bool) async throws -> Output {
                let words =
                    [Rung.path, "record", "--cassette", "a.jsonl", "--upstream", "openai=http://127.0.0.1:\(port)"] + options
                    + ["--upstream", "gone=http://127.0.0.1:1", "--", "/usr/bin/env", "python3", "-c", agent]
                return try await Program.run(words, in: folder.path, environment: more ? ["MORE": "1"] : [:], deadline: 300)
            }
            let first = try await record(more: false)
            #expect(first.status == 0, "\(first.stderr)")
            let whole = try folder.read("a.jsonl")
            let holed = try await record("--refresh", more: true)
            #expect(holed.status == 2, "\(holed.stderr)")
            #expect(holed.stderr.contains("not everything could be recorded: the cassette was left as it was"), "\(holed.stderr)")
            #expect(try folder.read("a.jsonl") == whole)
            server.send(SIGKILL)
            _ = try await server.wait()
        }
    }

    @Test func `an agent that leaves past its cassette is found out`() async throws {
        try await Self.with(1, suite: "boundary: both") { folder in
            _ = try await Self.record(folder)
            let escape = """
                try: urllib.request.urlopen("http://outside.example/", timeout=20)
                except Exception: pass
                answer = ask(
                """
            try folder.write(Self.agent.replacingOccurrences(of: "answer = ask(", with: escape), to: "agent.py")
            let run = try await Rung.run("test", "s", in: folder)
            #expect(run.status == 4)
            #expect(run.stderr.contains("replay-miss: the agent tried to reach outside.example past its cassette"), "\(run.stderr)")
        }
    }

    /// Looks an order up with a tool of its own, or with the recorded one where the trial says so.
    private static let toolAgent = """
        import json, sys
        trial = json.loads(sys.stdin.readline())
        def say(**line): print(json.dumps({"trial": trial["trial"], **line}), flush=True)
        results = []
        for order in ["7", "7", ORDER]:
            say(type="tool-call", id="c" + str(len(results)), name="lookup", arguments={"order": order})
            if trial.get("toolsReplayed"):
                answer = json.loads(sys.stdin.readline())
                assert answer["type"] == "tool-result" and answer["id"] == "c" + str(len(results))
                results.append(answer["content"])
            else:
                open("real.log", "a").write(order)
                results.append("order %s, look %d, SECRET" % (order, len(results)))
                say(type="tool-result", id="c" + str(len(results) - 1), content=results[-1])
        say(type="result", output=" / ".join(results))
        """

    @Test func `an agent that tells Rung of its tools gets their recorded answers`() async throws {
        let key = "sk-proj-" + String(repeating: "aB3dE5fG", count: 6)
        try await Self.with(1, suite: "boundary: tools") { folder in
            try folder.write(
                #"{"id":"c01","input":"x","graders":[{"kind":"contains","value":"order 7, look 1"},{"kind":"tool-calls","expected":[{"name":"lookup"},{"name":"lookup"},{"name":"lookup"}]}]}"#
                    + "\n", to: "scenarios/s.jsonl")
            // One that a rule knows, and one that is only known to be a key.
            let plain = "a-plain-key-of-mine"
            let agent = Self.toolAgent.replacingOccurrences(of: "SECRET", with: "\(key) \(plain)")
            try folder.write(agent.replacingOccurrences(of: "ORDER", with: "\"8\""), to: "agent.py")
            let recorded = try await Rung.run("record", "--suite", "s", in: folder, environment: ["MISTRAL_API_KEY": plain])
            #expect(recorded.status == 0, "\(recorded.stderr)")
            #expect(try folder.read("real.log") == "778")
            let leaks = try await Program.run(["grep", "-rlE", "aB3dE5fG|\(plain)", "cassettes"], in: folder.path)
            #expect(leaks.stdout == "")

            let run = try await Rung.run("test", "s", in: folder)
            #expect(run.status == 0, "\(run.stderr)")
            #expect(try folder.read("real.log") == "778", "no tool ran for real")

            try folder.write(agent.replacingOccurrences(of: "ORDER", with: "\"9\""), to: "agent.py")
            let other = try await Rung.run("test", "s", in: folder)
            #expect(other.status == 4)
            #expect(other.stderr.contains(#"replay-miss: no recording of this CALL lookup;"#), "\(other.stderr)")
            #expect(other.stderr.contains(#"differs at /order: recorded "7", received "9""#), "\(other.stderr)")
        }
    }
}
