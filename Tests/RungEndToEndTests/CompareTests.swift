import Foundation
import Testing

@Suite struct CompareTests {
    /// Rows of cases with three trials each; every `period`-th case fails in all of them.
    private func rows(_ cases: Int, failing period: Int, trials: Int = 3) -> String {
        var text = "case,trial,value\n"
        for index in 0..<cases {
            for trial in 1...trials { text += "c\(index),\(trial),\(index % period == 0 ? 0 : 1)\n" }
        }
        return text
    }

    private func json(_ output: Output) throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(output.stdout.utf8))
        return try #require(object as? [String: Any])
    }

    @Test func aCandidateThatIsAsGoodPasses() async throws {
        try await Folder.with { folder in
            try folder.write(rows(120, failing: 10), to: "a.csv")
            try folder.write(rows(120, failing: 10), to: "b.csv")
            let output = try await Rung.run("compare", "--csv", "a.csv", "b.csv", "--margin", "0.03", in: folder)
            #expect(output.status == 0)
            #expect(
                output.stdout.hasPrefix(
                    """
                    pass: B against A

                    - B is as good as A on average, 95 % interval −3.1 to 3.1, on 120 cases × 3
                      trials; the margin is 3 points
                    - with 95 % confidence the drop is at most 2.3 points (Tango's score bound),
                      which is within the margin
                    """))
            #expect(output.stderr.isEmpty)
            #expect(output.stdout.split(separator: "\n").allSatisfy { $0.count <= 80 })
        }
    }

    @Test func aCandidateThatIsWorseFailsAndOneThatMayBeIsInconclusive() async throws {
        try await Folder.with { folder in
            try folder.write(rows(120, failing: 10), to: "a.csv")
            try folder.write(rows(120, failing: 3), to: "worse.csv")
            try folder.write(rows(120, failing: 9), to: "maybe.csv")
            let worse = try await Rung.run("compare", "--csv", "a.csv", "worse.csv", "--format", "json", in: folder)
            #expect(worse.status == 1)
            let values = try json(worse)
            #expect(values["decision"] as? String == "fail" && values["method"] as? String == "bca")
            #expect(values["n"] as? Int == 120 && values["pairs"] as? Int == 120)
            let maybe = try await Rung.run("compare", "--csv", "a.csv", "maybe.csv", "--format", "markdown", in: folder)
            #expect(maybe.status == 2 && maybe.stdout.hasPrefix("## inconclusive: B against A\n"))
        }
    }

    @Test func theSameInputAndSeedGiveTheSameBytesAndAnotherSeedMayNot() async throws {
        try await Folder.with { folder in
            try folder.write(rows(90, failing: 7), to: "a.csv")
            try folder.write(rows(90, failing: 5), to: "b.csv")
            // The order of rows does not matter.
            let lines = rows(90, failing: 5).split(separator: "\n")
            try folder.write(([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\r\n"), to: "turned.csv")
            let one = try await Rung.run("compare", "--csv", "a.csv", "b.csv", "--format", "json", "--seed", "9", in: folder)
            let two = try await Rung.run("compare", "--csv", "a.csv", "b.csv", "--format", "json", "--seed", "9", in: folder)
            #expect(one.stdout == two.stdout)
            let turned = try await Rung.run("compare", "--csv", "a.csv", "turned.csv", "--format", "json", "--seed", "9", in: folder)
            #expect(turned.stdout == one.stdout.replacingOccurrences(of: "\"b.csv\"", with: "\"turned.csv\""))
        }
    }

    @Test func filesThatCannotBeReadAsSaidAreToldWithLineAndColumn() async throws {
        try await Folder.with { folder in
            try folder.write(rows(10, failing: 3), to: "a.csv")
            try folder.write("case,trial,value\nc0,1,1\nc0,1,0\nc1,1,NaN\n", to: "b.csv")
            let output = try await Rung.run("compare", "--csv", "a.csv", "b.csv", in: folder)
            #expect(output.status == 3 && output.stdout.isEmpty)
            #expect(
                output.stderr == """
                    b.csv:3:4: error: trial "1" of case "c0" stands here twice
                      first at b.csv:2:4
                    b.csv:4:6: error: value "NaN" is not a finite decimal number
                      write 1 for a trial that passed and 0 for one that did not; leave the field empty where a trial came to nothing
                    2 problems

                    """)
            #expect(try await Rung.run("compare", "--csv", "a.csv", "none.csv", in: folder).status == 3)
            for wrong in [["a.csv"], ["a.csv", "a.csv", "--margin", "-1"], ["a.csv", "a.csv", "--confidence", "1"]] {
                let output = try await Program.run([Rung.path, "compare", "--csv"] + wrong, in: folder.path)
                #expect(output.status == 64)
            }
        }
    }

    @Test func trialsThatCameToNothingNeverPassAndHeadersAloneDecideNothing() async throws {
        try await Folder.with { folder in
            try folder.write(rows(120, failing: 10), to: "a.csv")
            try folder.write(rows(120, failing: 10) + "c5,4,\n", to: "b.csv")
            try folder.write("case,trial,value\n", to: "empty.csv")
            let holed = try await Rung.run("compare", "--csv", "a.csv", "b.csv", in: folder)
            #expect(holed.status == 2 && holed.stdout.contains("1 trial of B came to no value"))
            let empty = try await Rung.run("compare", "--csv", "empty.csv", "empty.csv", in: folder)
            #expect(empty.status == 2 && empty.stdout.contains("there is nothing to compare"))
        }
    }
}

@Suite(.enabled(if: Python.hasSchemas, "python3 has no jsonschema or no yaml")) struct ComparisonSchemaTests {
    @Test func comparisonsOfEveryKindKeepTheirSchema() async throws {
        try await Folder.with { folder in
            let made = try await Rung.run("generate", "--root", "generated", in: folder)
            #expect(made.status == 0)
            let single = (0..<30).map { "c\($0),1,\($0 % 3 == 0 ? 0 : 1),k\($0 / 3),s\($0 % 2)\n" }.joined()
            try folder.write("case,trial,value,cluster,slice\n" + single, to: "clusters.csv")
            try folder.write("case,trial,value\n" + (0..<30).map { "c\($0),1,\($0 % 4 == 0 ? 0 : 1)\n" }.joined(), to: "binary.csv")
            try folder.write("case,trial,value\nc0,1,0.5\n", to: "one.csv")
            try folder.write("case,trial,value\n", to: "empty.csv")
            var pairs: [String] = []
            for (a, b) in [("clusters", "clusters"), ("clusters", "binary"), ("binary", "binary"), ("one", "one"), ("empty", "one")] {
                let output = try await Rung.run("compare", "--csv", "\(a).csv", "\(b).csv", "--format", "json", in: folder)
                try folder.write(output.stdout, to: "\(a)-\(b).json")
                pairs += ["comparison", "\(a)-\(b).json"]
            }
            let output = try await Program.run(
                ["/usr/bin/env", "python3", "-c", SchemaTests.script, "generated/docs/schemas"] + pairs, in: folder.path)
            #expect(output.stdout == "5\n")
        }
    }
}
