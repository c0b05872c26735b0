import Foundation
import Testing

@Suite struct ReportTests {
    /// Three verdicts: passed, failed, errored.
    static let mixed = Folder.Bench(agent: "[ $case = c02 ] && exit 3; [ $case = c03 ] && answer no || answer ok", cases: 4)

    @Test func theConsoleJUnitMarkdownAndTheResultsFileAgreeOnTheCounts() async throws {
        try await Folder.withBench(Self.mixed) { folder in
            try folder.edit("scenarios/s.jsonl", #""id":"c04","#, #""id":"c04","skip":"later","#)
            let run = try await Rung.run(
                "test", "--json", "results.json", "--junit", "junit.xml", "--markdown", "summary.md", in: folder)
            #expect(run.status == 1)
            #expect(run.stderr.contains("\n  verdicts      passed 1, failed 1, errored 1, skipped 1\n"))
            let results = try folder.results()
            #expect(
                results.run.verdicts
                    == ["passed": 1, "failed": 1, "errored": 1, "unscored": 0, "skipped": 1, "quarantined": 0])
            #expect(results.run.cases == 4)
            #expect(results.ids == ["c01", "c02", "c03", "c04"])
            let markdown = try folder.read("summary.md")
            #expect(markdown.contains("| 1 | 1 | 1 | 0 | 1 | 0 | 4 |"))
            let counted = try await Python.run(
                """
                import sys, xml.etree.ElementTree as tree
                suites = tree.parse(sys.argv[1]).getroot().findall("testsuite")
                assert len(suites) == 1, suites
                suite = suites[0]
                cases = suite.findall("testcase")
                for word, name in [("failures", "failure"), ("errors", "error"), ("skipped", "skipped")]:
                    assert int(suite.get(word)) == sum(1 for c in cases if c.find(name) is not None), word
                assert int(suite.get("tests")) == len(cases)
                for case in cases:
                    outcomes = [e.tag for e in case if e.tag in ("failure", "error", "skipped")]
                    print(case.get("classname"), case.get("name"), *outcomes)
                """, "junit.xml", in: folder)
            #expect(counted.stderr.isEmpty)
            #expect(
                counted.stdout == """
                    s.a c01
                    s.a c02 error
                    s.a c03 failure
                    s.a c04 skipped
                    s.gate gate failure

                    """)
        }
    }

    @Test(arguments: [("--json", "json report"), ("--junit", "junit report"), ("--markdown", "markdown report")])
    func aReportThatCannotBeWrittenIsAWarningAndTheGateDecides(_ option: String, _ name: String) async throws {
        try await Folder.withBench { folder in
            let run = try await Rung.run("test", option, "nowhere/report", in: folder)
            #expect(run.status == 0)
            #expect(run.stderr.contains("\ngate: pass\n"))
            #expect(run.stderr.contains("\nwarning: no \(name): "))
            #expect(run.stderr.contains("No such file or directory"))
            #expect(!folder.has("nowhere"))
            try folder.setAgent("answer no")
            #expect(try await Rung.run("test", option, "nowhere/report", in: folder).status == 1)
        }
    }

    @Test func jsonOnStandardOutputIsTheResultsFileAndNothingElse() async throws {
        try await Folder.withBench(Self.mixed) { folder in
            let run = try await Rung.run("test", "--format", "json", in: folder)
            #expect(run.status == 1)
            #expect(try Results.parse(run.stdout).ids == ["c01", "c02", "c03", "c04"])
            #expect(run.stderr.contains("\ngate: fail\n"))
            #expect(folder.files.filter { $0.contains("results") }.isEmpty)
        }
    }

    @Test func aReportReplacesTheOldOneWholeAndLeavesNoDraftBehind() async throws {
        try await Folder.withBench { folder in
            for name in ["r.json", "j.xml", "m.md"] { try folder.write(String(repeating: "old\n", count: 20_000), to: name) }
            try await Rung.run("test", "--json", "r.json", "--junit", "j.xml", "--markdown", "m.md", in: folder)
            for name in ["r.json", "j.xml", "m.md"] { #expect(try !folder.read(name).contains("old")) }
            #expect(folder.files.filter { $0.contains("partial") || $0.contains("tmp") }.isEmpty)
        }
    }

    @Test func whatAnAgentSaysBecomesNoMarkupAndNoTerminalSequence() async throws {
        let agent = #"answer '</failure>&<b>\u001b[31mred\u0000 | `x` \u202e'"#
        try await Folder.withBench(.init(agent: agent, cases: 1)) { folder in
            let run = try await Rung.run("test", "--junit", "junit.xml", "--markdown", "m.md", "--json", "r.json", in: folder)
            #expect(run.status == 1)
            #expect(!run.stderr.contains("\u{1B}"))
            #expect(!run.stderr.contains("\u{202E}"))
            let parsed = try await Python.run(
                """
                import sys, xml.etree.ElementTree as tree
                root = tree.parse(sys.argv[1]).getroot()
                assert root.find(".//b") is None
                print(len(root.findall(".//failure")))
                """, "junit.xml", in: folder)
            #expect(parsed.stdout == "2\n")
            #expect(try !folder.read("m.md").contains("<b>\u{1B}"))
            #expect(try folder.results("r.json").cases.first?.trials.first?.grades.first?.actual?.contains("</failure>") == true)
        }
    }
}
