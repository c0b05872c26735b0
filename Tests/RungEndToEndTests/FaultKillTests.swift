import Foundation
import Testing

@Suite(.serialized) struct FaultKillTests {
    private static let interactions = "SELECT COUNT(*) FROM interaction_records WHERE id IS NOT NULL"

    @Test func aKilledImportLeavesAllOrNothingAndTheSameCommandCompletesIt() async throws {
        try await Folder.with { folder in
            try folder.writeCalls(5, prefix: "first", to: "first.jsonl")
            try folder.writeCalls(2_000, prefix: "second", to: "second.jsonl")
            try await Rung.run("import", "evidence", "first.jsonl", "--evidence", "base.db", in: folder)
            func words(_ evidence: String) -> [String] { ["import", "evidence", "second.jsonl", "--evidence", evidence] }
            try folder.copy("base.db", to: "whole.db")
            let kills = try await Kills(measuring: words("whole.db"), in: folder)
            #expect(try await folder.count(Self.interactions, in: "whole.db") == 2_005)
            var random = SeededNumbers(Kills.seed)
            try folder.copy("base.db", to: "e.db")
            for _ in 0..<Kills.count {
                try await kills.kill(words("e.db"), in: folder, &random)
                let count = try await folder.count(Self.interactions, in: "e.db")
                #expect([5, 2_005].contains(count))
                try await folder.expectSound("e.db")
                if count != 5 { try folder.copy("base.db", to: "e.db") }
            }
            #expect(try await Program.run([Rung.path] + words("e.db"), in: folder.path).status == 0)
            #expect(try await folder.count(Self.interactions, in: "e.db") == 2_005)
            let again = try await Program.run([Rung.path] + words("e.db"), in: folder.path)
            #expect(again.stderr.contains("second.jsonl: 2000 records, 0 added\n"))
            try await folder.expectSound("e.db")
        }
    }

    @Test func anImportKilledWhileItMakesTheFileIsCompletedByTheSameCommand() async throws {
        try await Folder.with { folder in
            try folder.writeCalls(50, prefix: "first", to: "first.jsonl")
            func words(_ evidence: String) -> [String] { ["import", "evidence", "first.jsonl", "--evidence", evidence] }
            let kills = try await Kills(measuring: words("whole.db"), in: folder)
            var random = SeededNumbers(Kills.seed + 1)
            for number in 0..<max(2, Kills.count / 2) {
                let evidence = "e\(number).db"
                try await kills.kill(words(evidence), in: folder, &random)
                let completed = try await Program.run([Rung.path] + words(evidence), in: folder.path)
                #expect(completed.status == 0, "\(completed.stderr)")
                #expect(try await folder.count(Self.interactions, in: evidence) == 50)
                try await folder.expectSound(evidence)
            }
        }
    }

    @Test func aKilledErasureLeavesAllOrNothingAndOnceCompletedNoFileHoldsThePayload() async throws {
        try await Folder.with { folder in
            try folder.writeCalls(5, prefix: "kept", to: "first.jsonl")
            try folder.writeCalls(300, prefix: "mildred.quux", to: "second.jsonl")
            for name in ["first.jsonl", "second.jsonl"] {
                try await Rung.run("import", "evidence", name, "--evidence", "base.db", in: folder)
            }
            func words(_ evidence: String) -> [String] {
                ["ledger", "erase", "interaction"] + (0..<300).map { "mildred.quux-\($0)" } + [
                    "--reason", "asked to", "--evidence", evidence,
                ]
            }
            try folder.copy("base.db", to: "whole.db")
            let kills = try await Kills(measuring: words("whole.db"), in: folder)
            var random = SeededNumbers(Kills.seed + 2)
            for number in 0..<Kills.count {
                let evidence = "e\(number).db"
                try folder.copy("base.db", to: evidence)
                try await kills.kill(words(evidence), in: folder, &random)
                let left = try await folder.count(Self.interactions, in: evidence)
                let erased = try await folder.count("SELECT COUNT(*) FROM erased_records", in: evidence)
                #expect((left, erased) == (305, 0) || (left, erased) == (5, 300))
                try await folder.expectSound(evidence)
                let completed = try await Program.run([Rung.path] + words(evidence), in: folder.path)
                #expect(completed.status == 0, "\(completed.stderr)")
                #expect(try await folder.count(Self.interactions, in: evidence) == 5)
                try await folder.expectSound(evidence)
                for file in folder.files where file.hasPrefix(evidence) {
                    let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(file)"))
                    #expect(bytes.range(of: Data("mildred.quux".utf8)) == nil, "\(file) still holds what was erased")
                }
            }
        }
    }

    @Test func aKilledCheckpointLeavesNoHalfFileAndTheSameCommandCompletesIt() async throws {
        try await Folder.with { folder in
            let key = ["RUNG_SIGNING_KEY_FILE": "\(folder.path)/key"]
            try await Rung.run("ledger", "keys", "new", in: folder, environment: key)
            try folder.writeCalls(5, prefix: "first", to: "first.jsonl")
            try await Rung.run("import", "evidence", "first.jsonl", "--evidence", "base.db", in: folder)
            func words(_ number: Int) -> [String] {
                ["ledger", "checkpoint", "--evidence", "e\(number).db", "--out", "anchor\(number).txt"]
            }
            try folder.copy("base.db", to: "e0.db")
            let kills = try await Kills(measuring: words(0), in: folder, environment: key)
            let lines = folder.lines("anchor0.txt").count
            var random = SeededNumbers(Kills.seed + 3)
            for number in 1...Kills.count {
                try folder.copy("base.db", to: "e\(number).db")
                try await kills.kill(words(number), in: folder, environment: key, &random)
                #expect(try await [0, 1].contains(folder.count("SELECT COUNT(*) FROM ledger_checkpoints", in: "e\(number).db")))
                #expect(!folder.has("anchor\(number).txt") || folder.lines("anchor\(number).txt").count == lines)
                try await folder.expectSound("e\(number).db")
                let completed = try await Program.run([Rung.path] + words(number), in: folder.path, environment: key)
                #expect(completed.status == 0, "\(completed.stderr)")
                #expect(try await folder.count("SELECT COUNT(*) FROM ledger_checkpoints", in: "e\(number).db") == 1)
                let verified = try await Rung.run(
                    "ledger", "verify", "--evidence", "e\(number).db", "--anchor", "anchor\(number).txt", in: folder)
                #expect(verified.status == 0 && verified.stdout.contains("anchoring     ok\n"))
            }
        }
    }
}
