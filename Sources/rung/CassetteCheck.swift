import RungCore
import RungCrypto
import RungFormats
import RungReplay
import RungRunner
import RungText

/// Holds the cassettes of all suites against their cases before the first trial: none may be missing, and none broken.
struct CassetteCheck {
    let workspace: String
    let now: Timestamp

    /// Missing cassettes that are named one by one.
    private static let mostNamed = 20

    /// The suites with digests that cover their cassettes: what answers for the world decides about verdicts too. Each says how old its
    /// cassettes are.
    ///
    /// - Throws: `InvalidInput` with every problem.
    func checked(_ suites: [PlannedSuite]) throws -> [PlannedSuite] {
        var diagnostics = Diagnostics()
        var checked = suites
        for index in checked.indices where checked[index].suite.boundary.needsCassettes {
            try check(&checked[index], into: &diagnostics)
        }
        try diagnostics.throwIfAny()
        return checked
    }

    private func check(_ planned: inout PlannedSuite, into diagnostics: inout Diagnostics) throws {
        var hasher = SHA256Hasher()
        var found = SuiteCassettes()
        hasher.update("suite \(planned.suite.digest)\n")
        let shelf = CassetteShelf(folder: CassetteShelf.folder(of: planned.suite, workspace: workspace))
        var missing = 0
        for planCase in planned.cases where planCase.trials > 0 {
            let agent = planned.suite.agents[planCase.agent]
            for scenario in try planned.scenarios.scenarios(in: planCase.scenario..<planCase.scenario + 1) {
                let file = shelf.file(agent: agent, case: scenario.id)
                guard file.exists else {
                    missing += 1
                    if missing <= Self.mostNamed { diagnostics.append(absent(file, agent, scenario, planned.suite)) }
                    continue
                }
                do {
                    let cassette = try file.read()
                    hasher.update("\(scenario.id) \(agent) \(cassette.bytes.digest)\n")
                    found.add(
                        SuiteCassettes(cassette.provenance, now: now, promptVersion: planned.prompts[planCase.agent].first?.version))
                } catch let invalid as InvalidInput {
                    for diagnostic in invalid.diagnostics { diagnostics.append(diagnostic) }
                }
            }
        }
        if missing > Self.mostNamed {
            diagnostics.append(
                Diagnostic(planned.suite.location.file, nil, "\(missing - Self.mostNamed) more cases have no cassette"))
        }
        planned.suite.digest = hasher.finalize()
        planned.cassettes = found
    }

    private func absent(_ file: CassetteFile, _ agent: AgentID, _ scenario: Scenario, _ suite: Suite) -> Diagnostic {
        Diagnostic(
            scenario.location.file, SourcePosition(line: scenario.location.line, column: 1),
            "case \"\(scenario.id)\" has no cassette for agent \"\(agent)\": no file \(FilePath.shown(file.path))",
            suggestion: "record it with: rung record --suite \(suite.id) --scenario \(scenario.id)")
    }
}
