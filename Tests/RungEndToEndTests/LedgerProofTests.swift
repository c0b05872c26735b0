import Foundation
import Testing

@Suite struct LedgerProofTests {
    /// Files of a signed example: two checkpoints, proofs, tiles, an attestation.
    private static func withFiles(_ body: (Folder) async throws -> Void) async throws {
        try await Folder.withSignedExample { folder in
            try await written(folder, "checkpoint", "--out", "first")
            for _ in 0..<2 { try await Rung.run("test", "recorded", in: folder, environment: folder.home) }
            try await written(folder, "checkpoint", "--out", "second")
            try await written(folder, "prove", "--record", "2", "--out", "record.tlog-proof")
            try await written(folder, "prove", "agent:helpdesk", "--out", "agent.tlog-proof")
            try await written(folder, "prove", "--entry", "1", "--out", "entry.tlog-proof")
            try await written(folder, "prove", "--from", String(try size(folder, "first")), "--out", "growth")
            try await written(folder, "export", "--tiles", "log")
            try await written(folder, "export", "--attestation", "latest", "--out", "run.intoto.jsonl")
            try await body(folder)
        }
    }

    private static func written(_ folder: Folder, _ words: String...) async throws {
        let output = try await Program.run([Rung.path, "ledger"] + words, in: folder.path, environment: folder.home)
        guard output.status == 0 else { throw Program.Failure(description: "\(words): \(output.stderr)") }
    }

    private static func size(_ folder: Folder, _ checkpoint: String) throws -> Int {
        Int(folder.lines(checkpoint)[1]) ?? -1
    }

