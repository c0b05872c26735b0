import RungCore
import RungOTLP
import RungText

/// What one request wants to have stored, and who sent it.
struct ReceivedRequest: Sendable {
    var content: Content
    /// The source that proved to have sent it; nil for anybody.
    var source: SourceID?
    /// Bytes of its body, as a measure of what it takes to keep it waiting.
    var bytes: Int

    /// What it holds.
    enum Content: Sendable {
        case telemetry(TelemetryBatch)
        /// Records of evidence, of which all are stored or none.
        case evidence([EvidenceDraft])
    }

    /// What became of it.
    enum Outcome: Sendable {
        /// It is on disk, except for so many spans or log records, for this reason.
        case stored(refused: Int, reason: String)
        /// All its records are on disk; the report is the answer.
        case recorded(JSONValue)
        /// Nothing of it was stored, because it is wrong.
        case wrong([Diagnostic])
        /// The source may not send any more.
        case forbidden
        /// There is no room in the queue.
        case busy
        /// Nothing of it was stored, because the store could not.
        case failed(String)
    }
}
