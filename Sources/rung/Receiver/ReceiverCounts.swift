import RungImport
import RungText

/// What a receiver took in since its start, and what it could not.
struct ReceiverCounts: Sendable {
    /// Requests that are on disk.
    var requests = 0
    /// Requests that found no room in the queue.
    var busy = 0
    /// Requests that the store could not take.
    var failed = 0
    /// Why the store could not the last time; nil once it can again.
    private(set) var lastFailure: String?
    private(set) var tally = TelemetryTally()

    mutating func add(_ tally: TelemetryTally, requests count: Int) {
        requests += count
        lastFailure = nil
        self.tally.add(tally)
    }

    mutating func fail(_ reason: String, requests count: Int) {
        failed += count
        lastFailure = reason
    }

    /// For tools; says nothing about what was sent but counts.
    var json: JSONValue {
        [
            "status": .string(lastFailure == nil ? "ok" : "failing"), "requests": .int(requests), "busy": .int(busy),
            "failed": .int(failed), "spans": .int(tally.spans), "logs": .int(tally.logs), "refused": .int(tally.refused),
            "duplicates": .int(tally.duplicates),
        ]
    }
}
