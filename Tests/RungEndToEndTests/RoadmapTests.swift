import Foundation
import Testing

@Suite struct RoadmapTests {
    /// Supposes everything up to a stage to be full.
    private static func supposing(upTo stage: Int) -> [String] { (2...stage).flatMap { ["--what-if", "*-\($0)*=full"] } }

    private func rung(_ words: [String], in folder: Folder) async throws -> Output {
        try await Program.run([Rung.path] + words, in: folder.path)
    }

    @Test func aNewWorkspaceIsLedFromTheFirstStageToTheLast() async throws {
        try await Folder.withExample { folder in
            try await Rung.run("test", in: folder)
            let before = folder.files.filter { !$0.hasPrefix(".rung/") }
            let plan = try await Rung.run("roadmap", in: folder)
            #expect(plan.status == 0)
            #expect(plan.stdout.contains(", from stage 1 (Clever Bot) to stage 5 (Intelligent\n  Enterprise)\n"))
            for (stage, name) in [(2, "Agent Zoo"), (3, "Agent Factory"), (4, "Learning Mesh"), (5, "Intelligent Enterprise")] {
                #expect(plan.stdout.contains("\ntowards stage \(stage), \(name): "))
                #expect(plan.stdout.contains("\n  => stage \(stage), \(name)\n"))
            }
            #expect(plan.stdout.contains("owner: nobody is named; due "))
            #expect(plan.stdout.split(separator: "\n").allSatisfy { $0.count <= 80 })
            #expect(folder.files.filter { !$0.hasPrefix(".rung/") } == before)
        }
    }

