public import RungCore
import RungCrypto
import RungText
import RungXML
import Synchronization

/// Writes JUnit XML that every reader accepts: valid under Jenkins' junit-10.xsd and windyroad's JUnit.xsd.
///
/// Each suite is a `testsuite`, each case × agent × prompt version a `testcase` with a stable, unique name. Failed cases
/// are failures; errored and unscored ones are errors; skipped and quarantined ones are skipped, with the reason. The gate
/// is a test case of its own, so that a red gate is red in every viewer. The counters always agree with the test cases.
/// Run id, digests, rates with interval, cost and tokens are properties of the suite. Memory does not grow with the cases,
/// and the file appears whole when the run has ended, also when it was cancelled.
public final class JUnitReporter: RunObserver {
    /// Where the report goes, as the user gave it.
    public let path: String
    /// A report may fail; the run goes on.
    public let isEssential = false
    /// What messages call it.
    public let name = "junit report"
    private let hostname: String
    private let document = Mutex<JUnitDocument?>(nil)

    /// Creates the reporter; nothing is opened before the run starts.
    ///
    /// - Parameter hostname: the machine's name for the report; `localhost` when it is empty.
    public init(path: String, hostname: String) {
        self.path = path
        self.hostname = hostname.isEmpty ? "localhost" : hostname
    }

    /// Takes a batch of events; throws `ReportFailure`, after which nothing more is written.
    public func handle(_ events: [RunEvent]) throws {
        try document.withLock { document in
            do {
                for index in events.indices {
                    switch events[index] {
                    case .started(let header): document = try JUnitDocument(path: path, hostname: hostname, header)
                    case .trialFinished: break
                    case .caseFinished(let result): try document?.add(result)
                    case .finished(let summary):
                        try document?.finish(summary)
                        document = nil
                    }
                }
            } catch {
                document = nil
                throw error
            }
        }
    }
}

/// The report while it is written.
private struct JUnitDocument {
    private let header: RunHeader
    private let hostname: String
    private let file: SpooledFile
    /// Writes test cases into the spool; its byte count tells where a suite's cases begin.
    private let cases: XMLDocumentWriter
    private var names: JUnitNames
    private var tallies: [JUnitTally]
    private var suite = 0
    /// By suite, what live tools answered otherwise than recorded.
    private var drift: [[String]]

    /// Lines of drift that a suite has at most.
    private static let mostDrift = 200
    /// Longest text of a failure or error in bytes.
    private static let longestText = 16_384

    init(path: String, hostname: String, _ header: RunHeader) throws(ReportFailure) {
        self.header = header
        self.hostname = PrintableText.name(hostname)
        file = try SpooledFile(path: path)
        cases = XMLDocumentWriter(descriptor: file.descriptor, name: path, .fragment(depth: 2), layout: .indented)
        names = JUnitNames(header.suites)
        tallies = header.suites.map { _ in JUnitTally() }
        drift = header.suites.map { _ in [] }
    }

    // MARK: - Cases

    mutating func add(_ result: CaseResult) throws {
        guard select(result.suite) else {
            throw ReportFailure(path: file.path, reason: "the run did not announce the suite \(result.suite)")
        }
        do throws(XMLWriteError) {
            try write(result)
        } catch {
            throw file.failure(error.code)
        }
    }

    /// Cases come suite by suite; a mark in the spool keeps them together even if they do not.
    private mutating func select(_ id: SuiteID) -> Bool {
        if header.suites.indices.contains(suite), header.suites[suite].id == id, !tallies[suite].isEmpty { return true }
        guard let index = header.suites.firstIndex(where: { $0.id == id }) else { return false }
        suite = index
        file.mark(section: index, from: cases.byteCount)
        return true
    }

    private mutating func write(_ result: CaseResult) throws(XMLWriteError) {
        let (className, name) = names.names(of: result, suite: suite)
        var milliseconds = 0.0
        for index in result.trials.indices { milliseconds += result.trials[index].latencyMs ?? 0 }
        let seconds = JUnitTally.seconds(milliseconds: milliseconds)
        tallies[suite].add(result.verdict, seconds: seconds)
        for line in ProblemText.drifted(result) where drift[suite].count < Self.mostDrift {
            drift[suite].append("\(className).\(name): \(ToolDrift.gradeName): \(line)")
        }
        try cases.startElement("testcase")
        try cases.attribute("name", name)
        try cases.attribute("classname", className)
        try cases.attribute("time", seconds, decimals: 3)
        switch result.verdict {
        case .passed: break
        case .failed: try problem("failure", result)
        case .errored, .unscored: try problem("error", result)
        case .skipped: try skipped(result.note.map(PrintableText.line) ?? "skipped")
        case .quarantined: try skipped(quarantineMessage(result))
        }
        try cases.endElement()
    }

    private func skipped(_ message: String) throws(XMLWriteError) {
        try cases.startElement("skipped")
        try cases.attribute("message", message)
        try cases.endElement()
    }

