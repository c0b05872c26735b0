public import RungText

/// What a JUnit XML report says, as far as it is evidence: counts, the time of its end, and what does not add up.
///
/// Texts, outputs and properties of cases are read over and not kept.
public struct JUnitReport: Sendable, Equatable {
    /// The path as the user typed it.
    public var file: String
    /// What the report calls itself: its root's name, else the name of its first suite; nil without any.
    public var name: String?
    /// One outcome for each `testcase`.
    public var counts = JUnitCounts()
    /// Failures and errors that a suite has outside of its cases, such as a set-up that broke.
    public var suiteProblems = 0
    /// The latest end that a `timestamp` (and `time`) tells; nil without any timestamp that is understood.
    public var finishedAt: Timestamp?
    /// What was repaired, doubted or not understood, sorted by key, then reason.
    public var findings: [ImportFinding] = []

    /// An empty report.
    public init(file: String) { self.file = file }

    /// At least one case passed, none failed or errored, and no suite broke outside of its cases.
    public var isPassed: Bool { counts.passed > 0 && counts.failed == 0 && counts.errored == 0 && suiteProblems == 0 }
}

extension JUnitReport {
    /// Several reports for machines: `cases`, `passed`, `failed`, `errored`, `skipped`, `findings[]{file, key, reason, count, line}`.
    public static func json(of reports: [JUnitReport]) -> JSONValue {
        var counts = JUnitCounts()
        for report in reports { counts.add(report.counts) }
        let findings = reports.flatMap { report in
            report.findings.map { finding -> JSONValue in
                [
                    "file": .string(report.file), "key": .string(finding.key), "reason": .string(finding.reason),
                    "count": .int(finding.count), "line": .int(finding.line),
                ]
            }
        }
        return .object(counts.members + [.init("findings", .array(findings))])
    }

    /// The report for people: one line of counts, then one line for each finding.
    public var text: String {
        let parts = [
            "\(counts.passed) passed", "\(counts.failed) failed", "\(counts.errored) errored", "\(counts.skipped) skipped",
        ]
        let head = "\(file): \(RungImport.ImportReport.counted(counts.cases, "case")): \(parts.joined(separator: ", "))"
        let lines = findings.map { "\(file):\($0.line): note: \($0.key): \($0.reason)" + ($0.count > 1 ? " (\($0.count) times)" : "") }
        return ([head] + lines).joined(separator: "\n")
    }
}
