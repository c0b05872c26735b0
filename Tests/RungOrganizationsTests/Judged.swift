import RungAssessment
import RungCore
import RungEvidence
import RungFormats
import RungOrganizations
import RungTestSupport
import RungText
import Testing

/// An organization in a folder of its own, and what an assessor makes of it.
struct Judged {
    let folder = TemporaryFolder()
    let organization: GoldenOrganization
    let store: EvidenceStore
    let report: GoldenOrganization.Report

    init(_ plan: OrganizationPlan) throws {
        organization = GoldenOrganization(plan)
        (store, report) = try organization.write(to: folder.path + "/evidence.db", scratch: folder.path)
    }

    /// The assessment as of a midnight, reading the ledger as it stood then; as of the end when left out.
    ///
    /// - Parameter integrity: what is known of the ledger; nil to verify it.
    func assessment(asOf: Timestamp? = nil, integrity: LedgerIntegrity? = nil) throws -> Assessment {
        let asOf = asOf ?? organization.plan.asOf
        let snapshot = try store.snapshot(asOf: asOf, ledgerSize: try store.cutOff(asOf: asOf).size, timeLimit: .seconds(120))
        let known = try integrity ?? store.checkLedger().failure.map { .broken($0.description) } ?? .verified
        return Assessor.assess(rubric: Self.rubric, evidence: snapshot, asOf: asOf, integrity: known, notes: [])
    }

    /// The rubric that comes with the project.
    static let rubric: Rubric = {
        do {
            func text(_ name: String) throws -> String { String(decoding: try FileBytes.read(root + "/rubrics/" + name), as: UTF8.self) }
            let crosswalk = try RubricCrosswalk.read(text: text("crosswalk.yaml"), path: "crosswalk.yaml")
            let library = RubricLibrary(
                builtIn: try text("agentops-five-stage.yaml"), crosswalk: crosswalk, publications: RubricPublications())
            return try library.builtInDocument().rubric
        } catch {
            preconditionFailure("the rubric cannot be read: \(error)")
        }
    }()

    /// The project's folder.
    static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
}
