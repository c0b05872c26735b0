public import RungCore
import RungText
import Synchronization

/// Writes the results file: one JSON object with the run, the gate and every case, one case a line.
///
/// It is the stable interface for scripts, and the baseline of later runs; `ResultsFile.shape` describes it. Memory does
/// not grow with the cases, and the file appears whole when the run has ended, also when it was cancelled.
public final class JSONReporter: RunObserver {
    /// Where the results go, as the user gave it.
    public let path: String
    /// A report may fail; the run goes on.
    public let isEssential = false
    /// What messages call it.
    public let name = "json report"
    private let document = Mutex<ResultsDocument?>(nil)

    /// Creates the reporter; nothing is opened before the run starts.
    public init(path: String) { self.path = path }

    /// Takes a batch of events; throws `ReportFailure`, after which nothing more is written.
    public func handle(_ events: [RunEvent]) throws {
        try document.withLock { document in
            do {
                for event in events {
                    switch event {
                    case .started: document = ResultsDocument(file: try SpooledFile(path: path))
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

/// The results file while it is written.
private struct ResultsDocument {
    private let file: SpooledFile
    private var json = JSONText(reserving: 4_096)
    /// Counted here, so that the counts always agree with the cases in the file.
    private var counts: [SuiteID: VerdictCounts] = [:]
    private var isFirst = true

    private static let firstSeparator = Array("\n".utf8)
    private static let separator = Array(",\n".utf8)

    init(file: SpooledFile) { self.file = file }

    mutating func add(_ result: CaseResult) throws(ReportFailure) {
        counts[result.suite, default: VerdictCounts()].add(result.verdict)
        try file.write(isFirst ? Self.firstSeparator : Self.separator)
        isFirst = false
        json.removeAll()
        ResultsWriter.write(result, into: &json)
        try file.write(json.bytes)
    }

    func finish(_ summary: RunSummary) throws(ReportFailure) {
        try file.finish(header: ResultsWriter.head(of: summary, counts), footer: Array("\n]}\n".utf8))
    }
}
