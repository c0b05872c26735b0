internal import RungText
internal import RungXML

/// Reads a JUnit XML report of any writer in one pass and constant memory.
///
/// The elements that count are `testsuites`, `testsuite` and `testcase`, in any namespace and nested as deep as the limit
/// allows. A case ends as its worst direct child says: `error`, then `failure`, then `skipped`; a `status` of `disabled` or
/// `notrun` skips it. `flakyFailure` and `flakyError` are attempts that failed before one passed, `rerunFailure` and
/// `rerunError` attempts after a failure: neither changes the outcome, both are findings. Attributes that contradict the
/// cases are findings as well, and the cases count.
///
/// Document types and entities are refused, nothing is fetched, and size and depth are limited.
public struct JUnitReader {
    private var report: JUnitReport
    private var findings: JUnitFindings
    private var open: [Element] = []
    private var line = 0

    /// An open element, as far as it matters.
    private enum Element {
        case suites(JUnitClaims)
        case suite(JUnitClaims)
        case testcase(JUnitCase)
        case other
    }

    /// Suites inside each other, failures inside cases: far more than any writer nests, far less than harms.
    static let depthLimit = 256

    private init(_ path: String) {
        report = JUnitReport(file: path)
        findings = JUnitFindings()
    }

    /// Reads a whole file.
    ///
    /// - Throws: `InvalidInput` with line and column when it cannot be read, is no well-formed XML or no JUnit report.
    public static func read(_ path: String) throws -> JUnitReport {
        do {
            let xml = try XMLPullReader(file: path, limits: XMLReadLimits(bytes: 16 << 30, depth: depthLimit))
            return try read(path, xml)
        } catch let error as XMLReadError {
            throw InvalidInput(error, path)
        }
    }

    /// Reads a report in memory; `name` stands for the file in messages.
    package static func read(_ bytes: [UInt8], name: String) throws -> JUnitReport {
        do {
            return try read(name, XMLPullReader(bytes: bytes, name: name, limits: XMLReadLimits(depth: depthLimit)))
        } catch let error as XMLReadError {
            throw InvalidInput(error, name)
        }
    }

    private static func read(_ path: String, _ xml: XMLPullReader) throws -> JUnitReport {
        var reader = JUnitReader(path)
        while let event = try xml.next() {
            reader.line = xml.line
            switch event {
            case .start(let name, let attributes): try reader.begin(name, attributes)
            case .end: reader.end()
            case .text: break
            }
        }
        reader.report.findings = reader.findings.all
        return reader.report
    }

    // MARK: - Elements

    private mutating func begin(_ name: String, _ attributes: [XMLAttribute]) throws {
        switch (name, open.last) {
        case ("testsuites", nil), ("testsuites", .suites), ("testsuites", .suite):
            begin(attributes)
            open.append(.suites(JUnitClaims(name, attributes, line: line)))
        case ("testsuite", nil), ("testsuite", .suites), ("testsuite", .suite):
            begin(attributes)
            open.append(.suite(JUnitClaims(name, attributes, line: line)))
        case (_, nil):
            let message = "<\(name.prefix(40))> is not the root of a JUnit report"
            throw InvalidInput(
                report.file, SourcePosition(line: line, column: 1), message, suggestion: "expected <testsuites> or <testsuite>")
        case ("testcase", .suites), ("testcase", .suite):
            note(timeOf: attributes)
            open.append(.testcase(JUnitCase(attributes)))
        case (_, .testcase(var testcase)):
            testcase.add(name)
            open[open.count - 1] = .testcase(testcase)
            open.append(.other)
        case (_, .suites), (_, .suite):
            noteChildOfSuite(name)
            open.append(.other)
        default:
            if name == "testcase" { findings.note("testcase", "stands inside something that is no suite; not counted", line: line) }
            open.append(.other)
        }
    }

    private mutating func begin(_ attributes: [XMLAttribute]) {
        if report.name == nil, let name = attributes["name"], name.utf8.contains(where: { $0 > 0x20 }) { report.name = name }
        note(timeOf: attributes)
    }

    private mutating func end() {
        switch open.popLast() {
        case .testcase(let testcase):
            let outcome = testcase.outcome
            report.counts.add(outcome)
            for finding in testcase.findings { findings.note(finding.key, finding.reason, line: line) }
            addToSurrounding { $0.ownCounts.add(outcome) }
        case .suite(let claims), .suites(let claims):
            findings.note(claims)
            let counts = claims.allCounts
            addToSurrounding { $0.nestedCounts.add(counts) }
        case .other, nil: break
        }
    }

    private mutating func addToSurrounding(_ change: (inout JUnitClaims) -> Void) {
        switch open.last {
        case .suite(var claims):
            change(&claims)
            open[open.count - 1] = .suite(claims)
        case .suites(var claims):
            change(&claims)
            open[open.count - 1] = .suites(claims)
        default: break
        }
    }

    private mutating func noteChildOfSuite(_ name: String) {
        switch name {
        case "error", "failure":
            report.suiteProblems += 1
            findings.note(
                "testsuite/\(name)", "the suite broke outside of its cases; it counts as no case, and the run has not passed", line: line)
        case "properties", "system-out", "system-err", "description": break
        default: findings.note(String(name.prefix(40)), "not understood", line: line)
        }
    }

    // MARK: - Times

    private mutating func note(timeOf attributes: [XMLAttribute]) {
        guard let text = attributes["timestamp"], text.utf8.contains(where: { $0 > 0x20 }) else { return }
        guard let start = JUnitTime.timestamp(text) else {
            return findings.note("timestamp", "not understood as a time", line: line)
        }
        let seconds = attributes["time"].flatMap(JUnitTime.seconds) ?? 0
        let end = start.adding(seconds: Int64(seconds.rounded(.up)))
        report.finishedAt = max(report.finishedAt ?? end, end)
    }
}

extension InvalidInput {
    /// A problem of the XML itself, as a problem of the user's file.
    fileprivate init(_ error: XMLReadError, _ path: String) {
        switch error {
        case .unreadable(_, let reason): self.init(path, nil, "cannot be read: \(reason)", suggestion: "check the path")
        case .malformed(_, let problem):
            self.init(path, problem.position, "not well-formed XML: \(problem.message)", suggestion: "nothing of the file was stored")
        case .refused(_, let problem):
            self.init(path, problem.position, "refused: \(problem.message)", suggestion: "nothing of the file was stored")
        case .invalidSchema(_, let problems):
            self.init(path, problems.first?.position, problems.first?.message ?? "cannot be read")
        }
    }
}

extension XMLProblem {
    /// Nil when even the line is unknown.
    fileprivate var position: SourcePosition? { line > 0 ? SourcePosition(line: line, column: column ?? 1) : nil }
}
