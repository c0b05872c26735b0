import RungAssessment
import RungCore
import RungEvidence
import RungFormats
import RungOrganizations
import RungText

/// How long a supposition takes: all criteria, scores, teams and the plan to stage 5, on evidence that was read before.
///
/// `rung-bench RUBRICS FOLDER ROUNDS [AGENTS]` makes a golden organization in the folder, supposes one criterion after the other,
/// and prints rounds, milliseconds of the fastest, the median and the slowest one, and the number of agents.
@main struct WhatIf {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 4, let rounds = Int(arguments[3]), rounds > 0, let agents = Int(arguments.count > 4 ? arguments[4] : "60")
        else { throw Complaint(description: "usage: rung-bench RUBRICS FOLDER ROUNDS [AGENTS]") }
        let rubric = try rubric(in: arguments[1])
        let plan = OrganizationPlan(stage: 3, agents: agents)
        let (store, _) = try GoldenOrganization(plan).write(to: arguments[2] + "/evidence.db", scratch: arguments[2])
        let snapshot = try store.snapshot(asOf: plan.asOf, timeLimit: .seconds(120))
        let ground = Assessor.ground(rubric: rubric, evidence: snapshot, asOf: plan.asOf, notes: []).prepared()
        var times: [Double] = []
        var steps = 0
        for round in 0..<rounds {
            let criterion = rubric.criteria[round % rubric.criteria.count]
            guard let assumption = Assumption("\(criterion.id)=\(criterion.measure.partial)") else { continue }
            let started = ContinuousClock.now
            let assessment = ground.assessment(assuming: [assumption], planningTo: 5)
            times.append(Double((ContinuousClock.now - started).components.attoseconds) / 1e15)
            steps += assessment.roadmap.count
        }
        times.sort()
        print(rounds, times[0], times[times.count / 2], times[times.count - 1], agents, steps / rounds)
    }

    private static func rubric(in folder: String) throws -> Rubric {
        func text(_ name: String) throws -> String { String(decoding: try FileBytes.read(folder + "/" + name), as: UTF8.self) }
        let crosswalk = try RubricCrosswalk.read(text: text("crosswalk.yaml"), path: "crosswalk.yaml")
        let library = RubricLibrary(
            builtIn: try text("agentops-five-stage.yaml"), crosswalk: crosswalk, publications: RubricPublications())
        return try library.builtInDocument().rubric
    }
}

struct Complaint: Error, CustomStringConvertible {
    let description: String
}
