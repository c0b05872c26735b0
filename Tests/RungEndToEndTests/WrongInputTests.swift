import Testing

/// A mistake in a file of the example, and what must be said about it.
struct Mistake: Sendable, CustomTestStringConvertible {
    var file: String
    var old: String
    var new: String
    /// Standard error without the count of problems at its end.
    var problems: [String]

    var testDescription: String { "\(file): \(new.prefix(40))" }

    var stderr: String {
        let count = problems.count { !$0.hasPrefix("  ") }
        return (problems + [count == 1 ? "1 problem" : "\(count) problems"]).joined(separator: "\n") + "\n"
    }

    static let all: [Mistake] = [
        Mistake(
            file: "rung.yaml", old: "organization:", new: "organisation:",
            problems: [
                "rung.yaml:2:1: error: the document has no \"organization\"", "  add organization: Name that reports carry.",
                "rung.yaml:3:1: error: unknown key \"organisation\" in the document", "  did you mean \"organization\"?",
            ]),
        Mistake(
            file: "rung.yaml", old: "format: 1", new: "format: 2",
            problems: [
                "rung.yaml:2:9: error: format 2 is newer than this version of rung reads",
                "  use a newer rung, or write format: 1",
            ]),
        Mistake(
            file: "principals.yaml", old: "{id: ada, kind: person", new: "{id: ada, kind: persn",
            problems: ["principals.yaml:4:21: error: \"kind\" is \"persn\"", "  did you mean \"person\"?"]),
        Mistake(
            file: "principals.yaml", old: "{id: grace,", new: "{id: ada,",
            problems: [
                "principals.yaml:5:10: error: principal \"ada\" is defined twice", "  first defined at principals.yaml:4:10",
            ]),
        Mistake(
            file: "agents/helpdesk.yaml", old: "owner: ada", new: "owner: adda",
            problems: [
                "agents/helpdesk.yaml:4:8: error: owner \"adda\" is not in principals.yaml", "  did you mean \"ada\"?",
            ]),
        Mistake(
            file: "agents/helpdesk.yaml", old: "audience: ", new: "audiance: ",
            problems: [
                "agents/helpdesk.yaml:11:1: error: unknown key \"audiance\" in the document", "  did you mean \"audience\"?",
            ]),
        Mistake(
            file: "agents/helpdesk.yaml", old: "risk-tier: low ", new: "risk-tier: lo ",
            problems: ["agents/helpdesk.yaml:14:12: error: \"risk-tier\" is \"lo\"", "  did you mean \"low\"?"]),
        Mistake(
            file: "agents/helpdesk.yaml", old: "kind: command", new: "kind: comand",
            problems: ["agents/helpdesk.yaml:22:9: error: unknown kind \"comand\"", "  did you mean \"command\"?"]),
        Mistake(
            file: "agents/helpdesk.yaml", old: "version: v1}", new: "version: v3}",
            problems: [
                "agents/helpdesk.yaml:28:29: error: prompt \"helpdesk\" has no version \"v3\"", "  did you mean \"v1\"?",
            ]),
        Mistake(
            file: "prompts/helpdesk/v1.md", old: "{{ question }}", new: "{{ qestion }}",
            problems: [
                "prompts/helpdesk/v1.md:3:13: error: variable \"question\" is declared and not used",
                "  use it as {{ question }} in the template, or remove it from variables",
                "prompts/helpdesk/v1.md:11:11: error: variable \"qestion\" is not declared", "  did you mean \"question\"?",
            ]),
        Mistake(
            file: "prompts/helpdesk/v2.md", old: "parent: v1", new: "parent: v7",
            problems: [
                "prompts/helpdesk/v2.md:6:9: error: no version \"v7\" of prompt \"helpdesk\" to be the parent",
                "  did you mean \"v1\"?",
            ]),
        Mistake(
            file: "suites/helpdesk.yaml", old: "seed: 7", new: "sed: 7",
            problems: ["suites/helpdesk.yaml:15:1: error: unknown key \"sed\" in the document", "  did you mean \"seed\"?"]),
        Mistake(
            file: "suites/helpdesk.yaml", old: "helpdesk.jsonl", new: "helpdesc.jsonl",
            problems: [
                "suites/helpdesk.yaml:8:13: error: no file scenarios/helpdesc.jsonl", "  did you mean \"helpdesk.jsonl\"?",
            ]),
        Mistake(
            file: "suites/helpdesk.yaml", old: "critical: [order-shipped]", new: "critical: [order-shiped]",
            problems: [
                "suites/helpdesk.yaml:23:14: error: no scenario \"order-shiped\" in this suite",
                "  did you mean \"order-shipped\"?",
            ]),
        Mistake(
            file: "suites/helpdesk.yaml", old: "kind: budget,", new: "kind: budgett,",
            problems: ["suites/helpdesk.yaml:19:12: error: unknown kind \"budgett\"", "  did you mean \"budget\"?"]),
        Mistake(
            file: "scenarios/helpdesk.jsonl", old: "\"order-unpaid\",\"input\"", new: "\"order-unpaid\",\"inputt\"",
            problems: [
                "scenarios/helpdesk.jsonl:2:1: error: the scenario has no \"input\"",
                "  add input: What the agent is asked: text, or any structure that it understands.",
                "scenarios/helpdesk.jsonl:2:22: error: unknown key \"inputt\" in the scenario", "  did you mean \"input\"?",
            ]),
        Mistake(
            file: "scenarios/helpdesk.jsonl", old: "\"value\":\"colleague\"}]}", new: "\"value\":\"colleague\"}]",
            problems: ["scenarios/helpdesk.jsonl:3:271: error: expected \",\" or \"}\", found the end of the text"]),
        Mistake(
            file: "scenarios/helpdesk.jsonl", old: "order-unpaid", new: "order-shipped",
            problems: [
                "scenarios/helpdesk.jsonl:2:7: error: scenario \"order-shipped\" is defined twice",
                "  first defined at scenarios/helpdesk.jsonl:1",
            ]),
        Mistake(
            file: "scenarios/helpdesk.jsonl", old: "\"contains\",\"value\":\"waiting", new: "\"contain\",\"value\":\"waiting",
            problems: ["scenarios/helpdesk.jsonl:2:106: error: unknown kind \"contain\"", "  did you mean \"contains\"?"]),
        Mistake(
            file: "scenarios/helpdesk.jsonl", old: "(get|receive)", new: "(get|receive",
            problems: [
                "scenarios/helpdesk.jsonl:3:181: error: \"(?i)you will (get|receive .*refund\" is not a pattern: "
                    + "missing closing parenthesis at character 34 of the pattern"
            ]),
        Mistake(
            file: "scenarios/helpdesk.jsonl", old: "\"not\":true", new: "\"not\":\"yes\"",
            problems: ["scenarios/helpdesk.jsonl:3:225: error: \"not\" must be true or false, found string yes"]),
        Mistake(
            file: "scenarios/recorded.yaml", old: "origin: recorded", new: "origin: recorde",
            problems: ["scenarios/recorded.yaml:7:26: error: \"origin\" is \"recorde\"", "  did you mean \"recorded\"?"]),
        Mistake(
            file: "scenarios/recorded.yaml", old: "intent: invoice-copy", new: "intent: [",
            problems: ["scenarios/recorded.yaml:7:15: error: "]),
    ]
}

