import Foundation
import Testing

@Suite(.enabled(if: Python.hasSchemas, "python3 has no jsonschema or no yaml")) struct SchemaTests {
    /// Checks values against schemas: pairs of schema and file; `.jsonl` line by line, `.md` by its front matter.
    static let script = """
        import json, jsonschema, sys, yaml
        class Plain(yaml.SafeLoader): pass
        Plain.yaml_implicit_resolvers = {
            letter: [(tag, rule) for tag, rule in rules if tag != "tag:yaml.org,2002:timestamp"]
            for letter, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()}
        root, pairs = sys.argv[1], sys.argv[2:]
        checked = 0
        for name, path in zip(pairs[::2], pairs[1::2]):
            schema = json.load(open(f"{root}/{name}.schema.json"))
            validator = jsonschema.validators.validator_for(schema)
            validator.check_schema(schema)
            text = open(path).read()
            if path.endswith(".jsonl"): values = [json.loads(line) for line in text.splitlines()]
            elif path.endswith(".json"): values = [json.loads(text)]
            elif path.endswith(".md"): values = [yaml.load(text.split("---")[1], Plain)]
            else: values = [yaml.load(text, Plain)]
            for value in values:
                checked += 1
                for error in validator(schema).iter_errors(value):
                    print(path, list(error.absolute_path), error.message[:200])
        print(checked)
        """

    private func problems(_ pairs: [String], in folder: Folder) async throws -> [String] {
        // `make check` compares what the binary writes here with docs/schemas.
        let made = try await Rung.run("generate", "--root", "generated", in: folder)
        guard made.status == 0 else { throw Program.Failure(description: made.stderr) }
        let output = try await Program.run(
            ["/usr/bin/env", "python3", "-c", Self.script, "generated/docs/schemas"] + pairs, in: folder.path)
        guard output.status == 0 else { throw Program.Failure(description: output.stderr) }
        return output.stdout.split(separator: "\n").map(String.init)
    }

    @Test func everyFileThatInitWritesKeepsItsSchema() async throws {
        try await Folder.withExample { folder in
            let found = try await problems(
                [
                    "workspace", "rung.yaml", "principals", "principals.yaml", "agent", "agents/helpdesk.yaml", "prompt",
                    "prompts/helpdesk/v1.md", "prompt", "prompts/helpdesk/v2.md", "scenario", "scenarios/helpdesk.jsonl",
                    "scenario-file", "scenarios/recorded.yaml", "suite", "suites/helpdesk.yaml", "suite",
                    "suites/recorded.yaml",
                ], in: folder)
            #expect(found == ["12"])
        }
    }

    @Test func resultsOfEveryKindKeepTheirSchema() async throws {
        let agent = "[ $case = c02 ] && exit 3; [ $case = c03 ] && answer no || answer ok"
        try await Folder.withBench(.init(agent: agent, cases: 4, suite: "retries: 1\ntrials: 2")) { folder in
            try await Rung.run("test", "--json", "mixed.json", in: folder)
            try await Rung.run("test", "--json", "empty.json", "--filter", "none", in: folder)
            try await Rung.run("test", "--json", "compared.json", "--baseline", "mixed.json", "--filter", "c0?", in: folder)
            try folder.edit("scenarios/s.jsonl", #""id":"c04","#, #""id":"c04","skip":"later","#)
            try await Rung.run("test", "--json", "skipped.json", in: folder)
            try folder.write(try folder.read("suites/s.yaml").replacing("id: s", with: "id: t"), to: "suites/t.yaml")
            try await Rung.run("test", "--json", "two.json", in: folder)
            let names = ["mixed", "empty", "compared", "skipped", "two"]
            let found = try await problems(names.flatMap { ["results", "\($0).json"] }, in: folder)
            #expect(found == ["5"])
        }
    }

    @Test func aRecordKeepsTheSchemaOfItsKindAndThatOfAllKinds() async throws {
        try await Folder.with { folder in
            let scan = #"{"kind":"scan","id":"s","type":"overlap","at":"2026-09-01","records":7}"#
            try folder.write(scan + "\n", to: "scan.jsonl")
            try folder.write(scan.replacing("scan", with: "idea") + "\n", to: "wrong.jsonl")
            #expect(try await problems(["evidence/scan", "scan.jsonl", "evidence-record", "scan.jsonl"], in: folder) == ["2"])
            #expect(try await problems(["evidence/scan", "wrong.jsonl"], in: folder).count == 2)
        }
    }

    @Test func anAssessmentKeepsItsSchema() async throws {
        try await Folder.withExample { folder in
            try await Rung.run("test", "recorded", in: folder)
            let assessed = try await Rung.run("assess", "--json", "assessment.json", "--format", "json", in: folder)
            #expect(assessed.status == 0)
            #expect(try folder.read("assessment.json").split(separator: "\n") == assessed.stdout.split(separator: "\n"))
            #expect(try await problems(["assessment", "assessment.json"], in: folder) == ["1"])
        }
    }

    @Test func rubricsOverlaysAndReportsAboutThemKeepTheirSchemas() async throws {
        try await Folder.with { folder in
            for name in ["agentops-five-stage", "crosswalk", "published"] {
                try folder.write(try String(contentsOfFile: "\(Repository.root)/rubrics/\(name).yaml", encoding: .utf8), to: "\(name).yaml")
            }
            let version = folder.lines("agentops-five-stage.yaml").first { $0.hasPrefix("version: ") }?.filter { !" '".contains($0) }
            let extends = "built-in@" + (version?.dropFirst("version:".count) ?? "")
            try folder.write(
                """
                format: 1
                extends: \(extends)
                id: acme
                version: 1.0.0
                title: Acme
                changes: [{id: REG-302, full: 0.9, reason: r}]
                left-out: [{id: PRM-303, reason: r}]
                frameworks: {controls: {title: Controls, ids: [C-1]}}

                """, to: "acme.yaml")
            let commands = [
                ["diff", "built-in", "acme.yaml", "--format", "json"], ["crosswalk", "--rubric", "acme.yaml", "--format", "json"],
            ]
            for (name, command) in zip(["diff", "crosswalk"], commands) {
                let output = try await Program.run([Rung.path, "rubric"] + command, in: folder.path)
                #expect(output.status == 0)
                try folder.write(output.stdout, to: "\(name).json")
            }
            try await Rung.run("assess", "--rubric", "acme.yaml", "--evidence", "none.db", "--json", "assessment.json", in: folder)
            let found = try await problems(
                [
                    "rubric", "agentops-five-stage.yaml", "rubric", "acme.yaml", "crosswalk", "crosswalk.yaml", "published-rubrics",
                    "published.yaml", "rubric-diff", "diff.json", "rubric-crosswalk", "crosswalk.json", "assessment", "assessment.json",
                ], in: folder)
            #expect(found == ["7"])
            try folder.edit("acme.yaml", "left-out", "leftout")
            #expect(try await problems(["rubric", "acme.yaml"], in: folder).count > 1)
        }
    }
}
