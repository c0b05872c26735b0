import Foundation
import Testing

@Suite struct SourceTests {
    static let usage =
        #"{"kind":"usageCount","agentId":"router","environment":"production","day":"2026-01-05","counted":7,"countedBy":"gateway"}"#

    @Test func aSourceSendsWithItsTokenAndNobodyElseDoes() async throws {
        try await Folder.withExample { folder in
            try folder.write(Self.usage + "\n", to: "usage.jsonl")
            let added = try await Rung.run("source", "add", "gw", "--type", "gateway", in: folder)
            #expect(added.status == 0)
            let token = added.stdout.trimmingCharacters(in: .newlines)
            #expect(token.hasPrefix("rung_src_") && token.utf8.count == 52)
            #expect(!added.stderr.contains(token))
            let size = try await folder.storedRows()

            for wrong in ["rung_src_" + String(repeating: "A", count: 43), String(token.dropLast())] {
                let refused = try await Rung.run(
                    "import", "evidence", "usage.jsonl", "--source", "gw", in: folder, environment: ["RUNG_SOURCE_TOKEN": wrong])
                #expect(refused.status == 3)
                #expect(refused.stderr.hasPrefix("error: the token is not that of the source \"gw\"\n"))
                #expect(!refused.stderr.contains(wrong))
            }
            let missing = try await Rung.run("import", "evidence", "usage.jsonl", "--source", "gw", in: folder)
            #expect(missing.status == 3)
            #expect(missing.stderr.contains("give --token-file FILE, or set RUNG_SOURCE_TOKEN"))
            #expect(try await folder.storedRows() == size)

            try folder.write(token + "\n", to: "token")
            let taken = try await Rung.run(
                "import", "evidence", "usage.jsonl", "--source", "gw", "--token-file", "token", "--format", "json", in: folder)
            #expect(taken.status == 0)
            #expect(taken.stdout.contains("\"authenticated\": 1"))
            let again = try await Rung.run(
                "import", "evidence", "usage.jsonl", "--source", "gw", in: folder, environment: ["RUNG_SOURCE_TOKEN": token])
            #expect(again.status == 0)
            #expect(again.stderr.contains("1 record stored before"))

            for name in folder.files where name.hasPrefix(".rung/") {
                let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(name)"))
                #expect(bytes.range(of: Data(token.dropFirst(9).utf8)) == nil, "\(name) holds the token")
            }
        }
    }

    @Test func aRevokedSourceSendsNoMore() async throws {
        try await Folder.withExample { folder in
            try folder.write(Self.usage + "\n", to: "usage.jsonl")
            let added = try await Rung.run("source", "add", "gw", "--type", "gateway", in: folder)
            let first = ["RUNG_SOURCE_TOKEN": added.stdout.trimmingCharacters(in: .newlines)]
            let rotated = try await Rung.run("source", "rotate", "gw", in: folder)
            let second = ["RUNG_SOURCE_TOKEN": rotated.stdout.trimmingCharacters(in: .newlines)]
            let words = ["import", "evidence", "usage.jsonl", "--source", "gw", "--dry-run"]
            #expect(try await Program.run([Rung.path] + words, in: folder.path, environment: first).status == 3)
            #expect(try await Program.run([Rung.path] + words, in: folder.path, environment: second).status == 0)
            #expect(try await Rung.run("source", "revoke", "gw", in: folder).status == 0)
            let refused = try await Program.run([Rung.path] + words, in: folder.path, environment: second)
            #expect(refused.status == 3)
            #expect(refused.stderr.contains("the source \"gw\" was revoked at "))
            let list = try await Rung.run("source", "list", in: folder)
            #expect(list.stdout.hasPrefix("gw  gateway  token  revoked "))
            #expect(try await Rung.run("source", "revoke", "gw", in: folder).status == 3)
            #expect(try await Rung.run("source", "rotate", "other", in: folder).status == 3)
        }
    }

    @Test func aSignedFileIsTakenAndAChangedOneIsNot() async throws {
        try await Folder.withExample { folder in
            try folder.write(Self.usage + "\n", to: "usage.jsonl")
            let added = try await Rung.run("source", "add", "gw", "--type", "gateway", "--new-key", "gw.key", in: folder)
            #expect(added.status == 0 && added.stdout.isEmpty)
            let mode = try FileManager.default.attributesOfItem(atPath: folder.path + "/gw.key")[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(try await Rung.run("source", "sign", "usage.jsonl", "--key", "gw.key", in: folder).status == 0)
            let words = ["import", "evidence", "usage.jsonl", "--source", "gw", "--signature", "usage.jsonl.sig"]
            let size = try await folder.storedRows()
            try folder.write(Self.usage.replacingOccurrences(of: "7", with: "8") + "\n", to: "usage.jsonl")
            let changed = try await Program.run([Rung.path] + words, in: folder.path)
            #expect(changed.status == 3)
            #expect(changed.stderr.hasPrefix("error: usage.jsonl is not the file that was signed\n"))
            #expect(try await folder.storedRows() == size)
            try folder.write(Self.usage + "\n", to: "usage.jsonl")
            let taken = try await Program.run([Rung.path] + words, in: folder.path)
            #expect(taken.status == 0)
            #expect(taken.stderr.contains("1 of them authenticated"))
            try folder.write("garbage", to: "usage.jsonl.sig")
            let garbage = try await Program.run([Rung.path] + words, in: folder.path)
            #expect(garbage.status == 3)
            #expect(garbage.stderr.hasPrefix("usage.jsonl.sig:1:1: error: "))
            _ = try await Program.run(["/bin/chmod", "644", "gw.key"], in: folder.path)
            let open = try await Rung.run("source", "sign", "usage.jsonl", "--key", "gw.key", in: folder)
            #expect(open.status == 3)
            #expect(open.stderr.contains("others may read the private key: its mode is 644"))
        }
    }

    @Test func wordsThatDoNotFitAreRefusedAsSuch() async throws {
        try await Folder.withExample { folder in
            let wrong: [[String]] = [
                ["source", "add", "gw"], ["source", "add", "gw", "--type", "robot"], ["import", "evidence", "x", "--token-file", "t"],
                ["import", "evidence", "x", "--signature", "s"], ["source", "add", "gw", "--type", "gateway", "--token", "--new-key", "k"],
            ]
            for words in wrong {
                let refused = try await Program.run([Rung.path] + words, in: folder.path)
                #expect(refused.status == 64, "\(words)")
            }
            let name = try await Rung.run("source", "add", "a/b", "--type", "gateway", in: folder)
            #expect(name.status == 3)
            let missing = try await Rung.run("import", "evidence", "x", "--source", "gw", in: folder)
            #expect(missing.status == 3)
        }
    }
}
