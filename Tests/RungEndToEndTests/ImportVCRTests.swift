import Foundation
import Testing

@Suite struct ImportVCRTests {
    /// A key in a header and, split over two deltas, in the answer; an address in the prompt.
    private static let talk = #"""
        version: 1
        interactions:
        - request:
            method: POST
            uri: https://api.openai.com/v1/chat/completions
            headers:
              authorization: [Bearer sk-proj-abcdefghijklmnopqrstuvwxyz0123456789abcdef]
              content-type: [application/json]
            body: '{"model":"m","messages":[{"role":"user","content":"mail bob@corp.example"}],"stream":true}'
          response:
            status: {code: 200, message: OK}
            headers: {content-type: [text/event-stream], set-cookie: [a=b]}
            body:
              string: "data: {\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"sk-proj-abcdefghijklmn\"}}]}\n\n\
                data: {\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"opqrstuvwxyz0123456789abcdef ok\"},\"finish_reason\":\"stop\"}]}\n\n\
                data: [DONE]\n\n"
        """#
    private static let sockets = "version: 1\ninteractions:\n- kind: message\n  text: private words\n"

    @Test func aRehearsalTellsWhatWasAnsweredAndWritesNothing() async throws {
        try await Folder.with { folder in
            try folder.write(Self.talk, to: "talk [1].yaml")
            let one = try await Rung.run("import", "vcr", "talk [1].yaml", "--dry-run", "--format", "json", in: folder)
            #expect(one.status == 0 && one.stderr.isEmpty)
            let json = try #require(try JSONSerialization.jsonObject(with: Data(one.stdout.utf8)) as? [String: Any])
            #expect(Set(json.keys) == ["exchanges"])
            let exchange = try #require((json["exchanges"] as? [[String: Any]])?.first)
            #expect(
                Set(exchange.keys) == [
                    "index", "provider", "kind", "method", "url", "status", "streamed", "model", "outputs", "usage", "error",
                ])
            #expect(exchange["kind"] as? String == "openai.chat" && exchange["streamed"] as? Bool == true)
            let several = try await Rung.run(
                "import", "vcr", "talk [1].yaml", "talk [1].yaml", "--dry-run", "--format", "json", in: folder)
            let lines = several.stdout.split(separator: "\n")
            #expect(several.status == 0 && lines.count == 2 && lines.allSatisfy { $0.hasPrefix(#"{"file":"talk [1].yaml","exchanges":["#) })
            #expect(folder.files == ["talk [1].yaml"])
        }
    }

    @Test(.enabled(if: Python.hasSchemas, "python3 has no jsonschema or no yaml")) func theReportKeepsItsSchema() async throws {
        try await Folder.with { folder in
            try folder.write(Self.talk, to: "talk.yaml")
            let report = try await Rung.run("import", "vcr", "talk.yaml", "--dry-run", "--format", "json", in: folder)
            try folder.write(report.stdout, to: "report.json")
            try await Rung.run("generate", "--root", "generated", in: folder)
            let words = ["generated/docs/schemas", "vcr-report", "report.json"]
            let checked = try await Program.run(["/usr/bin/env", "python3", "-c", SchemaTests.script] + words, in: folder.path)
            #expect(checked.stdout == "1\n")
        }
    }

    @Test func cassettesHoldNoSecretsAndAnswerAgents() async throws {
        try await Folder.with { folder in
            try folder.write(Self.talk, to: "talk.yaml")
            let first = try await Rung.run("import", "vcr", "talk.yaml", "--into", "cassettes", in: folder)
            #expect(first.status == 0)
            #expect(
                first.stderr == """
                    talk.yaml: 1 exchange: 1 openai.chat; 1 streamed
                    wrote 1 exchange with 2 redactions in cassettes/talk.jsonl

