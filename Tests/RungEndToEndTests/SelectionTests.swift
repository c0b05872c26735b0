import Testing

@Suite struct SelectionTests {
    @Test(arguments: [
        (["c02"], ["c02"]), (["c0?"], ["c01", "c02", "c03", "c04", "c05", "c06"]), (["*3"], ["c03"]),
        (["parity=even"], ["c02", "c04", "c06"]), (["parity=e*"], ["c02", "c04", "c06"]),
        (["intent=odd-intent"], ["c01", "c03", "c05"]), (["agent=a"], ["c01", "c02", "c03", "c04", "c05", "c06"]),
        (["c01", "c05"], ["c01", "c05"]), (["c05", "parity=even"], ["c02", "c04", "c05", "c06"]),
    ])
    func theFilterTakesTheCasesThatMatchAnyPattern(_ patterns: [String], _ ids: [String]) async throws {
        try await Folder.withBench(.init(cases: 6)) { folder in
            let words = ["test", "--json", "results.json"] + patterns.flatMap { ["--filter", $0] }
            let run = try await Program.run([Rung.path] + words, in: folder.path)
            #expect(run.status == 0)
            #expect(try folder.results().ids == ids)
        }
    }

    @Test(arguments: ["c99", "parity=none", "agent=b", "intent=x", "owner=ada", ""])
    func anEmptySelectionIsInconclusiveAndNeverPasses(_ pattern: String) async throws {
        try await Folder.withBench { folder in
            let run = try await Rung.run("test", "--filter", pattern, "--json", "results.json", "--junit", "junit.xml", in: folder)
            #expect(run.status == 2)
            #expect(run.stderr.contains("gate: inconclusive\n  - no case was selected: an empty run never passes\n"))
            let results = try folder.results()
            #expect(results.cases.isEmpty)
            #expect(results.gate.decision == "inconclusive")
            #expect(try folder.read("junit.xml").contains("no case was selected: an empty run never passes"))
        }
    }

    @Test func theFilterChoosesAmongAgents() async throws {
        try await Folder.withBench { folder in
            try folder.write(try folder.read("agents/a.yaml").replacing("id: a", with: "id: b"), to: "agents/b.yaml")
            try folder.edit("suites/s.yaml", "agents: [a]", "agents: [a, b]")
            try await Rung.run("test", "--filter", "agent=b", "--json", "results.json", in: folder)
            #expect(try folder.results().cases.map(\.agent) == ["b", "b", "b"])
            try await Rung.run("test", "--json", "all.json", in: folder)
            #expect(try folder.results("all.json").cases.count == 6)
        }
    }

    @Test func rerunFailedRunsOnlyWhatDidNotPass() async throws {
        let agent = "[ $case = c02 ] && exit 3; [ $case = c04 ] && answer no || answer ok"
        try await Folder.withBench(.init(agent: agent, cases: 5)) { folder in
            #expect(try await Rung.run("test", in: folder).status == 1)
            try folder.setAgent("answer ok")
            let again = try await Rung.run("test", "--rerun-failed", "latest", "--json", "results.json", in: folder)
            #expect(again.status == 0)
            #expect(try folder.results().ids == ["c02", "c04"])
            let nothing = try await Rung.run("test", "--rerun-failed", "latest", in: folder)
            #expect(nothing.status == 2)
            #expect(nothing.stderr.contains("no case was selected: an empty run never passes"))
        }
    }

    @Test func trialsOfTheCommandLineReplaceTheSuitesOwn() async throws {
        try await Folder.withBench(.init(suite: "trials: 2")) { folder in
            try await Rung.run("test", "--trials", "3", "--json", "results.json", in: folder)
            let results = try folder.results()
            #expect(results.run.trials == 9)
            #expect(results.cases.map { $0.trials.map(\.index) } == [[0, 1, 2], [0, 1, 2], [0, 1, 2]])
            #expect(results.run.passAtK == [1, 1, 1])
            #expect(results.run.passHatK == [1, 1, 1])
        }
    }

    @Test(
        arguments: [
            ("all", "failed", 1), ("any", "passed", 0), ("{at-least: 2}", "passed", 0), ("{at-least: 3}", "failed", 1),
        ] as [(String, String, Int32)])
    func theRequirementSaysHowManyTrialsMustPass(_ require: String, _ verdict: String, _ status: Int32) async throws {
        let agent = "[ $index = 1 ] && answer no || answer ok"
        try await Folder.withBench(.init(agent: agent, cases: 1, suite: "trials: 3\nrequire: \(require)")) { folder in
            let run = try await Rung.run("test", "--json", "results.json", in: folder)
            #expect(run.status == status)
            let results = try folder.results()
            #expect(results.cases.map(\.verdict) == [verdict])
            #expect(results.cases.first?.trials.map(\.verdict) == ["passed", "failed", "passed"])
            #expect(results.run.passAtK.map { ($0 * 1e9).rounded() } == [666_666_667, 1e9, 1e9])
            #expect(results.run.passHatK.map { ($0 * 1e9).rounded() } == [666_666_667, 333_333_333, 0])
        }
    }

    @Test func quarantinedAndSkippedCasesAreReportedAndDoNotPass() async throws {
        let suite = "quarantine: [{case: c02, reason: known to be odd, until: 2026-12-31}]"
        try await Folder.withBench(.init(agent: "[ $case = c02 ] && answer no || answer ok", suite: suite)) { folder in
            let inForce = try await Rung.run("test", "--json", "a.json", in: folder, environment: ["RUNG_CLOCK": "2026-12-30T12:00:00Z"])
            #expect(inForce.status == 0)
            #expect(try folder.results("a.json").cases.map(\.verdict) == ["passed", "quarantined", "passed"])
            #expect(inForce.stderr.contains("1 quarantined, left out of the gate"))
            let over = try await Rung.run("test", "--json", "b.json", in: folder, environment: ["RUNG_CLOCK": "2026-12-31T12:00:00Z"])
            #expect(over.status == 1)
            #expect(try folder.results("b.json").cases.map(\.verdict) == ["passed", "failed", "passed"])
            try folder.edit("scenarios/s.jsonl", #""id":"c02","#, #""id":"c02","skip":"later","#)
            let skipped = try await Rung.run("test", "--json", "c.json", in: folder, environment: ["RUNG_CLOCK": "2027-01-01T12:00:00Z"])
            #expect(skipped.status == 1)
            #expect(try folder.results("c.json").cases.map(\.verdict) == ["passed", "skipped", "passed"])
        }
    }
}