    private func quarantineMessage(_ result: CaseResult) -> String {
        let verdict = header.suites[suite].requirement.verdict(of: result.trials.map(\.verdict))
        let note = result.note.map { ": \(PrintableText.line($0))" } ?? ""
        return result.trials.isEmpty ? "quarantined\(note)" : "quarantined\(note); it \(verdict.phrase)"
    }

    private func problem(_ element: StaticString, _ result: CaseResult) throws(XMLWriteError) {
        let problem = ProblemText(result: result, requirement: header.suites[suite].requirement)
        var lines = ["\(SummaryText.place(result)): case \(PrintableText.name(result.id.rawValue)) \(result.verdict.phrase)"]
        if let title = result.title { lines.append(PrintableText.line(title)) }
        lines += problem.details
        if let version = result.subject.promptVersion { lines.append("prompt version \(version)") }
        lines.append("case digest \(result.digest)")
        try cases.startElement(element)
        try cases.attribute("message", problem.message)
        try cases.attribute("type", PrintableText.name(problem.kind))
        try cases.text(PrintableText.bounded(lines.joined(separator: "\n"), bytes: Self.longestText))
        try cases.endElement()
    }

    // MARK: - The whole

    /// Writes everything but the cases into memory, notes where the cases belong, and puts the parts together.
    mutating func finish(_ summary: RunSummary) throws {
        let frame = XMLDocumentWriter(.document, layout: .indented)
        var cuts: [Int] = []
        do throws(XMLWriteError) {
            try cases.finish()
            try frame.startElement("testsuites")
            for index in header.suites.indices { try write(index, of: summary, into: frame, &cuts) }
            try frame.endElement()
            try frame.finish()
        } catch {
            throw file.failure(error.code)
        }
        var parts: [SpooledFile.Part] = []
        var start = 0
        for (section, cut) in cuts.enumerated() {
            parts += [.text(frame.bytes[start..<cut]), .section(section)]
            start = cut
        }
        try file.finish(parts + [.text(frame.bytes[start...])])
    }

    private func write(
        _ index: Int, of summary: RunSummary, into frame: XMLDocumentWriter, _ cuts: inout [Int]
    ) throws(XMLWriteError) {
        let suite = header.suites[index]
        let result = summary.suites.first { $0.header.id == suite.id }
        let gate = JUnitGate(result?.gate ?? summary.gate, summary.status, isShard: header.shard != nil)
        var tally = tallies[index]
        tally.add(gate.verdict, seconds: 0)
        try frame.startElement("testsuite")
        try frame.attribute("name", PrintableText.name(suite.id.rawValue))
        try frame.attribute("tests", tally.tests)
        try frame.attribute("failures", tally.failures)
        try frame.attribute("errors", tally.errors)
        try frame.attribute("skipped", tally.skipped)
        // Only the run's wall time is known; with several suites each has the time of its own cases.
        let seconds = header.suites.count == 1 ? JUnitTally.seconds(milliseconds: summary.durationMs) : tally.seconds
        try frame.attribute("time", seconds, decimals: 3)
        try frame.attribute("timestamp", String(header.startedAt.description.prefix(19)))
        try frame.attribute("hostname", hostname)
        try frame.attribute("package", PrintableText.name(suite.id.rawValue))
        try frame.attribute("id", index)
        try frame.startElement("properties")
        for property in JUnitProperties.of(suite, result, summary) {
            try frame.startElement("property")
            try frame.attribute("name", property.name)
            try frame.attribute("value", property.value)
            try frame.endElement()
        }
        try frame.endElement()
        cuts.append(frame.byteCount)
        try write(gate, className: names.gate(index), into: frame)
        // Strict readers take it here alone, not in a test case.
        try frame.startElement("system-out")
        if !drift[index].isEmpty { try frame.text(PrintableText.bounded(drift[index].joined(separator: "\n"), bytes: Self.longestText)) }
        try frame.endElement()
        try frame.startElement("system-err")
        try frame.endElement()
        try frame.endElement()
    }

    private func write(_ gate: JUnitGate, className: String, into frame: XMLDocumentWriter) throws(XMLWriteError) {
        try frame.startElement("testcase")
        try frame.attribute("name", "gate")
        try frame.attribute("classname", className)
        try frame.attribute("time", 0, decimals: 3)
        if let element = gate.element {
            try frame.startElement(element)
            try frame.attribute("message", gate.message)
            // Strict readers take nothing but the message of a skipped test case.
            if gate.verdict != .skipped {
                try frame.attribute("type", gate.type)
                try frame.text(PrintableText.bounded(gate.text, bytes: Self.longestText))
            }
            try frame.endElement()
        }
        try frame.endElement()
    }
}

extension Verdict {
    /// Completes the sentence `the case …`.
    var phrase: String {
        switch self {
        case .passed, .failed, .errored: rawValue
        case .unscored: "is unscored"
        case .skipped: "is skipped"
        case .quarantined: "is in quarantine"
        }
    }
}
