internal import RungXML

/// One `testcase` while it is read: the outcomes that its children and its status tell.
struct JUnitCase {
    private var worst: JUnitOutcome = .passed
    private var outcomes = 0
    private var flaky: String?
    private var rerun: String?
    private var claimedStatus: JUnitOutcome?

    init(_ attributes: [XMLAttribute]) {
        guard let status = attributes["status"]?.lowercased() else { return }
        switch status {
        case "disabled", "notrun": worst = .skipped
        case "failed", "failure": claimedStatus = .failed
        case "error", "errored": claimedStatus = .errored
        default: break
        }
    }

    /// Takes a direct child by its name.
    mutating func add(_ child: String) {
        switch child {
        case "error": take(.errored)
        case "failure": take(.failed)
        case "skipped": take(.skipped)
        case "flakyFailure", "flakyError": flaky = flaky ?? child
        case "rerunFailure", "rerunError": rerun = rerun ?? child
        default: break
        }
    }

    private mutating func take(_ outcome: JUnitOutcome) {
        outcomes += 1
        worst = max(worst, outcome)
    }

    /// What became of the case.
    var outcome: JUnitOutcome { worst }

    /// What is odd about it; empty for nearly every case.
    var findings: [(key: String, reason: String)] {
        var findings: [(String, String)] = []
        if outcomes > 1 { findings.append(("testcase", "several outcomes in one case; the worst one counts")) }
        if let flaky {
            let reason =
                worst == .passed ? "an attempt failed before one passed; counted as passed" : "an attempt failed besides the last one"
            findings.append((flaky, reason))
        }
        if let rerun { findings.append((rerun, "the case was tried again after a failure; the last outcome counts")) }
        if let claimedStatus, worst < claimedStatus {
            findings.append(
                ("testcase/@status", "says \(claimedStatus == .failed ? "failed" : "errored"), but the case holds no such outcome"))
        }
        return findings
    }
}
