import Testing

@Suite struct BaselineTests {
    static let tolerant = "gate: {minimum-pass-rate: 0}"

    @Test func aCaseThatPassedInTheBaselineMustPass() async throws {
        try await Folder.withBench(.init(suite: Self.tolerant)) { folder in
            #expect(try await Rung.run("test", "--json", "before.json", in: folder).status == 0)
            let run = try folder.results("before.json").run.id
            try folder.setAgent("[ $case = c03 ] && answer no || answer ok")
            #expect(try await Rung.run("test", in: folder).status == 0)
            for baseline in ["before.json", run, "./before.json"] {
                let after = try await Rung.run("test", "--baseline", baseline, "--json", "after.json", in: folder)
                #expect(after.status == 1)
                let results = try folder.results("after.json")
                #expect(results.gate.newlyFailing == [Results.Key(suite: "s", id: "c03", agent: "a")])
                #expect(results.gate.reasons.first?.hasSuffix(" does not pass now: c03 (a)") == true)
                #expect(after.stderr.contains("newly failing s/c03@a\n"))
            }
        }
    }

    @Test func theResultsFileIsEnoughOnAMachineThatStartsEmpty() async throws {
        try await Folder.withBench(.init(suite: Self.tolerant)) { folder in
            try await Rung.run("test", "--json", "before.json", "--evidence", "elsewhere.db", in: folder)
            #expect(folder.has("elsewhere.db"))
            #expect(!folder.has(".rung"))
            try folder.setAgent("exit 3")
            let after = try await Rung.run("test", "--baseline", "before.json", in: folder)
            // Every trial errored (4) goes before the gate (1).
            #expect(after.status == 4)
            #expect(after.stderr.contains("3 cases that passed in baseline"))
        }
    }

    @Test func newlyFailingCasesMayBeReportedAlone() async throws {
        try await Folder.withBench(.init(suite: "gate: {minimum-pass-rate: 0, newly-failing: report}")) { folder in
            try await Rung.run("test", "--json", "before.json", in: folder)
            try folder.setAgent("[ $case = c03 ] && answer no || answer ok")
            let after = try await Rung.run("test", "--baseline", "before.json", in: folder)
            #expect(after.status == 0)
            #expect(after.stderr.contains("(reported, not forbidden)") || after.stderr.contains("(reported, not\n    forbidden)"))
        }
    }

    @Test func aBaselineWithoutACommonCaseIsInconclusive() async throws {
        try await Folder.withBench { folder in
            try await Rung.run("test", "--json", "before.json", in: folder)
            try folder.edit("suites/s.yaml", "id: s", "id: other")
            let after = try await Rung.run("test", "--baseline", "before.json", in: folder)
            #expect(after.status == 2)
            #expect(after.stderr.contains("has no case in common with"))
        }
    }

    @Test func aCaseThatFailedBeforeMayFailAgain() async throws {
        let agent = "[ $case = c03 ] && answer no || answer ok"
        try await Folder.withBench(.init(agent: agent, suite: Self.tolerant)) { folder in
            try await Rung.run("test", "--json", "before.json", in: folder)
            let after = try await Rung.run("test", "--baseline", "before.json", "--json", "after.json", in: folder)
            #expect(after.status == 0)
            #expect(try folder.results("after.json").gate.newlyFailing.isEmpty)
        }
    }

    @Test func aCriticalCaseFailsTheGateWhateverTheRate() async throws {
        let suite = "gate: {minimum-pass-rate: 0, critical: [c03]}"
        try await Folder.withBench(.init(agent: "[ $case = c03 ] && answer no || answer ok", suite: suite)) { folder in
            let run = try await Rung.run("test", in: folder)
            #expect(run.status == 1)
            #expect(run.stderr.contains("\ngate: fail\n  - critical case c03 (a) is failed\n"))
        }
    }
}