@Suite struct WrongInputTests {
    @Test(arguments: Mistake.all)
    func aMistakeInAFileIsNamedWithItsPlaceAndNothingIsStored(_ mistake: Mistake) async throws {
        try await Folder.withExample { folder in
            try folder.edit(mistake.file, mistake.old, mistake.new)
            let run = try await Rung.run("test", "--json", "results.json", "--junit", "junit.xml", in: folder)
            #expect(run.status == 3)
            #expect(run.stdout.isEmpty)
            if mistake.problems.first?.hasSuffix(" error: ") == true {
                #expect(run.stderr.split(separator: "\n").first?.contains(/^scenarios\/recorded\.yaml:\d+:\d+: error: ./) == true)
            } else {
                #expect(run.stderr == mistake.stderr)
            }
            #expect(!folder.has(".rung"))
            #expect(!folder.has("results.json"))
            #expect(!folder.has("junit.xml"))
            let check = try await Rung.run("validate", in: folder)
            #expect(check.status == 3)
            #expect(check.stderr == run.stderr)
        }
    }

    @Test func allMistakesOfAllFilesAreReportedAtOnceAndAddNothingToTheEvidence() async throws {
        try await Folder.withExample { folder in
            try await Rung.run("test", "recorded", in: folder)
            let before = try await folder.storedRows()
            #expect(before ?? 0 > 0)
            try folder.edit("principals.yaml", "kind: service", "kind: servis")
            try folder.edit("suites/helpdesk.yaml", "seed: 7", "sed: 7")
            try folder.edit("scenarios/recorded.yaml", "origin: recorded", "origin: recorde")
            let run = try await Rung.run("test", in: folder)
            #expect(run.status == 3)
            #expect(
                run.stderr == """
                    principals.yaml:6:20: error: "kind" is "servis"
                      did you mean "service"?
                    suites/helpdesk.yaml:15:1: error: unknown key "sed" in the document
                      did you mean "seed"?
                    scenarios/recorded.yaml:7:26: error: "origin" is "recorde"
                      did you mean "recorded"?
                    3 problems

                    """)
            #expect(try await folder.storedRows() == before)
        }
    }

    @Test func validatePrintsTheSameProblemsAsJSON() async throws {
        try await Folder.withExample { folder in
            try folder.edit("suites/helpdesk.yaml", "seed: 7", "sed: 7")
            let check = try await Rung.run("validate", "--format", "json", in: folder)
            #expect(check.status == 3)
            #expect(
                check.stdout.filter { !$0.isWhitespace }
                    == #"{"formatVersion":1,"valid":false,"problems":[{"file":"suites/helpdesk.yaml","line":15,"column":1,"#
                    + #""message":"unknownkey\"sed\"inthedocument","suggestion":"didyoumean\"seed\"?"}]}"#)
        }
    }

    @Test func fixedClockThatIsNoTimeIsRefusedByEveryCommandThatUsesIt() async throws {
        try await Folder.withExample { folder in
            for command in [["test"], ["import", "evidence", "rung.yaml"]] {
                let output = try await Program.run([Rung.path] + command, in: folder.path, environment: ["RUNG_CLOCK": "garbage"])
                #expect(output.status == 3)
                #expect(
                    output.stderr == """
                        RUNG_CLOCK: error: must be a UTC time such as 2026-09-30T12:00:00Z, found "garbage"
                          unset it to use the machine's clock
                        1 problem

                        """)
                #expect(!folder.has(".rung"))
            }
        }
    }
}
