import Foundation
import Testing

/// Secrets are fed through every way in; no file that Rung writes and nothing that it says may hold them.
@Suite struct PrivacyTests {
    private static let token = "gh" + "p_" + String(repeating: "a1B2c3D4", count: 4) + "Zz99"
    private static let password = "hunter2hunter2"
    private static let mail = "ada.lovelace@example.com"
    private static let secrets = [token, password, mail]
    private static let text = "key \(token), password=\(password), ask \(mail)"

    /// Everything in the folder but the files that the test wrote.
    private static func written(_ folder: Folder, except inputs: [String]) throws -> [(name: String, text: String)] {
        try folder.files.filter { name in !inputs.contains { name.hasPrefix($0) } }.map { ($0, try folder.read($0)) }
    }

    private static func expectNone(_ output: Output, _ folder: Folder, except inputs: [String]) throws {
        for secret in secrets {
            #expect(!output.stdout.contains(secret) && !output.stderr.contains(secret))
            for file in try written(folder, except: inputs) { #expect(!file.text.contains(secret), "\(secret) is in \(file.name)") }
        }
    }

    @Test func whatAnAgentSaysIsRedactedInEvidenceAndReports() async throws {
        let bench = Folder.Bench(agent: #"answer "\#(Self.text)""#, cases: 3, suite: "trials: 2\n")
        try await Folder.withBench(bench) { folder in
            try folder.edit("agents/a.yaml", "state: pilot\n", "state: pilot\npurpose: \"ask \(Self.mail)\"\n")
            let output = try await Rung.run(
                "test", "--json", "r.json", "--junit", "r.xml", "--markdown", "r.md", in: folder,
                environment: ["RUNG_ACTOR": "ci \(Self.token)"])
            #expect(output.status == 1)
            #expect(output.stderr.contains("[redacted:github-token]"))
            #expect(try folder.read("r.json").contains("[redacted:email]"))
            try Self.expectNone(output, folder, except: ["agent.sh", "agents/", "scenarios/", "suites/", "rung.yaml"])
            let shown = try await Rung.run("runs", "show", "latest", "--format", "json", in: folder)
            try Self.expectNone(shown, folder, except: ["agent.sh", "agents/", "scenarios/", "suites/", "rung.yaml"])
        }
    }

    @Test func importsAreRedactedAndSaySo() async throws {
        try await Folder.withExample { folder in
            try folder.write(#"{"kind":"idea","id":"i1","problem":"\#(Self.text)","openedAt":"2026-01-01"}"# + "\n", to: "in.jsonl")
            let inputs = ["in.jsonl", "in.xml", "agents/", "prompts/", "suites/", "scenarios/"]
            for _ in 1...2 {
                let imported = try await Rung.run("import", "evidence", "in.jsonl", in: folder)
                #expect(imported.status == 0)
                #expect(imported.stderr.contains("in.jsonl:1:1: note: 1 value in \"problem\" of idea was redacted (github-token)\n"))
                try Self.expectNone(imported, folder, except: inputs)
            }
            try folder.write(
                "<testsuite name='\(Self.text)' timestamp='2026-01-01'><testcase name='\(Self.text)'/></testsuite>", to: "in.xml")
            let report = try await Rung.run("import", "junit", "in.xml", "--agent", Self.token, in: folder)
            #expect(report.status == 0)
            try Self.expectNone(report, folder, except: inputs)
        }
    }

    @Test func aWorkspaceAddsRulesAndKeepsTexts() async throws {
        try await Folder.withExample { folder in
            let section = "privacy:\n  allow: ['*@example.com']\n  patterns:\n    - {name: customer, pattern: 'C-[0-9]{6}'}\n"
            try folder.write(try folder.read("rung.yaml") + section, to: "rung.yaml")
            try folder.write(
                #"{"kind":"idea","id":"i1","problem":"C-123456 \#(Self.mail)","openedAt":"2026-01-01"}"# + "\n", to: "in.jsonl")
            let imported = try await Rung.run("import", "evidence", "in.jsonl", in: folder)
            #expect(imported.status == 0)
            #expect(imported.stderr.contains("was redacted (customer)\n") && !imported.stderr.contains("(email)"))
        }
    }

    @Test func theRetentionPlanTellsWhatIsDue() async throws {
        try await Folder.withExample { folder in
            let unplanned = try await Rung.run("retention", "plan", in: folder)
            #expect(
                unplanned.status == 3 && unplanned.stderr.hasPrefix("rung.yaml: error: no retention periods are declared\n  add privacy:"))
            try folder.write(try folder.read("rung.yaml") + "privacy:\n  retention: {high: 30d}\n", to: "rung.yaml")
            let interaction = #"{"kind":"interaction","id":"i1","agentId":"desk","at":"2026-01-01","environment":"production"}"#
            let agent = #"{"kind":"agent","id":"desk","state":"active","userFacing":true,"riskTier":"high"}"#
            try folder.write("\(agent)\n\(interaction)\n", to: "in.jsonl")
            #expect(try await Rung.run("import", "evidence", "in.jsonl", in: folder).status == 0)
            let plan = try await Rung.run("retention", "plan", in: folder, environment: ["RUNG_CLOCK": "2026-03-01T10:00:00Z"])
            #expect(plan.status == 0)
            #expect(
                plan.stdout
                    == "desk  interaction  1  2026-01-01 to 2026-01-01  due: older than 2026-01-30, agent of high risk\n1 record is due\n")
        }
    }

    @Test(arguments: [
        ("    - {name: Bad, pattern: x}\n", "rung.yaml:18:14: error: \"Bad\" cannot name a pattern\n"),
        (
            "    - {name: a, pattern: '('}\n",
            "rung.yaml:18:26: error: the pattern cannot be used: missing closing parenthesis at character 1 of the pattern\n"
        ),
    ])
    func aPatternThatCannotBeUsedIsNamedAndNothingIsStored(_ entry: String, _ message: String) async throws {
        try await Folder.withExample { folder in
            try folder.write(try folder.read("rung.yaml") + "privacy:\n  patterns:\n\(entry)", to: "rung.yaml")
            try folder.write(#"{"kind":"idea","id":"i1","openedAt":"2026-01-01"}"# + "\n", to: "in.jsonl")
            for words in [["validate"], ["import", "evidence", "in.jsonl"]] {
                let refused = try await Program.run([Rung.path] + words, in: folder.path)
                #expect(refused.status == 3 && refused.stderr.contains(message), "\(refused.stderr)")
            }
            #expect(!folder.has(".rung/evidence.db"))
        }
    }
}