                    """)
            let cassette = try folder.read("cassettes/talk.jsonl")
            for secret in ["sk-proj", "abcdefgh", "0123456789", "bob@", "set-cookie"] { #expect(!cassette.contains(secret)) }

            let again = try await Rung.run("import", "vcr", "talk.yaml", "--into", "cassettes", in: folder)
            #expect(
                again.status == 3
                    && again.stderr.contains("error: there is a cassette already: cassettes/talk.jsonl\n  replace it with --overwrite"))
            #expect(try folder.read("cassettes/talk.jsonl") == cassette)
            let replaced = try await Rung.run("import", "vcr", "talk.yaml", "--into", "cassettes", "--overwrite", in: folder)
            #expect(replaced.status == 0)
            #expect(try folder.read("cassettes/talk.jsonl") == cassette)

            let body = #"{"stream":true,"model":"m","messages":[{"role":"user","content":"mail bob@corp.example"}]}"#
            let answer = try await Self.ask(body, of: "cassettes/talk.jsonl", in: folder)
            #expect(answer.contains("[redacted:openai-key]") && answer.contains(" ok") && answer.hasSuffix("data: [DONE]\n\n"))
        }
    }

    @Test func aSingleRecordingIsConvertedLikeAnImportedOne() async throws {
        try await Folder.with { folder in
            try folder.write(Self.talk, to: "talk.yaml")
            try await Rung.run("import", "vcr", "talk.yaml", "--into", "imported", in: folder)
            let converted = try await Rung.run("cassette", "convert", "talk.yaml", "deep/refund.jsonl", in: folder)
            #expect(converted.status == 0)
            #expect(converted.stderr == "wrote 1 exchange with 2 redactions in deep/refund.jsonl\n")
            #expect(try folder.read("deep/refund.jsonl") == folder.read("imported/talk.jsonl"))

            // A cassette somebody has edited is written as Rung writes it, in its own place too.
            let cassette = try folder.read("deep/refund.jsonl")
            try folder.write(
                "\n" + cassette.replacingOccurrences(of: #""kind":"cassette","#, with: #""kind" : "cassette", "#), to: "edited")
            let refused = try await Rung.run("cassette", "convert", "edited", "edited", in: folder)
            #expect(refused.status == 3)
            #expect(refused.stderr.contains("edited: error: there is a cassette already\n  replace it with --overwrite"))
            let again = try await Rung.run("cassette", "convert", "edited", "edited", "--overwrite", in: folder)
            #expect(again.status == 0, "\(again.stderr)")
            #expect(try folder.read("edited") == cassette)
        }
    }

    @Test func whatCannotBeConvertedIsToldWithItsPlaceAndNothingIsWritten() async throws {
        try await Folder.with { folder in
            try folder.write(Self.sockets, to: "sockets.yaml")
            try folder.write("version: 1\ninteractions: []\n", to: "empty.yaml")
            try folder.write(#"{"kind":"cassette","format":2,"scenario":"s","recorder":"r","normalizers":[]}"# + "\n", to: "newer.jsonl")
            for (file, problem) in [
                ("sockets.yaml", #"sockets.yaml:3:3: error: a recording of WebSocket messages ("kind: message")"#),
                ("empty.yaml", "empty.yaml: error: the recording has no exchanges"),
                ("newer.jsonl", "newer.jsonl:1:29: error: format 2 is newer than this version of rung reads"),
                ("gone.yaml", "gone.yaml: error: "),
            ] {
                let output = try await Rung.run("cassette", "convert", file, "out.jsonl", in: folder)
                #expect(output.status == 3 && output.stderr.contains(problem), "\(output.stderr)")
            }
            #expect(!folder.has("out.jsonl"))
        }
    }

    @Test func oneRecordingThatCannotBeReadStopsAllAndIsNamed() async throws {
        try await Folder.with { folder in
            try folder.write(Self.talk, to: "talk.yaml")
            try folder.write(Self.sockets, to: "sockets.yaml")
            try folder.write("a: [", to: "broken.yaml")
            try FileManager.default.createDirectory(atPath: folder.path + "/b", withIntermediateDirectories: true)
            try folder.write(Self.talk, to: "b/talk.yaml")
            let refused = try await Rung.run(
                "import", "vcr", "talk.yaml", "sockets.yaml", "broken.yaml", "b/talk.yaml", "--into", "cassettes", in: folder)
            #expect(refused.status == 3)
            #expect(refused.stderr.contains(#"sockets.yaml:3:3: error: a recording of WebSocket messages ("kind: message")"#))
            #expect(refused.stderr.contains("broken.yaml:2:1: error: not readable as YAML: "))
            #expect(refused.stderr.contains("b/talk.yaml: error: its cassette has the name of that of talk.yaml: talk"))
            #expect(!refused.stderr.contains("private words"))
            #expect(!folder.has("cassettes"))
            let nowhere = try await Rung.run("import", "vcr", "talk.yaml", in: folder)
            #expect(nowhere.status == 64 && nowhere.stderr.contains("--into FOLDER is needed, or --dry-run"))
        }
    }

    /// Asks a replayed provider and returns its answer.
    private static func ask(_ body: String, of cassette: String, in folder: Folder) async throws -> String {
        let server = try Rung.start("replay", "serve", "--cassette", cassette, in: folder)
        defer { server.send(SIGKILL) }
        let end = ContinuousClock.now + .seconds(100)
        while ContinuousClock.now < end {
            if let line = server.stderrSoFar.split(separator: "\n").first(where: { $0.hasPrefix("replaying ") }),
                server.stderrSoFar.contains("\n"), let url = line.split(separator: " ").last
            {
                let words = ["curl", "-sS", "--max-time", "60", "-H", "content-type: application/json", "-d", body]
                let place = "\(url)/~openai/v1/chat/completions"
                return try await Program.run(["/usr/bin/env"] + words + [place], in: folder.path).stdout
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        return "the server never listened: \(server.stderrSoFar)"
    }
}
