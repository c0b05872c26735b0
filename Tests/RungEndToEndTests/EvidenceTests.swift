import Foundation
import Testing

@Suite struct EvidenceTests {
    @Test func aRehearsalOfAnEvidenceImportNeedsNoWorkspaceAndWritesNothing() async throws {
        try await Folder.with { folder in
            try await Self.writeSample(to: folder)
            let before = folder.files
            let rehearsal = try await Rung.run("import", "evidence", "evidence.jsonl", "--dry-run", in: folder)
            #expect(rehearsal.status == 0)
            #expect(!rehearsal.stderr.isEmpty)
            #expect(folder.files == before)
        }
    }

    @Test func theSameEvidenceTwiceAddsNothing() async throws {
        try await Folder.withExample { folder in
            try await Self.writeSample(to: folder)
            let first = try await Rung.run("import", "evidence", "evidence.jsonl", in: folder)
            #expect(first.status == 0)
            let size = try await folder.storedRows()
            #expect(size ?? 0 > 0)
            let second = try await Rung.run("import", "evidence", "evidence.jsonl", in: folder)
            #expect(second.status == 0)
            #expect(try await folder.storedRows() == size)
        }
    }

    @Test(arguments: [
        ("{\"kind\":\"unheard-of\"}\n", 3), ("not json\n", 3), ("{\"kind\":\n", 3), ("[]\n", 3),
    ])
    func oneWrongRecordAmongManyIsNamedByItsLineAndNothingIsStored(_ line: String, _ number: Int) async throws {
        try await Folder.withExample { folder in
            try await Self.writeSample(to: folder)
            var lines = try folder.read("evidence.jsonl").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            lines.insert(String(line.dropLast()), at: number - 1)
            try folder.write(lines.joined(separator: "\n"), to: "evidence.jsonl")
            let refused = try await Rung.run("import", "evidence", "evidence.jsonl", in: folder)
            #expect(refused.status == 3)
            #expect(refused.stderr.hasPrefix("evidence.jsonl:\(number):"))
            #expect(!folder.has(".rung/evidence.db"))
            try await Rung.run("test", "recorded", in: folder)
            let size = try await folder.storedRows()
            #expect(try await Rung.run("import", "evidence", "evidence.jsonl", in: folder).status == 3)
            #expect(try await folder.storedRows() == size)
        }
    }

    @Test func runsAtTheSameTimeShareTheEvidence() async throws {
        try await Folder.withBench(.init(cases: 20)) { folder in
            try await withThrowingTaskGroup(of: Int32.self) { group in
                for number in 1...4 {
                    group.addTask { try await Rung.run("test", "--json", "r\(number).json", in: folder).status }
                }
                for try await status in group { #expect(status == 0) }
            }
            let ids = Set(try (1...4).map { try folder.results("r\($0).json").run.id })
            #expect(ids.count == 4)
            let list = try await Rung.run("runs", "list", in: folder)
            #expect(Set(list.stdout.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }) == ids)
            let assessed = try await Rung.run("assess", in: folder)
            #expect(assessed.status == 0)
        }
    }

    @Test func aFileThatIsNoEvidenceIsLeftAlone() async throws {
        try await Folder.withBench { folder in
            try folder.write("hello\n", to: "notes.txt")
            for words in [["test"], ["runs", "list"], ["assess"]] {
                let output = try await Program.run([Rung.path] + words + ["--evidence", "notes.txt"], in: folder.path)
                #expect(output.status == 4)
                #expect(output.stderr.contains("notes.txt is not an evidence database\n  name another file, or move this one away\n"))
            }
            #expect(try folder.read("notes.txt") == "hello\n")
            #expect(folder.files.filter { $0.hasPrefix("notes") } == ["notes.txt"])
        }
    }

    @Test func aBrokenLedgerVoidsTheAssessment() async throws {
        try await Folder.withExample { folder in
            try await Rung.run("test", "recorded", in: folder)
            let changed = try await Python.run(
                """
                import sqlite3
                base = sqlite3.connect(".rung/evidence.db")
                base.execute("UPDATE case_result_records SET id = 'another'")
                base.commit()
                """, in: folder)
            #expect(changed.status == 0)
            let assessed = try await Rung.run("assess", "--format", "json", in: folder)
            #expect(assessed.status == 4)
            let report = try #require(try JSONSerialization.jsonObject(with: Data(assessed.stdout.utf8)) as? [String: Any])
            #expect(report["void"] as? Bool == true)
        }
    }

    /// Evidence of the sample organization, made by its generator.
    private static func writeSample(to folder: Folder) async throws {
        let sample = Repository.root + "/fixtures/sample"
        try await Folder.with { copy in
            try FileManager.default.removeItem(atPath: copy.path)
            try FileManager.default.copyItem(atPath: sample, toPath: copy.path)
            let made = try await Program.run(
                ["/usr/bin/env", "python3", "generate-evidence.py", folder.path + "/evidence.jsonl"], in: copy.path)
            guard made.status == 0 else { throw Program.Failure(description: made.stderr) }
        }
    }
}
