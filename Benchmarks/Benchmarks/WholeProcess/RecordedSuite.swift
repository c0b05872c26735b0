/// Writes suites of recorded cases with one assertion each; the same seed gives the same bytes.
struct RecordedSuite {
    /// Name of the suite file and, with `.jsonl`, of its scenarios.
    let name: String
    let cases: Int

    /// One case in this many does not hold, so that failures are part of what is measured.
    static let failingEvery = 200

    init(cases: Int) {
        self.cases = cases
        name = "recorded-\(cases)"
    }

    var suiteFile: String { "\(name).yaml" }
    var scenarioFile: String { "\(name).jsonl" }

    /// Writes both files into the workbench.
    func write(to bench: Workbench) throws {
        try bench.write(
            """
            format: 1
            id: \(name)
            boundary: transcript
            agents: [clerk]
            scenarios: [\(scenarioFile)]
            gate: {minimum-pass-rate: 0.9}

            """, to: suiteFile)
        var words = SeededWords(seed: 20_260_930)
        let file = try OutputFile(bench.path(scenarioFile))
        for index in 1...cases { try file.write(line(index, &words)) }
        try file.close()
    }

    private func line(_ index: Int, _ words: inout SeededWords) -> String {
        let wanted = words.next()
        let said = index % Self.failingEvery == 0 ? "nothing" : wanted
        let answer = "\(words.sentence(6)) \(said) \(words.sentence(6))"
        return """
            {"id":"case-\(index)","input":"\(words.sentence(8))","recorded":[{"output":"\(answer)"}],\
            "graders":[{"kind":"contains","value":"\(wanted)"}]}

            """
    }
}

/// Words in a random order that a seed decides.
struct SeededWords {
    private static let words = [
        "ledger", "invoice", "variance", "forecast", "accrual", "budget", "supplier", "freight", "margin", "deposit",
        "quarter", "receipt", "refund", "balance", "account", "journal", "credit", "payment", "estimate", "shipment",
    ]
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// The next word, with digits that make it rare.
    mutating func next() -> String { "\(Self.words[pick()])-\(draw() % 10_000)" }

    /// Some common words.
    mutating func sentence(_ count: Int) -> String { (0..<count).map { _ in Self.words[pick()] }.joined(separator: " ") }

    private mutating func pick() -> Int { Int(draw() % UInt64(Self.words.count)) }

    /// SplitMix64 (Steele, Lea and Flood, 2014).
    private mutating func draw() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
