import Foundation
import Testing

@Suite struct JUnitImportTests {
    private static let report = """
        <testsuites name="smoke"><testsuite name="s" tests="3" timestamp="2026-01-02T03:04:05" time="2">
        <testcase name="a"/><testcase name="b"><skipped/></testcase></testsuite></testsuites>
        """

    @Test func aReportBecomesOneRunAndAddsNothingTheSecondTime() async throws {
        try await Folder.withExample { folder in
            try folder.write(Self.report, to: "report.xml")
            let first = try await Rung.run("import", "junit", "report.xml", "--agent", "desk", in: folder)
            #expect(first.status == 0)
            #expect(
                first.stderr.hasPrefix(
                    """
                    report.xml: 2 cases: 1 passed, 0 failed, 0 errored, 1 skipped
                    report.xml:1: note: testsuite/@tests: claims 3, the cases say 2; the cases count
                    report.xml: 2 records, 2 added
                      run: 1
                      suite: 1

                    """))
            let rows = try await folder.storedRows()
            let second = try await Rung.run("import", "junit", "report.xml", "--agent", "desk", in: folder)
            #expect(second.status == 0 && second.stderr.hasSuffix("2 records, 0 added\n  2 records stored before\n"))
            #expect(try await folder.storedRows() == rows)
        }
    }

    @Test func aRehearsalPrintsTheCountsAndNeedsNoWorkspace() async throws {
        try await Folder.with { folder in
            try folder.write(Self.report, to: "report.xml")
            let rehearsal = try await Rung.run("import", "junit", "report.xml", "--dry-run", "--format", "json", in: folder)
            #expect(rehearsal.status == 0 && rehearsal.stderr.isEmpty)
            let json = try #require(try JSONSerialization.jsonObject(with: Data(rehearsal.stdout.utf8)) as? [String: Any])
            #expect(Set(json.keys) == ["cases", "passed", "failed", "errored", "skipped", "findings"])
            #expect(json["cases"] as? Int == 2 && json["passed"] as? Int == 1 && json["skipped"] as? Int == 1)
            #expect(folder.files == ["report.xml"])
        }
    }

    @Test func aBrokenReportIsNamedByItsPlaceAndNothingIsStored() async throws {
        try await Folder.withExample { folder in
            try folder.write(Self.report, to: "report.xml")
            try folder.write("<testsuite>\n<testcase>\n</testsuite>", to: "broken.xml")
            let refused = try await Rung.run("import", "junit", "report.xml", "broken.xml", in: folder)
            #expect(refused.status == 3)
            #expect(refused.stderr.hasPrefix("broken.xml:3:13: error: not well-formed XML: "))
            #expect(!folder.has(".rung/evidence.db"))
        }
    }

    private static let corpus = ProcessInfo.processInfo.environment["RUNG_CORPORA"].map { $0 + "/junit-xml" }
    private static let hasPeer = Python.has("junitparser") && corpus != nil

    @Test(.enabled(if: hasPeer, "junitparser or RUNG_CORPORA is missing"))
    func wherePeerAndManifestAgreeSoDoWe() async throws {
        try await Folder.with { folder in
            let checked = try await Python.run(
                """
                import json, os, subprocess, sys
                from junitparser import JUnitXml, Error, Failure, Skipped
                corpus, rung = sys.argv[1], sys.argv[2]
                def cases(suite):
                    for child in suite:
                        yield from (cases(child) if hasattr(child, "testsuites") else [child])
                agreed = wrong = 0
                for line in open(corpus + "/MANIFEST.jsonl"):
                    entry = json.loads(line)
                    if not entry["wellFormed"]: continue
                    path = corpus + "/" + entry["file"]
                    try:
                        xml = JUnitXml.fromfile(path)
                        counts = dict(cases=0, passed=0, failed=0, errored=0, skipped=0)
                        root = [xml] if hasattr(xml, "testsuites") else list(xml)
                        def walk(suite):
                            for case in suite:
                                if hasattr(case, "testsuites") or case._tag == "testsuite":
                                    walk(case); continue
                                counts["cases"] += 1
                                kinds = {type(r) for r in case.result}
                                counts["errored" if Error in kinds else "failed" if Failure in kinds else "skipped" if Skipped in kinds else "passed"] += 1
                        for suite in root: walk(suite)
                    except Exception:
                        continue
                    if counts != entry["counts"]: continue
                    agreed += 1
                    out = subprocess.run([rung, "import", "junit", path, "--dry-run", "--format", "json"], capture_output=True, text=True)
                    ours = json.loads(out.stdout)
                    if {key: ours[key] for key in counts} != counts: wrong += 1
                print(agreed, wrong)
                """, Self.corpus ?? "", Rung.path, in: folder, deadline: 600)
            #expect(checked.status == 0, "\(checked.stderr)")
            let numbers = checked.stdout.split(separator: " ").compactMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
            #expect(numbers.count == 2 && numbers.first ?? 0 >= 80 && numbers.last == 0, "\(checked.stdout)")
        }
    }
}