    @Test(.enabled(if: LedgerScripts.canRun, "the Python package cryptography is not installed"))
    func aVerifierThatSharesNothingWithTheProgramAgrees() async throws {
        try await Self.withFiles { folder in
            let key = try await folder.ledger("keys").stdout.trimmingCharacters(in: .newlines)
            let words = [
                "key", key, "checkpoint", "first", "checkpoint", "second", "receipt", "record.tlog-proof", "receipt", "agent.tlog-proof",
                "receipt", "entry.tlog-proof", "growth", "growth", "first", "tiles", "log", "attestation", "run.intoto.jsonl",
            ]
            let output = try await Program.run(
                ["/usr/bin/env", "python3", "-c", LedgerScripts.verifier] + words, in: folder.path)
            #expect(output.stderr == "")
            let (first, second) = (try Self.size(folder, "first"), try Self.size(folder, "second"))
            #expect(
                output.stdout.split(separator: "\n").filter { !$0.hasPrefix("receipt ") } == [
                    "checkpoint \(first)", "checkpoint \(second)", "growth", "tiles \(second)",
                    "attestation https://in-toto.io/attestation/test-result/v0.1,https://rung.dev/attestation/gate/v1",
                ])
            #expect(output.stdout.contains("receipt agent\n") && output.stdout.contains("receipt entry\n"))
        }
    }

    @Test(.enabled(if: LedgerScripts.canRun, "the Python package cryptography is not installed"))
    func anExportGrowsInPlaceAndVerifiesElsewhere() async throws {
        try await Folder.withSignedExample { folder in
            let key = try await folder.ledger("keys").stdout.trimmingCharacters(in: .newlines)
            var sizes: Set<String> = []
            for round in 0..<3 {
                let lines = (0..<40).map {
                    #"{"kind":"scan","id":"s\#(round)-\#($0)","at":"2026-09-01","records":1,"type":"overlap"}"#
                }
                try folder.write(lines.joined(separator: "\n") + "\n", to: "scans.jsonl")
                #expect(try await Rung.run("import", "evidence", "scans.jsonl", in: folder, environment: folder.home).status == 0)
                try await Self.written(folder, "export", "--tiles", "log")
                let verified = try await Python.run(LedgerScripts.verifier, "key", key, "tiles", "log", in: folder)
                #expect(verified.status == 0, "\(verified.stderr)")
                sizes.insert(verified.stdout)
            }
            #expect(sizes.count == 3)
        }
    }

    @Test func everyFileIsCheckedOfflineWithThePublicKeyAlone() async throws {
        try await Self.withFiles { folder in
            let key = try await folder.ledger("keys").stdout
            try await Folder.with { elsewhere in
                for name in ["record.tlog-proof", "agent.tlog-proof", "entry.tlog-proof", "growth", "first", "second", "run.intoto.jsonl"] {
                    try elsewhere.write(try folder.read(name), to: name)
                }
                try elsewhere.write(key, to: "public")
                for name in ["record.tlog-proof", "agent.tlog-proof", "entry.tlog-proof", "second", "run.intoto.jsonl"] {
                    let checked = try await Rung.run("ledger", "check-proof", name, "--key", "public", in: elsewhere)
                    #expect(checked.status == 0, "\(name): \(checked.stderr)")
                    let unknown = try await Rung.run("ledger", "check-proof", name, in: elsewhere)
                    #expect(unknown.status == 2)
                    #expect(unknown.stderr.contains("nobody can tell who signed it without a public key"))
                }
                let growth = try await Rung.run(
                    "ledger", "check-proof", "growth", "--from", "first", "--key", key.trimmingCharacters(in: .newlines), in: elsewhere)
                #expect(growth.status == 0)
                #expect(try await Rung.run("ledger", "check-proof", "growth", "--key", "public", in: elsewhere).status == 2)
                let wrong = try await Rung.run(
                    "ledger", "check-proof", "growth", "--from", "second", "--key", "public", in: elsewhere)
                #expect(wrong.status == 4)
                let shown = try await Rung.run(
                    "ledger", "check-proof", "agent.tlog-proof", "--key", "public", "--show", in: elsewhere)
                #expect(shown.stdout.contains(#""kind":"agent""#))
            }
        }
    }

    @Test func whateverIsChangedInAFileIsFound() async throws {
        try await Self.withFiles { folder in
            let proof = try folder.read("record.tlog-proof")
            // The payload is in base64; a changed character of it changes the record or spoils the receipt.
            var bytes = Array(proof.utf8)
            let place = bytes.count / 3
            bytes[place] = bytes[place] == 65 ? 66 : 65
            try folder.write(String(decoding: bytes, as: UTF8.self), to: "changed")
            #expect([3, 4].contains(try await folder.ledger("check-proof", "changed").status))
            try folder.write(try folder.read("first").replacingOccurrences(of: "rung/", with: "ring/"), to: "renamed")
            let renamed = try await folder.ledger("check-proof", "renamed")
            #expect(renamed.status == 4)
            #expect(renamed.stderr.contains("the signature in the name of rung-"))
            let statement = try folder.read("run.intoto.jsonl").replacingOccurrences(of: "\"payload\":\"ey", with: "\"payload\":\"ez")
            try folder.write(statement, to: "stated")
            #expect(try await folder.ledger("check-proof", "stated").status == 4)
        }
    }

    @Test(arguments: [
        ("garbage\n", "2:1: error: the text ends here, expected the size of the log"),
        ("", "1:1: error: the text ends here, expected the origin of a checkpoint"),
        ("c2sp.org/tlog-proof@v1\nindex x\n", "2:7: error: the index must be a whole number without leading zeros"),
        ("old 3\nAAAA\n", "2:1: error: a hash of the proof must be 32 bytes in base64"),
        ("{\"payloadType\":1}", "1:1: error: this is not a DSSE envelope: it has payloadType, payload and signatures"),
    ])
    func garbageIsRefusedWithItsPlace(text: String, message: String) async throws {
        try await Folder.with { folder in
            try folder.write(text, to: "file")
            let output = try await Rung.run("ledger", "check-proof", "file", in: folder)
            #expect(output.status == 3)
            #expect(output.stderr.hasPrefix("file:\(message)\n"))
        }
    }

    @Test func aNoteThatWasCutOffAndAWrongKeyAreRefused() async throws {
        try await Self.withFiles { folder in
            try folder.write(String(try folder.read("first").dropLast(4)), to: "cut")
            let cut = try await folder.ledger("check-proof", "cut")
            #expect(cut.status == 3)
            #expect(cut.stderr.contains("the last line has no newline; the text was cut off"))
            let peter = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
            let stranger = try await folder.ledger("check-proof", "first", "--key", peter)
            #expect(stranger.status == 2)
            #expect(stranger.stderr.contains("none of the given keys has signed it"))
            let noKey = try await folder.ledger("check-proof", "first", "--key", "PeterNeumann+c74f20a4+x")
            #expect(noKey.status == 3)
            #expect(noKey.stderr.contains("is neither a file nor a public key"))
            // The same name and id with another key cannot be: the id follows from the key.
            let own = try await folder.ledger("keys").stdout.trimmingCharacters(in: .newlines)
            let mixed = own.split(separator: "+").prefix(2).joined(separator: "+") + "+" + peter.split(separator: "+", maxSplits: 2)[2]
            #expect(try await folder.ledger("check-proof", "first", "--key", mixed).status == 3)
        }
    }

    private static let wrongWords: [(words: String, status: Int32)] = [
        ("prove", 64), ("prove agent:x --entry 1", 64), ("prove agent", 64), ("prove --record -1", 64),
        ("prove agent:nobody", 3), ("prove nothing:x", 3), ("prove --entry 999", 3), ("prove --from 999", 3),
        ("prove --entry 0 --under rung.yaml", 3), ("prove --entry 0 --under missing", 3),
        ("export", 64), ("export --tiles a --attestation latest", 64), ("export --attestation nothing", 3),
        ("check-proof missing", 3), ("add-cosignature rung.yaml --key x", 3),
    ]

    @Test(arguments: wrongWords)
    func wrongWordsHaveTheirStatus(words: String, status: Int32) async throws {
        try await Folder.withSignedExample { folder in
            let output = try await Program.run(
                [Rung.path, "ledger"] + words.split(separator: " ").map(String.init), in: folder.path, environment: folder.home)
            #expect(output.status == status, "\(output.stderr)")
            #expect(!output.stderr.isEmpty)
        }
    }

    @Test func withoutAKeyOnlyTheUnsignedHeadIsHandedOut() async throws {
        try await Folder.withExample { folder in
            try await Rung.run("test", "recorded", in: folder)
            let refused = try await Rung.run("ledger", "checkpoint", in: folder)
            #expect(refused.status == 3)
            #expect(refused.stderr.contains("make one with: rung ledger keys new"))
            let head = try await Rung.run("ledger", "checkpoint", "--unsigned", "--out", "head", in: folder)
            #expect(head.status == 0)
            #expect(folder.lines("head").count == 3)
            #expect(try await Rung.run("ledger", "prove", "--entry", "0", "--under", "head", "--out", "proof", in: folder).status == 0)
            let checked = try await Rung.run("ledger", "check-proof", "proof", in: folder)
            #expect(checked.status == 2)
            let none = try await Rung.run("ledger", "prove", "--entry", "0", in: folder)
            #expect(none.status == 4)
            #expect(none.stderr.contains("no checkpoint covers it yet"))
        }
    }

    @Test func tilesOfAnotherHistoryAreNotReplaced() async throws {
        try await Self.withFiles { folder in
            let published = try folder.read("log/checkpoint")
            try FileManager.default.removeItem(atPath: folder.path + "/.rung")
            #expect(try await Rung.run("test", "recorded", in: folder, environment: folder.home).status == 0)
            let refused = try await folder.ledger("export", "--tiles", "log")
            #expect(refused.status == 4)
            #expect(refused.stderr.contains("log/checkpoint does not fit this ledger"))
            #expect(try folder.read("log/checkpoint") == published)
        }
    }

    @Test(.enabled(if: LedgerScripts.canRun, "the Python package cryptography is not installed"))
    func theSignatureOfAWitnessMakesACheckpointHeldOutside() async throws {
        try await Folder.withSignedExample { folder in
            try await Self.written(folder, "checkpoint", "--out", "cp")
            let witness = try await Python.run(LedgerScripts.witness, "cp", "line", in: folder)
            #expect(witness.status == 0, "\(witness.stderr)")
            let key = witness.stdout.trimmingCharacters(in: .newlines)
            #expect(try await folder.ledger("add-cosignature", "line", "--key", key).status == 0)
            #expect(try await folder.sql("SELECT held_outside FROM checkpoints") == "1")
            try await Self.written(folder, "prove", "--entry", "0", "--out", "proof")
            let checked = try await folder.ledger("check-proof", "proof", "--key", key)
            #expect(checked.status == 0)
            #expect(checked.stderr.contains("signed by witness.test/w1+"))
            try folder.write(try folder.read("line").replacingOccurrences(of: "witness", with: "witless"), to: "line")
            let wrong = try await folder.ledger("add-cosignature", "line", "--key", key)
            #expect(wrong.status == 4)
        }
    }

    @Test(.enabled(if: Python.hasSchemas, "the Python package jsonschema is not installed"))
    func receiptsAndAttestationsFitTheirSchemas() async throws {
        try await Self.withFiles { folder in
            let output = try await Python.run(
                """
                import base64, json, jsonschema, sys
                def schema(name): return json.load(open(sys.argv[1] + "/docs/schemas/" + name + ".schema.json"))
                for name in ["record", "entry"]:
                    line = open(name + ".tlog-proof").read().split("\\n")[1]
                    jsonschema.validate(json.loads(base64.b64decode(line.removeprefix("extra "))), schema("ledger-receipt"))
                for line in open("run.intoto.jsonl"):
                    statement = json.loads(base64.b64decode(json.loads(line)["payload"]))
                    if statement["predicateType"].startswith("https://rung.dev/"):
                        jsonschema.validate(statement["predicate"], schema("gate-attestation"))
                        print("fits")
                """, Repository.root, in: folder)
            #expect(output.stdout == "fits\n", "\(output.stderr)")
        }
    }
}
