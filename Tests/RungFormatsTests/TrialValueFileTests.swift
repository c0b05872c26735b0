import RungCore
import RungText
import Testing

@testable import RungFormats

@Suite struct TrialValueFileTests {
    private func read(_ text: String, path: String = "a.csv") throws -> [CaseValues] {
        try TrialValueFile.read(text: text, path: path).cases
    }

    private func problems(_ text: String) throws -> [String] {
        let invalid = try #require(throws: InvalidInput.self) { try read(text) }
        return invalid.diagnostics.map(\.text)
    }

    @Test("rows become cases in the order of their first mention, columns in any order")
    func reads() throws {
        let cases = try read("value,case,trial,cluster,slice,digest\n1,b,1,doc,de,x\n0,a,1,,,\n0.5,b,2,doc,de,\n,a,2,,,\n-1e3,a,3,,,\n")
        #expect(
            cases == [
                CaseValues(
                    id: "b", trials: [TrialValue(trial: "1", value: 1, digest: "x"), TrialValue(trial: "2", value: 0.5)], cluster: "doc",
                    slice: "de"),
                CaseValues(
                    id: "a",
                    trials: [
                        TrialValue(trial: "1", value: 0), TrialValue(trial: "2", value: nil), TrialValue(trial: "3", value: -1_000),
                    ]),
            ])
    }

    @Test("a header alone has no cases")
    func headerAlone() throws { #expect(try read("case,trial,value\n").isEmpty) }

    @Test("all problems are told at once, with their places and ways out")
    func all() throws {
        let found = try problems(
            """
            case,trial,value,cluster
            a,1,NaN,k
            a,1,1,k
            ,1,1,k
            b,,1,k
            c,1,inf,k
            c,2,1,other
            d,1
            e,1,0x10,k
            f,1,1e999,k
            """)
        let wayOut = "  write 1 for a trial that passed and 0 for one that did not; leave the field empty where a trial came to nothing"
        #expect(
            found == [
                "a.csv:2:5: error: value \"NaN\" is not a finite decimal number\n\(wayOut)",
                "a.csv:3:3: error: trial \"1\" of case \"a\" stands here twice\n  first at a.csv:2:3",
                "a.csv:4:1: error: the row names no case", "a.csv:5:3: error: the row names no trial\n  number the trials of a case from 1",
                "a.csv:6:5: error: value \"inf\" is not a finite decimal number\n\(wayOut)",
                "a.csv:7:7: error: case \"c\" has another cluster than before: \"other\"\n  first at a.csv:6:9",
                "a.csv:8:1: error: the row has 2 fields; the header has 4",
                "a.csv:9:5: error: value \"0x10\" is not a finite decimal number\n\(wayOut)",
                "a.csv:10:5: error: value \"1e999\" is not a finite decimal number\n\(wayOut)",
            ])
    }

    @Test(
        "a wrong header is told before any row",
        arguments: [
            ("", ["a.csv:1:1: error: the file is empty\n  begin it with a line that names the columns: case,trial,value"]),
            (
                "case,trail,value\na,1,x\n",
                [
                    "a.csv:1:1: error: there is no column \"trial\"",
                    "a.csv:1:6: error: unknown column \"trail\"\n  did you mean \"trial\"?",
                ]
            ), ("case,trial,value,case\n", ["a.csv:1:18: error: column \"case\" stands here twice"]),
            ("case,trial,value\n\"a,1,1\n", ["a.csv:2:1: error: the quote that opens here is never closed"]),
        ])
    func header(text: String, expected: [String]) throws { #expect(try problems(text) == expected) }

    @Test("after a hundred problems the rest is not read")
    func many() throws {
        let rows = (0..<5_000).map { "c\($0),1,none\n" }.joined()
        #expect(try problems("case,trial,value\n" + rows).count == 100)
    }

    @Test("both sides have to agree on cluster and slice")
    func agreement() throws {
        let a = try TrialValueFile.read(text: "case,trial,value,cluster,slice\na,1,1,k,de\nb,1,1,k,\n", path: "a.csv")
        let b = try TrialValueFile.read(text: "case,trial,value,slice,cluster\na,1,1,en,k\nb,1,1,de,m\n", path: "b.csv")
        try a.check(against: a)
        let invalid = try #require(throws: InvalidInput.self) { try b.check(against: a) }
        #expect(
            invalid.diagnostics.map(\.text) == [
                "b.csv:2:7: error: case \"a\" is of slice \"en\" here and of \"de\" in a.csv\n  give a case the same slice on both sides",
                "b.csv:3:10: error: case \"b\" is of cluster \"m\" here and of \"k\" in a.csv\n  give a case the same cluster on both sides",
            ])
    }

    @Test("a file that is not there is told by the system's words")
    func missing() throws {
        let failure = try #require(throws: FileFailure.self) { try TrialValueFile.read("/nowhere/a.csv") }
        #expect(failure.description == "/nowhere/a.csv: no such file or directory")
        #expect(throws: FileFailure.self) { try TrialValueFile.read("/") }
    }
}