    @Test func everyFormatHoldsTheSameSteps() async throws {
        try await Folder.withExample { folder in
            let json = try await Rung.run("roadmap", "--target", "3", "--format", "json", in: folder)
            let plan = try #require(try JSONSerialization.jsonObject(with: Data(json.stdout.utf8)) as? [String: Any])
            let steps = try #require(plan["steps"] as? [[String: Any]])
            let ids = steps.compactMap { $0["criterion"] as? String }
            #expect(ids.count > 20 && plan["stageAfter"] as? Int == 3)
            #expect(steps.last?["stageAfter"] as? Int == 3)

            let text = try await Rung.run("roadmap", "--target", "3", in: folder)
            let markdown = try await Rung.run("roadmap", "--target", "3", "--format", "markdown", in: folder)
            for id in ids { #expect(text.stdout.contains("(\(id)") && markdown.stdout.contains("(`\(id)`")) }
            #expect(markdown.stdout.components(separatedBy: "\n- [ ] ").count == ids.count + 1)

            let rows = try await Rung.run("roadmap", "--target", "3", "--format", "csv", in: folder).stdout.components(separatedBy: "\r\n")
            #expect(rows.count == ids.count + 2 && rows.last == "")
            #expect(rows[1].contains(",\(ids[0]),"))

            let issues = try await Rung.run("roadmap", "--target", "3", "--format", "issues", in: folder).stdout.split(separator: "\n")
            let titles = try issues.map { line in
                let issue = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                return issue?["title"] as? String ?? ""
            }
            #expect(titles.count == ids.count)
            for (id, title) in zip(ids, titles) { #expect(title.hasPrefix("\(id): ")) }
        }
    }

    @Test(.enabled(if: Python.hasSchemas, "python3 has no jsonschema or no yaml"))
    func plansAndIssuesKeepTheirSchemas() async throws {
        try await Folder.withExample { folder in
            try folder.write(try await Rung.run("roadmap", "--format", "json", in: folder).stdout, to: "roadmap.json")
            let nothing = try await rung(["roadmap", "--target", "2", "--format", "json"] + Self.supposing(upTo: 2), in: folder)
            try folder.write(nothing.stdout, to: "nothing.json")
            let issues = try await Rung.run("roadmap", "--target", "2", "--format", "issues", in: folder)
            try folder.write(issues.stdout, to: "issues.jsonl")
            let pairs = ["roadmap", "roadmap.json", "roadmap", "nothing.json", "roadmap-issue", "issues.jsonl"]
            let output = try await Program.run(
                ["/usr/bin/env", "python3", "-c", SchemaTests.script, Repository.root + "/docs/schemas"] + pairs, in: folder.path)
            #expect(output.stdout == "\(2 + issues.stdout.split(separator: "\n").count)\n", "\(output.stderr)")
        }
    }

    @Test func aStageThatIsEarnedLeavesNothingToDo() async throws {
        try await Folder.withExample { folder in
            let text = try await rung(["roadmap", "--target", "2"] + Self.supposing(upTo: 3), in: folder)
            #expect(text.status == 0)
            #expect(text.stdout.contains("\nsupposing *-2*=full, *-3*=full\n"))
            #expect(text.stdout.hasSuffix("\n\nstage 3 (Agent Factory) is earned: nothing to do for stage 2\n"))
            let issues = try await rung(["roadmap", "--target", "3", "--format", "issues"] + Self.supposing(upTo: 3), in: folder)
            #expect(issues.status == 0 && issues.stdout.isEmpty)
            #expect(issues.stderr.contains("note: stage 3 is earned: nothing to do for stage 3\n"))
        }
    }

    @Test func withoutALedgerThatVerifiesThereIsNoPlan() async throws {
        try await Folder.withExample { folder in
            try await Rung.run("test", in: folder)
            let broken = try await Python.run(
                """
                import sqlite3
                base = sqlite3.connect(".rung/evidence.db")
                base.execute("UPDATE ledger_entries SET leaf = zeroblob(32) WHERE sequence = 0")
                base.commit()
                """, in: folder)
            #expect(broken.status == 0, "\(broken.stderr)")
            let plan = try await Rung.run("roadmap", "--format", "json", in: folder)
            #expect(plan.status == 4)
            #expect(plan.stdout.isEmpty)
            #expect(plan.stderr.contains("error: there is no stage to plan from: "))
        }
    }

    @Test(arguments: [
        (["roadmap", "--target", "1"], "--target must be a stage from 2 to 5, found 1"), (["roadmap", "--target", "6"], "found 6"),
        (["roadmap", "--what-if", "REG-201"], "--what-if must be ID=VALUE"), (["roadmap", "--format", "yaml"], "yaml"),
        (["assess", "--what-if", "REG-201=full", "--badge", "b.svg"], "must not look as if it were earned: --what-if or --badge"),
    ])
    func wrongOptionsAreWrongUsage(words: [String], message: String) async throws {
        try await Folder.withExample { folder in
            let output = try await rung(words, in: folder)
            #expect(output.status == 64)
            #expect(output.stderr.contains(message))
        }
    }

    @Test func everyCommandThatAStepNamesExists() async throws {
        let text = try Folder(path: Repository.root).read("rubrics/agentops-five-stage.yaml")
        let commands = Set(
            text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
                .filter { $0.hasPrefix("command: ") }.map { String($0.dropFirst("command: ".count)) })
        #expect(commands.count > 5)
        try await Folder.with { folder in
            for command in commands.sorted() {
                let words = command.split(separator: " ").map(String.init)
                let path = words.dropFirst().prefix { $0.allSatisfy { $0.isLowercase || $0 == "-" } && !$0.hasPrefix("-") }
                #expect(words.first == "rung" && !path.isEmpty, "\(command)")
                let help = try await rung(path + ["--help"], in: folder)
                #expect(help.status == 0 && help.stdout.contains("USAGE: rung \(path.joined(separator: " "))"), "\(command)")
                for option in words where option.hasPrefix("--") { #expect(help.stdout.contains(option), "\(command)") }
            }
        }
    }

    @Test func anAssessmentIsWrittenForCIForSpreadsheetsForCodeScanningAndAsABadge() async throws {
        try await Folder.withExample { folder in
            try await Rung.run("test", in: folder)
            let assessed = try await Rung.run(
                "assess", "--junit", "a.xml", "--csv", "a.csv", "--sarif", "a.sarif", "--badge", "a.svg", in: folder)
            #expect(assessed.status == 0)
            let junit = try folder.read("a.xml")
            #expect(junit.components(separatedBy: "<testcase ").count == 1 + 80 + 4)
            #expect(junit.contains("<testcase name=\"stage 2, Agent Zoo\" classname=\"stage-2\" time=\"0.000\">\n      <failure "))
            #expect(junit.contains("<property name=\"stage.aim\" value=\"2\"/>"))
            let rows = try folder.read("a.csv").components(separatedBy: "\r\n")
            #expect(rows.count == 1 + 80 + 1 && rows.last == "")
            #expect(try folder.read("a.svg").contains("<title>AgentOps, stage 1: Clever Bot, "))
            let sarif = try JSONSerialization.jsonObject(with: Data(try folder.read("a.sarif").utf8)) as? [String: Any]
            let run = (sarif?["runs"] as? [[String: Any]])?.first
            let fingerprints = (run?["results"] as? [[String: Any]] ?? []).compactMap { $0["partialFingerprints"] as? [String: String] }
            #expect(fingerprints.count >= 70 && Set(fingerprints).count == fingerprints.count)

            let required = try await Rung.run("assess", "--junit", "b.xml", "--require", "stage>=3", in: folder)
            #expect(required.status == 1)
            #expect(try folder.read("b.xml").contains("<property name=\"stage.aim\" value=\"3\"/>"))
        }
    }
}
