import RungCore
import RungText

/// The words that the reports about roadmaps share, plain: each report escapes them in its own way.
enum RoadmapWords {
    /// What is said of a step of which evidence names no owner.
    static let nobody = "nobody is named"
    /// What stands where no command does it.
    static let byHand = "by hand"
    /// How the dates and gains come about.
    static let legend =
        "A step is due on the day on which the window of a quarterly assessment begins, of the first one that leaves two weeks until then. "
        + "Scores are the sum over all dimensions."

    /// `needs 63 more calls`; nil when nothing is missing or nothing is known.
    static func needed(_ step: RoadmapStep) -> String? {
        guard let needed = step.needed, needed > 0 else { return nil }
        let unit = PrintableText.line(step.unit)
        return needed == 1 ? "needs 1 more of the \(unit)" : "needs \(NumberText.grouped(needed)) more \(unit)"
    }

    /// `owner: rita`, the first few.
    static func owner(_ step: RoadmapStep) -> String {
        "owner: " + (step.owners.isEmpty ? nobody : AssessmentWords.names(step.owners, atMost: 5))
    }

    /// `, team payments`; empty for a step of the whole organization.
    static func team(_ step: RoadmapStep) -> String { step.team.map { ", team \(PrintableText.name($0))" } ?? "" }

    /// `due 2026-12-02`; nil without a date.
    static func due(_ step: RoadmapStep) -> String? { step.due.map { "due \($0.date)" } }

    /// `scores +0.38`; nil when they stay as they are.
    static func gain(_ step: RoadmapStep) -> String? {
        step.gain >= 0.005 ? "scores +\(NumberText.fixed(step.gain, places: 2))" : nil
    }

    /// `4 steps, effort 12`.
    static func extent(_ steps: some Collection<RoadmapStep>) -> String {
        let points = steps.reduce(0) { $0 + $1.effort.points }
        return "\(NumberText.count(steps.count, "step")), effort \(NumberText.fixed(points, places: 0))"
    }

    /// The steps by the stage that they aim at, the lowest first.
    static func groups(_ steps: [RoadmapStep]) -> [(target: Int, steps: [RoadmapStep])] {
        Set(steps.map(\.target)).sorted().map { target in (target, steps.filter { $0.target == target }) }
    }

    /// `from stage 1 (Clever Bot) to stage 3 (Agent Factory)`.
    static func title(from stage: Int, to target: Int, _ words: AssessmentWords) -> String {
        "from stage \(stage) (\(words.name(ofStage: stage))) to stage \(target) (\(words.name(ofStage: target)))"
    }

    /// Why there is no step, or where the steps end; nil when they end at the target.
    static func remark(_ assessment: Assessment, to target: Int, _ words: AssessmentWords) -> String? {
        guard let stage = assessment.stage else { return nil }
        if stage >= target, assessment.roadmap.isEmpty {
            return "stage \(stage) (\(words.name(ofStage: stage))) is earned: nothing to do for stage \(target)"
        }
        let reached = assessment.roadmap.last?.stageAfter ?? stage
        guard reached < target else { return nil }
        let next = assessment.stages.first { $0.number == reached + 1 }
        let why =
            switch next?.status {
            case .notAssessed?: "the rubric does not hold all of its criteria"
            case nil: "the rubric does not know it"
            default: "no criterion of it applies, so nothing could prove it"
            }
        return "stage \(reached + 1) (\(words.name(ofStage: reached + 1))) cannot be earned: \(why)"
    }
}
