import Testing

@Suite struct FirstStepsTests {
    @Test func aNewWorkspaceIsValidPassesAndShowsARedGateWithTheOtherPrompt() async throws {
        try await Folder.with { folder in
            let made = try await Rung.run("init", "my-agents", in: folder)
            #expect(made.status == 0)
            #expect(made.stdout.isEmpty)
            #expect(
                made.stderr.contains(
                    """
                    next:
                      cd my-agents
                      rung validate
                      rung test
                      rung assess
                    """))
            let workspace = folder.sub("my-agents")

            let checked = try await Rung.run("validate", in: workspace)
            #expect(checked.status == 0)
            #expect(checked.stderr == "ok: 1 agents, 2 prompt versions, 3 principals, 2 suites with 5 cases\n")

            let green = try await Rung.run("test", in: workspace)
            #expect(green.status == 0)
            #expect(green.stdout.isEmpty)
            #expect(green.stderr.contains("\ngate: pass\n"))
            #expect(green.stderr.contains("verdicts      passed 5\n"))

            let red = try await Rung.run("test", "helpdesk", "--prompt", "helpdesk=v2", in: workspace)
            #expect(red.status == 1)
            #expect(red.stderr.contains("\nfailed order-shipped (agent helpdesk) scenarios/helpdesk.jsonl:1\n"))
            #expect(red.stderr.contains("\n    expected: A-100\n    actual: It is shipped.\n"))
            #expect(red.stderr.contains("\ngate: fail\n  - critical case order-shipped (helpdesk) is failed\n"))
        }
    }

    @Test func recordedRunsAreListedNewestFirstAndShown() async throws {
        try await Folder.withExample { folder in
            let none = try await Rung.run("runs", "list", in: folder)
            #expect(none.status == 3)
            try await Rung.run("test", "--json", "green.json", in: folder, environment: ["RUNG_CLOCK": "2026-09-30T12:00:00Z"])
            try await Rung.run(
                "test", "helpdesk", "--prompt", "helpdesk=v2", "--json", "red.json", in: folder,
                environment: ["RUNG_CLOCK": "2026-09-30T13:00:00Z"])
            let (green, red) = (try folder.results("green.json").run.id, try folder.results("red.json").run.id)

            let list = try await Rung.run("runs", "list", in: folder)
            #expect(list.status == 0)
            let lines = list.stdout.split(separator: "\n").map(String.init)
            #expect(lines.count == 2)
            #expect(lines.first == "\(red)  2026-09-30T13:00:00Z  fail          3/4 passed        helpdesk")
            #expect(lines.last == "\(green)  2026-09-30T12:00:00Z  pass          5/5 passed        helpdesk, recorded")

            let shown = try await Rung.run("runs", "show", "latest", in: folder)
            #expect(shown.status == 0)
            #expect(shown.stdout.contains("run        \(red)\n"))
            #expect(shown.stdout.contains("verdicts   3 passed, 1 failed\ngate       fail\n"))
            #expect(shown.stdout.hasSuffix("  failed      helpdesk/order-shipped@helpdesk\n"))

            let whole = try await Rung.run("runs", "show", green, "--all", in: folder)
            #expect(whole.stdout.contains("  passed      recorded/invoice-copy@helpdesk\n"))
        }
    }

    @Test func aNewWorkspaceStandsOnTheFirstRungWithARoadmap() async throws {
        try await Folder.withExample { folder in
            try await Rung.run("test", in: folder)
            let assessed = try await Rung.run("assess", in: folder)
            #expect(assessed.status == 0)
            #expect(assessed.stdout.contains(": stage 1 (Clever Bot)\n"))
            #expect(assessed.stdout.contains("next steps towards stage 2"))
            #expect(assessed.stdout.contains("Enterprise          not met, 0 of 18 criteria full\n"))
            #expect(assessed.stdout.contains("REG-201") && !assessed.stdout.contains("REG-301"))
            #expect(assessed.stdout.contains("\n--all shows the criteria of stages 3, 4, 5 too, --markdown writes them all\n"))
            #expect(try await Rung.run("assess", "--all", in: folder).stdout.contains("VAL-506"))
        }
    }

    @Test func withoutAnyEvidenceTheStageIsTheFirstAndNothingIsMade() async throws {
        try await Folder.withExample { folder in
            let before = folder.files
            let assessed = try await Rung.run("assess", in: folder)
            #expect(assessed.status == 0)
            #expect(assessed.stdout.contains(": stage 1 (Clever Bot)\n"))
            #expect(folder.files == before)
        }
    }

    @Test func filesWithWindowsLineBreaksMeanTheSame() async throws {
        try await Folder.withExample { folder in
            try await Rung.run("test", "--json", "unix.json", in: folder)
            for name in folder.files where name.contains(/\.(yaml|md|jsonl)$/) {
                try folder.write(try folder.read(name).replacing("\n", with: "\r\n"), to: name)
            }
            let checked = try await Rung.run("validate", in: folder)
            #expect(checked.status == 0)
            #expect(checked.stderr == "ok: 1 agents, 2 prompt versions, 3 principals, 2 suites with 5 cases\n")
            let red = try await Rung.run("test", "helpdesk", "--prompt", "helpdesk=v2", "--json", "windows.json", in: folder)
            #expect(red.status == 1)
            #expect(red.stderr.contains("\nfailed order-shipped (agent helpdesk) scenarios/helpdesk.jsonl:1\n"))
        }
    }

    @Test func initOverwritesNothing() async throws {
        try await Folder.withExample { folder in
            try folder.write("mine\n", to: "rung.yaml")
            let before = folder.files
            let again = try await Rung.run("init", in: folder)
            #expect(again.status == 3)
            #expect(again.stderr.contains("rung.yaml: error: already exists\n  nothing was written; choose another folder\n"))
            #expect(again.stderr.hasSuffix("\n11 problems\n"))
            #expect(try folder.read("rung.yaml") == "mine\n")
            #expect(folder.files == before)
        }
    }

    @Test func initWritesNothingWhenOneFileIsThereAlready() async throws {
        try await Folder.with { folder in
            try folder.write("mine\n", to: "prompts/helpdesk/v1.md")
            let refused = try await Rung.run("init", in: folder)
            #expect(refused.status == 3)
            #expect(
                refused.stderr
                    == "prompts/helpdesk/v1.md: error: already exists\n  nothing was written; choose another folder\n1 problem\n")
            #expect(folder.files == ["prompts/helpdesk/v1.md"])
        }
    }

    @Test func outsideOfAWorkspaceTheWayOutIsNamed() async throws {
        try await Folder.with { folder in
            let none = try await Rung.run("test", in: folder)
            #expect(none.status == 3)
            #expect(
                none.stderr == """
                    .: error: no rung.yaml in this folder or above it
                      make a workspace with: rung init, or name a suite file
                    1 problem

                    """)
            #expect(folder.files.isEmpty)
        }
    }
}
