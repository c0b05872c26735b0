import RungCore
import RungOrganizations
import RungText
import Testing

@Suite(.serialized) struct ScratchTests {
    @Test(arguments: [5, 4, 3, 2, 1]) func show(stage: Int) throws {
        let clock = ContinuousClock()
        let start = clock.now
        let judged = try Judged(OrganizationPlan(stage: stage))
        let made = clock.now
        let ends = stage == 5 ? judged.organization.quarterEnds : [judged.organization.plan.asOf]
        for end in ends {
            let before = clock.now
            let a = try judged.assessment(asOf: end)
            print("### organization \(stage) as of \(end): stage \(String(describing: a.stage)) in \(clock.now - before)")
            for stage in a.stages { print("   stage \(stage.number) \(stage.status) \(stage.full)/\(stage.applicable)") }
            for f in a.findings where f.band != .full { print("   \(f.criterion)\(f.isKey ? "*" : "") \(f.band): \(f.reasons.joined(separator: "; ")) \(f.failing.prefix(3).map(\.entity))") }
            print("   weak: \(a.findings.filter { $0.isKey && ($0.basis.worst ?? .a) != .a }.map { "\($0.criterion) \($0.basis.worst.map { "\($0)" } ?? "-")" })")
        }
        print("### \(judged.report) made in \(made - start)")
    }
}
