public import RungCore
import RungCrypto
import RungText
import RungXML

/// An assessment as JUnit XML for CI servers, valid under Jenkins' junit-10.xsd and windyroad's JUnit.xsd.
///
/// Each stage is a `testsuite`, each criterion a `testcase` of the class `stage-N.DIMENSION`. A criterion that is full has passed;
/// one that is partial or none is a failure; one that is unknown or could not be measured is an error, because CI ignores what
/// is skipped; one that does not apply is skipped, with the reason. Beyond the stage that is aimed at, what is not full is skipped
/// too. Whether the stage itself is met is a test case of its own, as it may lack evidence that somebody vouches for although
/// every criterion is full. In a void assessment every test case is an error. The counters always agree with the test cases.
public enum AssessmentJUnit {
    /// The whole document.
    ///
    /// - Parameters:
    ///   - aim: the highest stage whose criteria count; the one above the earned stage for nil.
    ///   - hostname: the machine's name for the report; `localhost` when it is empty.
    public static func render(_ assessment: Assessment, rubric: Rubric, aim: Int? = nil, hostname: String) throws -> String {
        let aim = aim ?? min(5, (assessment.stage ?? 1) + 1)
        let words = AssessmentWords(assessment: assessment, rubric: rubric)
        let writer = XMLDocumentWriter(.document, layout: .indented)
        try writer.startElement("testsuites")
        for (index, stage) in words.assessedStages.enumerated() {
            let suite = AssessmentSuite(words: words, stage: stage, aim: aim)
            try suite.write(to: writer, index: index, hostname: hostname.isEmpty ? "localhost" : PrintableText.name(hostname))
        }
        try writer.endElement()
        try writer.finish()
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

/// One stage as a test suite.
private struct AssessmentSuite {
    let words: AssessmentWords
    let stage: Int
    let aim: Int

    /// Longest text of a failure or error in bytes.
    private static let longestText = 16_384

    /// What a test case came to.
    private struct Case {
        let name: String
        let className: String
        let verdict: Verdict
        /// Of everything but a pass.
        var message = ""
        var type = ""
        var text = ""
    }

    private var assessment: Assessment { words.assessment }

    // MARK: - Cases

    private var cases: [Case] { [stageCase] + words.findings(ofStage: stage).map { criterionCase($0) } }

    private var stageCase: Case {
        let name = "stage \(stage), \(words.name(ofStage: stage))"
        if let void = void(name, "stage-\(stage)") { return void }
        guard let result = assessment.stages.first(where: { $0.number == stage }), result.status != .met else {
            return Case(name: name, className: "stage-\(stage)", verdict: .passed)
        }
        let message = words.status(ofStage: stage)
        guard stage <= aim else { return beyond(name, "stage-\(stage)", message) }
        let reasons = result.reasons.map(PrintableText.line)
        return Case(
            name: name, className: "stage-\(stage)", verdict: .failed, message: message, type: result.status.rawValue,
            text: reasons.joined(separator: "\n"))
    }

    private func criterionCase(_ finding: Finding) -> Case {
        let name = PrintableText.name("\(finding.criterion) \(finding.title)")
        let className = PrintableText.name("stage-\(stage).\(finding.dimension)")
        if let void = void(name, className) { return void }
        let reason = finding.reasons.first.map(PrintableText.line) ?? "no reason is known"
        let message = "\(finding.band.rawValue): \(reason)"
        switch finding.band {
        case .full: return Case(name: name, className: className, verdict: .passed)
        case .notApplicable: return Case(name: name, className: className, verdict: .skipped, message: message)
        case _ where stage > aim: return beyond(name, className, message)
        case .partial, .none, .insufficient, .error:
            return Case(
                name: name, className: className, verdict: finding.band == .partial || finding.band == .none ? .failed : .errored,
                message: message, type: finding.band.rawValue, text: text(finding))
        }
    }

    private func text(_ finding: Finding) -> String {
        var lines = finding.reasons.map(PrintableText.line)
        if let failing = AssessmentWords.failing(finding.failing, atMost: 100) { lines.append("falls short: \(failing)") }
        if let evidence = AssessmentWords.evidenceClass(finding) { lines.append("class of the evidence: \(evidence)") }
        lines.append("what it asks and how it is measured: rung rubric explain \(PrintableText.name(finding.criterion.rawValue))")
        return lines.joined(separator: "\n")
    }

    private func void(_ name: String, _ className: String) -> Case? {
        guard assessment.stage == nil else { return nil }
        let reason = PrintableText.line(assessment.voidReason ?? "the assessment is void")
        return Case(name: name, className: className, verdict: .errored, message: "void: \(reason)", type: "void", text: reason)
    }

    private func beyond(_ name: String, _ className: String, _ message: String) -> Case {
        Case(name: name, className: className, verdict: .skipped, message: "beyond stage \(aim), which is aimed at; \(message)")
    }

    // MARK: - XML

    func write(to writer: XMLDocumentWriter, index: Int, hostname: String) throws(XMLWriteError) {
        let cases = cases
        var tally = JUnitTally()
        for one in cases { tally.add(one.verdict, seconds: 0) }
        try writer.startElement("testsuite")
        try writer.attribute("name", "stage \(stage), \(words.name(ofStage: stage))")
        try writer.attribute("tests", tally.tests)
        try writer.attribute("failures", tally.failures)
        try writer.attribute("errors", tally.errors)
        try writer.attribute("skipped", tally.skipped)
        try writer.attribute("time", 0, decimals: 3)
        try writer.attribute("timestamp", String(assessment.asOf.description.prefix(19)))
        try writer.attribute("hostname", hostname)
        try writer.attribute("package", "stage-\(stage)")
        try writer.attribute("id", index)
        try writer.startElement("properties")
        for (name, value) in properties {
            try writer.startElement("property")
            try writer.attribute("name", name)
            try writer.attribute("value", value)
            try writer.endElement()
        }
        try writer.endElement()
        for one in cases { try write(one, to: writer) }
        for element: StaticString in ["system-out", "system-err"] {
            try writer.startElement(element)
            try writer.endElement()
        }
        try writer.endElement()
    }

    private var properties: [(String, String)] {
        [
            ("rubric.version", PrintableText.line(assessment.rubricVersion)),
            ("rubric.digest", assessment.rubricDigest.description),
            ("ledger.size", String(assessment.ledger.size)), ("ledger.root", assessment.ledger.root.description),
            ("stage.earned", assessment.stage.map(String.init) ?? "none"), ("stage.aim", String(aim)),
            ("confidence", NumberText.fixed(assessment.confidence, places: 4)),
            ("provisional", assessment.isProvisional ? "true" : "false"),
        ] + RubricWords.sorted(assessment.rubricChanges).map { ("rubric.change", RubricWords.line($0)) }
    }

    private func write(_ one: Case, to writer: XMLDocumentWriter) throws(XMLWriteError) {
        try writer.startElement("testcase")
        try writer.attribute("name", one.name)
        try writer.attribute("classname", one.className)
        try writer.attribute("time", 0, decimals: 3)
        if one.verdict != .passed {
            try writer.startElement(one.verdict == .skipped ? "skipped" : one.verdict == .failed ? "failure" : "error")
            try writer.attribute("message", PrintableText.bounded(one.message, bytes: 500))
            // Strict readers take nothing but the message of a skipped test case.
            if one.verdict != .skipped {
                try writer.attribute("type", one.type)
                try writer.text(PrintableText.bounded(one.text, bytes: Self.longestText))
            }
            try writer.endElement()
        }
        try writer.endElement()
    }
}
