import RungCore
import RungFormats
import RungReplay
import RungRunner
import RungText

/// Holds the cassettes of all suites against their cases before the first trial: none may be missing, and none broken.
struct CassetteCheck {
    let workspace: String

    /// Missing cassettes that are named one by one.
    private static let mostNamed = 20

    /// - Throws: `InvalidInput` with every problem.
    func check(_ suites: [PlannedSuite]) throws {
        var diagnostics = Diagnostics()
        for planned in suites where planned.suite.boundary.needsCassettes { try check(planned, into: &diagnostics) }
        try diagnostics.throwIfAny()
    }

    private func check(_ planned: PlannedSuite, into diagnostics: inout Diagnostics) throws {
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
                do { _ = try file.read() } catch let invalid as InvalidInput {
                    for diagnostic in invalid.diagnostics { diagnostics.append(diagnostic) }
                }
            }
        }
        guard missing > Self.mostNamed else { return }
        diagnostics.append(
            Diagnostic(planned.suite.location.file, nil, "\(missing - Self.mostNamed) more cases have no cassette"))
    }

    private func absent(_ file: CassetteFile, _ agent: AgentID, _ scenario: Scenario, _ suite: Suite) -> Diagnostic {
        Diagnostic(
            scenario.location.file, SourcePosition(line: scenario.location.line, column: 1),
            "case \"\(scenario.id)\" has no cassette for agent \"\(agent)\": no file \(FilePath.shown(file.path))",
            suggestion: "record it with: rung record --suite \(suite.id) --scenario \(scenario.id)")
    }
}
