import Foundation
import Testing

@Suite struct RubricTests {
    /// The built-in rubric as a file.
    private static func builtIn() throws -> String {
        try String(contentsOfFile: Repository.root + "/rubrics/agentops-five-stage.yaml", encoding: .utf8)
    }

    /// The version that the binary carries.
    private static func version() throws -> String {
        let line = try builtIn().split(separator: "\n").first { $0.hasPrefix("version: ") } ?? ""
        return line.dropFirst("version: ".count).filter { $0 != "'" }
    }

    /// An overlay over the built-in rubric: one threshold, one criterion left out.
    private static func overlay() throws -> String {
        """
        format: 1
        extends: built-in@\(try version())
        id: acme
        version: 1.0.0
        title: The ladder of Acme
        changes:
          - {id: REG-302, full: 0.8, partial: 0.6, reason: a small fleet}
        left-out:
          - {id: PRM-303, reason: nobody reviews here}

        """
    }

    @Test func anOverlayIsCheckedExplainedComparedAndToldInEveryReport() async throws {
        try await Folder.withExample { folder in
            try folder.write(try Self.overlay(), to: "rubrics/acme.yaml")
            let check = try await Rung.run("rubric", "check", "--rubric", "rubrics/acme.yaml", in: folder)
            #expect(check.status == 0)
            #expect(check.stdout.hasPrefix("rubrics/acme.yaml: 79 criteria, 7 symptoms, "))
            #expect(check.stdout.contains("\n  - REG-302 full 0.95 → 0.8, easier (a small fleet)\n"))
            let unwrapped = check.stdout.replacing("\n    ", with: " ")
            #expect(unwrapped.contains("\n  - PRM-303 (Prompts are reviewed by someone else) left out, easier (nobody reviews here)\n"))

            let explained = try await Rung.run("rubric", "explain", "REG-302", "--rubric", "rubrics/acme.yaml", in: folder)
            #expect(explained.stdout.contains("\nfull           at least 80 %; half credit at 60 %\n"))
            #expect(explained.stdout.contains("\nchanged        full 0.95 → 0.8, easier (a small fleet)\n"))
            #expect(explained.stdout.contains("\ncontributes to NIST AI RMF 1.0 GOVERN 2.1"))
            #expect(!explained.stdout.contains("satisfies"))

            let diff = try await Rung.run("rubric", "diff", "built-in", "rubrics/acme.yaml", in: folder)
            #expect(diff.status == 0)
            #expect(diff.stdout.contains("\n  full 0.95 → 0.8, easier\n    reason: a small fleet\n"))
            #expect(diff.stdout.split(separator: "\n").allSatisfy { $0.count <= 80 })

            try folder.edit("rung.yaml", "# rubric: rubrics/our-own.yaml", "rubric: rubrics/acme.yaml")
            let assessed = try await Rung.run("assess", "--markdown", "a.md", "--json", "a.json", in: folder)
            #expect(assessed.status == 0)
            let told = "REG-302 full 0.95 → 0.8, easier (a small fleet)"
            let lines = assessed.stdout.split(separator: "\n").map(String.init)
            #expect(lines.first { $0.hasPrefix("  - ") } == "  - \(told)")
            #expect(lines.firstIndex(of: "  - \(told)") == 4, "below the head")
            #expect(try folder.read("a.md").contains("\n- \(told)\n"))
            #expect(try folder.read("a.json").contains(#""what":"full","from":"0.95","to":"0.8","effect":"easier","#))
            // A key criterion of stage 3 is left out.
            #expect(assessed.stdout.contains("|  3  |  Agent Factory                   not assessed"))
            let stage = try await Rung.run("assess", "--what-if", "*=full", "--format", "json", in: folder)
            let report = try #require(try JSONSerialization.jsonObject(with: Data(stage.stdout.utf8)) as? [String: Any])
            #expect(report["stage"] as? Int == 2)
        }
    }

