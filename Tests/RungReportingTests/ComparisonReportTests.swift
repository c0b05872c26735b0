import RungCore
import RungText
import Testing

@testable import RungReporting

@Suite struct ComparisonReportTests {
    /// A comparison of single trials with everything in it.
    static var comparison: Comparison {
        let limits = ComparisonLimits(low: -0.1267, high: 0.0052)
        let effect = ComparisonEffect(
            estimate: -0.06, standardError: 0.033, interval: limits, bounds: ComparisonLimits(low: -0.1155, high: -0.0056), method: .tango,
            pValue: 0.0961, t: ComparisonLimits(low: -0.125, high: 0.005), bca: ComparisonLimits(low: -0.125, high: 0.005))
        let slice = ComparisonEffect(
            estimate: 0.0125, standardError: 0.02, interval: ComparisonLimits(low: -.infinity, high: .infinity),
            bounds: ComparisonLimits(low: -.infinity, high: .infinity), method: .signFlip, pValue: 0.00001, t: nil, bca: nil)
        var comparison = Comparison(
            baseline: "A", candidate: "B", policy: ComparisonPolicy(margin: 0.05, seed: .max), n: 200, pairs: 200, isClustered: false,
            trials: 1...1, isProportion: true,
            unpaired: [UnpairedCase(id: "old|case", side: .baseline), UnpairedCase(id: "new", side: .candidate)], effect: effect,
            binary: BinaryComparison(
                lost: 28, gained: 16, pValue: 0.0961, midP: 0.0725, newcombe: ComparisonLimits(low: -0.1259, high: 0.0057), tango: limits),
            power: ComparisonPower(detectableEffect: 0.082, unitsForMargin: 542, furtherUnits: 13_247), decision: .inconclusive,
            reasons: ["B is worse by 6 points", "a margin of 11.6 points or more would have let it pass"],
            slices: [
                ComparisonSlice(
                    name: "de", n: 195, pairs: 195, effect: effect,
                    tests: .init(beyondMargin: 0.7, holm: 0.7, benjaminiHochberg: 0.0961)),
                ComparisonSlice(name: "tiny", n: 5, pairs: 5, effect: slice, tests: nil),
            ])
        comparison.sources = .init(baseline: "runs/a.csv", candidate: "runs/b.csv")
        return comparison
    }

    @Test("the console shows decision and reasons, then the numbers, within eighty columns")
    func text() {
        let text = ComparisonText.render(Self.comparison, width: 80)
        #expect(
            text == """
                inconclusive: B against A

                - B is worse by 6 points
                - a margin of 11.6 points or more would have let it pass

                A           runs/a.csv
                B           runs/b.csv
                change      −6.00 points, standard error 3.30; p 0.0961 that nothing changed
                decides     Tango: each side 95 %, −11.55 to −0.56
                95 %        Tango −12.67 to 0.52; t −12.50 to 0.50; BCa −12.50 to 0.50; Newcombe
                            −12.59 to 0.57
                McNemar     28 lost, 16 gained; exact p 0.0961, mid-p 0.0725
                power       finds a change of 8.20 points with a chance of 80 %; one as large as
                            the margin needs 542 cases
                drawn       seed 18446744073709551615, 10,000 resamples

                slice  cases  change     low  high         p  p (B-H)  beyond margin (Holm)
                de       195   −6.00  −12.67  0.52    0.0961   0.0961                0.7000
                tiny       5    1.25       –     –  < 0.0001        –               too few

                not compared
                  old|case  only in A
                  new  only in B

                """)
        #expect(text.split(separator: "\n").allSatisfy { Columns.count($0) <= 80 })
    }

    @Test("Markdown shows the same as tables, with everything escaped")
    func markdown() {
        #expect(
            ComparisonMarkdown.render(Self.comparison) == """
                ## inconclusive: B against A

                - B is worse by 6 points
                - a margin of 11.6 points or more would have let it pass

                |  |  |
                | --- | --- |
                | A | runs/a.csv |
                | B | runs/b.csv |
                | change | −6.00 points, standard error 3.30; p 0.0961 that nothing changed |
                | decides | Tango: each side 95 %, −11.55 to −0.56 |
                | 95 % | Tango −12.67 to 0.52; t −12.50 to 0.50; BCa −12.50 to 0.50; Newcombe −12.59 to 0.57 |
                | McNemar | 28 lost, 16 gained; exact p 0.0961, mid-p 0.0725 |
                | power | finds a change of 8.20 points with a chance of 80 %; one as large as the margin needs 542 cases |
                | drawn | seed 18446744073709551615, 10,000 resamples |

                | slice | cases | change | low | high | p | p (B-H) | beyond margin (Holm) |
                | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
                | `de` | 195 | −6.00 | −12.67 | 0.52 | 0.0961 | 0.0961 | 0.7000 |
                | `tiny` | 5 | 1.25 | – | – | &lt; 0.0001 | – | too few |

                Not compared: `old\\|case`, `new`.

                """)
    }

    @Test("JSON has the names of the contract; what is not known is null")
    func json() throws {
        let value = Self.comparison.json
        #expect(
            value.members?.map(\.key) == [
                "formatVersion", "baseline", "candidate", "n", "pairs", "clustered", "trials", "unpaired", "estimate", "se", "low", "high",
                "method", "pValue", "bounds", "t", "bca", "mcnemar", "newcombe", "tango", "power", "policy", "decision", "reasons",
                "slices",
            ])
        #expect(value["mcnemar"] == ["b": 28, "c": 16, "p": .double(0.0961), "midp": .double(0.0725)])
        #expect(value["power"]?["mde"]?.doubleValue == 0.082 && value["power"]?["nForMargin"]?.intValue == 542)
        #expect(value["policy"]?["seed"]?.stringValue == "18446744073709551615")
        #expect(value["decision"]?.stringValue == "inconclusive" && value["method"]?.stringValue == "tango")
        let slices = try #require(value["slices"]?.arrayValue)
        #expect(slices[1]["low"]?.isNull == true && slices[1]["holm"]?.isNull == true)
        #expect(ComparisonJSON.render(Self.comparison).hasSuffix("}\n"))
    }

    @Test("without pairs there is a decision, and no numbers")
    func empty() {
        let comparison = Comparison(
            baseline: "A", candidate: "B", policy: ComparisonPolicy(margin: 0.05), n: 0, pairs: 0, isClustered: false, trials: nil,
            isProportion: true, unpaired: [], effect: nil, binary: nil, power: ComparisonPower(), decision: .inconclusive,
            reasons: ["there is nothing to compare"], slices: [])
        #expect(ComparisonText.render(comparison, width: 80) == "inconclusive: B against A\n\n- there is nothing to compare\n\n")
        #expect(comparison.json["estimate"]?.isNull == true)
    }
}
