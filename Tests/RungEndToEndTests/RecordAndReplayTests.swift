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
            #expect(failed.stderr.contains("left as it was"))
            #expect(try folder.read("refund.jsonl") == first)
            #expect(try await record(in: folder, "--refresh", "--scenario", "refund", agent: ask).status == 0)
            #expect(try await Rung.run("cassette", "diff", "refund.jsonl", "refund.jsonl", in: folder).status == 0)
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