    @Test func anOverlayOverAnotherVersionOrWithASlipIsRefused() async throws {
        try await Folder.with { folder in
            let version = try Self.version()
            try folder.write(try Self.overlay().replacing("@\(version)", with: "@0.0.1"), to: "old.yaml")
            let old = try await Rung.run("assess", "--rubric", "old.yaml", "--evidence", "none.db", in: folder)
            #expect(old.status == 3)
            #expect(
                old.stderr == """
                    old.yaml:2:10: error: this rung carries version \(version) of the built-in rubric, not 0.0.1
                      read what changed, then write extends: built-in@\(version); or extend a file of the other version, with its digest
                    1 problem

                    """)
            try folder.write(try Self.overlay().replacing("REG-302", with: "REG-320"), to: "slip.yaml")
            let slip = try await Rung.run("rubric", "check", "--rubric", "slip.yaml", in: folder)
            #expect(slip.status == 3)
            #expect(
                slip.stderr == """
                    slip.yaml:7:10: error: no criterion "REG-320" in agentops-five-stage \(version)
                      did you mean "REG-302"?
                    1 problem

                    """)
            let crosswalk = try Self.builtIn().replacing("nist-ai-rmf: [MAP 2.1]", with: "nist-ai-rmf: [MAP 2.9]")
                .replacing("version: '\(version)'", with: "version: '99.0.0'")
            try folder.write(crosswalk, to: "own.yaml")
            let unknown = try await Rung.run("rubric", "check", "--rubric", "own.yaml", in: folder)
            #expect(unknown.status == 3)
            #expect(unknown.stderr.contains("error: NIST AI RMF 1.0 has no \"MAP 2.9\" on its list\n  did you mean \"MAP 2."))
        }
    }

    @Test func aVersionStandsForOneContentAndItsStepForTheChange() async throws {
        try await Folder.with { folder in
            let version = try Self.version()
            let numbers = version.split(separator: ".").compactMap { Int($0) }
            try #require(numbers.count == 3)
            func next(_ index: Int) -> String {
                (0..<3).map { String($0 < index ? numbers[$0] : $0 == index ? numbers[$0] + 1 : 0) }.joined(separator: ".")
            }
            func own(_ version: String) throws -> String {
                try Self.builtIn().replacing("version: '\(try Self.version())'", with: "version: '\(version)'")
                    .replacing("      full: 0.95\n", with: "      full: 0.96\n")
            }
            try folder.write(try own(version), to: "same.yaml")
            let same = try await Rung.run("rubric", "diff", "built-in", "same.yaml", in: folder)
            #expect(same.status == 1)
            #expect(same.stdout.contains("\nversions: do not agree; \(version) stands for two contents"))
            let refused = try await Rung.run("assess", "--rubric", "same.yaml", "--evidence", "none.db", in: folder)
            #expect(refused.status == 3)
            #expect(refused.stderr.contains("agentops-five-stage \(version) was published with digest sha256:"))

            try folder.write(try own(next(2)), to: "patch.yaml")
            #expect(try await Rung.run("rubric", "diff", "built-in", "patch.yaml", in: folder).status == 1)
            try folder.write(try own(next(numbers[0] == 0 ? 1 : 0)), to: "step.yaml")
            let right = try await Rung.run("rubric", "diff", "built-in", "step.yaml", "--format", "json", in: folder)
            #expect(right.status == 0)
            #expect(right.stdout.contains(#""versions":{"verdict":"agree","right":true,"#))
            #expect(try await Rung.run("rubric", "diff", "built-in", "built-in", in: folder).stdout.contains("\nno difference\n"))
            #expect(try await Rung.run("rubric", "diff", "built-in", "nope.yaml", in: folder).status == 3)
        }
    }

    @Test func theCrosswalkIsListedForPeopleAndTools() async throws {
        try await Folder.with { folder in
            let text = try await Rung.run("rubric", "crosswalk", in: folder)
            #expect(text.status == 0)
            #expect(text.stdout.contains("\nNIST AI RMF 1.0 (nist-ai-rmf): "))
            #expect(text.stdout.contains(" of 72 entries\n"))
            #expect(text.stdout.split(separator: "\n").allSatisfy { $0.count <= 80 })
            let csv = try await Rung.run("rubric", "crosswalk", "--framework", "iso-42001", "--format", "csv", in: folder)
            #expect(csv.stdout.hasSuffix("\r\n"))
            let rows = csv.stdout.split(separator: "\r\n").filter { $0 != "\n" }
            #expect(rows.first == "framework,title,entry,relation,criterion,stage,key,criterionTitle")
            #expect(Set(rows.dropFirst().map { $0.split(separator: ",").dropFirst(2).first }).count == 38)
            let unknown = try await Rung.run("rubric", "crosswalk", "--framework", "iso-4201", in: folder)
            #expect(unknown.status == 3)
            #expect(unknown.stderr.contains("knows no such framework\n  did you mean \"iso-42001\"?\n"))
        }
    }
}
