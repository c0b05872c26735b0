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

    @Test func theRubricIsCheckedAndExplained() async throws {
        try await Folder.with { folder in
            let check = try await Rung.run("rubric", "check", in: folder)
            #expect(check.status == 0)
            #expect(check.stdout.hasPrefix("built-in rubric: 80 criteria, 7 symptoms, 119 queries, version "))
            let explained = try await Rung.run("rubric", "explain", "GOV-302", "VAL-506", in: folder)
            #expect(explained.status == 0)
            for text in [
                "GOV-302  Deployment needs approval\n", "needs          PRM-305 (", "  SELECT z.release_id", "VAL-506  ", "attested  ",
            ] {
                #expect(explained.stdout.contains(text), "\(text)")
            }
            let unknown = try await Rung.run("rubric", "explain", "GOV-320", in: folder)
            #expect(unknown.status == 3)
            #expect(unknown.stderr.contains("no criterion \"GOV-320\"\n  did you mean \"GOV-3"))
            #expect(try await Rung.run("rubric", "explain", in: folder).stdout.split(separator: "\n").count == 80)

            let own = try String(contentsOfFile: Repository.root + "/rubrics/agentops-five-stage.yaml", encoding: .utf8)
                .replacing("FROM principals p\n", with: "FROM people p\n").replacing("lines: [L12.3]", with: "lines: [L12.1]")
                .replacing("id: agentops-five-stage\n", with: "id: own\n")
            try folder.write(own, to: "own.yaml")
            let broken = try await Rung.run("rubric", "check", "--rubric", "own.yaml", in: folder)
            #expect(broken.status == 3)
            #expect(broken.stderr.contains("the measure of REG-201 fails: the query is wrong: no such table: people"))
            #expect(broken.stderr.contains("no criterion and no symptom answers line \"L12.3\" of the model"))
        }
    }

    @Test func aGateAsksForAStageAndAPlanSupposes() async throws {
        try await Folder.withExample { folder in
            #expect(try await Rung.run("assess", "--require", "stage>=1", in: folder).status == 0)
            let red = try await Rung.run("assess", "--require", "stage>=2", in: folder)
            #expect(red.status == 1)
            #expect(red.stderr.hasSuffix("gate: fail\n  - stage 2 is required, stage 1 is earned\n"))
            let plan = try await Rung.run(
                "assess", "--what-if", "REG-2*=full", "--what-if", "OBS-2*=full", "--json", "plan.json", in: folder)
            #expect(plan.status == 0)
            let told = plan.stdout.replacing("\n  ", with: " ")
            #expect(told.contains("stage 2 (Agent Zoo) would be earned with REG-2*=full, OBS-2*=full; a plan, no assessment\n"))
            #expect(try folder.read("plan.json").contains("\n\"whatIf\":[\"REG-2*=full\",\"OBS-2*=full\"],\n"))
            let unknown = try await Rung.run("assess", "--what-if", "REG-210=full", in: folder)
            #expect(unknown.status == 3)
            for words in [["--require", "stage>1"], ["--what-if", "REG-201"], ["--what-if", "REG-201=full", "--require", "stage>=1"]] {
                #expect(try await Program.run([Rung.path, "assess"] + words, in: folder.path).status == 64, "\(words)")
            }
        }
    }

    /// Evidence of the sample organization, made by its generator.
    private static func writeSample(to folder: Folder) async throws {
        let sample = Repository.root + "/fixtures/sample"
        try await Folder.with { copy in
            try FileManager.default.removeItem(atPath: copy.path)
            try FileManager.default.copyItem(atPath: sample, toPath: copy.path)
            let made = try await Program.run(
                ["/usr/bin/env", "python3", "generate-evidence.py", folder.path + "/evidence"], in: copy.path)
            guard made.status == 0 else { throw Program.Failure(description: made.stderr) }
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/evidence").sorted()
            try folder.write(try files.map { try folder.read("evidence/" + $0) }.joined(), to: "evidence.jsonl")
        }
    }
}
