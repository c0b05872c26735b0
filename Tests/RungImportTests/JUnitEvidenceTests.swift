import RungCore
import RungCrypto
import RungText
import Testing

@testable import RungImport

@Suite struct JUnitEvidenceTests {
    private static let now = Timestamp(seconds: 1_800_000_000)
    private static let digest = SHA256Hasher.digest(of: "file")

    private static func drafts(_ text: String, _ options: JUnitOptions = JUnitOptions()) throws -> [String: JSONValue] {
        let report = try JUnitReader.read(Array(text.utf8), name: "r.xml")
        let drafts = try report.evidence(digest: digest, options, now: now)
        #expect(drafts.map(\.kind) == ["suite", "run"])
        return Dictionary(drafts.last?.members.map { ($0.key, $0.value) } ?? []) { first, _ in first }
    }

    @Test func `a report becomes its suite and one run`() throws {
        let run = try Self.drafts(
            """
            <testsuites name="desk checks"><testsuite timestamp="2026-09-30T12:00:00" time="1.2"><testcase/><testcase><skipped/></testcase></testsuite>
            <testsuite timestamp="2026-09-30T11:00:00" time="60"><testcase/></testsuite></testsuites>
            """, JUnitOptions(agent: "desk", type: "adversarial"))
        #expect(run["id"] == .string("junit-" + Self.digest.hex.prefix(32)))
        #expect(run["suiteId"] == "desk-checks" && run["agentId"] == "desk" && run["type"] == "adversarial")
        #expect(run["finishedAt"] == "2026-09-30T12:00:02Z")
        #expect(run["trials"] == 2 && run["passed"] == true)
    }

    @Test func `what the user says goes before what the report says`() throws {
        let at = Timestamp(seconds: 1_790_000_000)
        let run = try Self.drafts(
            "<testsuite name='x' timestamp='2026-09-30'><testcase/></testsuite>",
            JUnitOptions(suite: "mine", promptVersion: Self.digest, configuration: Self.digest, finishedAt: at))
        #expect(run["suiteId"] == "mine" && run["finishedAt"] == .string(at.description))
        #expect(run["promptVersionId"] == .string(Self.digest.description) && run["configDigest"] == .string(Self.digest.description))
    }

    @Test(arguments: [
        ("<testsuite><testcase/></testsuite>", "no timestamp tells when the run ended"),
        ("<testsuite timestamp='2030-01-01'><testcase/></testsuite>", "the run ended at 2030-01-01T00:00:00Z, later than now ("),
    ])
    func `a run without an end, or with one in the future, is refused with the way out`(_ text: String, _ message: String) {
        let error = #expect(throws: InvalidInput.self) { try Self.drafts(text) }
        #expect(error?.description.contains("r.xml: error: \(message)") == true)
        #expect(error?.description.contains("--finished-at") == true)
    }
}
