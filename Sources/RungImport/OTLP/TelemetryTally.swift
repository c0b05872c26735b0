import RungOTLP
public import RungText

/// What came, and what was made of it: nothing is left out without being counted and named here.
public struct TelemetryTally: Sendable, Equatable {
    public var spans = 0
    public var logs = 0
    public var metrics = 0
    /// Spans by what they stand for: `agent`, `model`, `tool`, `workflow`, `other`, `plain`.
    public var roles: [String: Int] = [:]
    /// Spans that came before.
    public var duplicates = 0
    /// Spans and log records that break a rule, with the reasons.
    public var refused = 0
    public var reasons: [String: Int] = [:]
    /// What makes no record, by its name: a span, an operation, an event.
    public private(set) var ignored: [String: Int] = [:]

    /// Names of ignored things that are told apart; the rest is counted together.
    static let nameLimit = 50

    public init() {}

    mutating func count(_ span: SpanFacts, of telemetry: TelemetrySpan) {
        roles[span.role.rawValue, default: 0] += 1
        switch span.role {
        case .other: ignore("operation \(telemetry.attributes["gen_ai.operation.name"]?.string ?? "without a name")")
        case .plain: ignore("span \(telemetry.name.isEmpty ? "without a name" : telemetry.name)")
        case .agent, .model, .tool, .workflow: break
        }
    }

    mutating func ignore(_ name: String, count: Int = 1) {
        let short = name.utf8.count > 120 ? String(name.prefix(100)) + "…" : name
        let key = ignored[short] != nil || ignored.count < Self.nameLimit ? short : "others"
        ignored[key, default: 0] += count
    }

    mutating func refuse(_ reason: String) {
        refused += 1
        reasons[reason, default: 0] += 1
    }

    /// Counts of two parts together.
    public mutating func add(_ other: TelemetryTally) {
        spans += other.spans
        logs += other.logs
        metrics += other.metrics
        duplicates += other.duplicates
        refused += other.refused
        roles.merge(other.roles, uniquingKeysWith: +)
        reasons.merge(other.reasons, uniquingKeysWith: +)
        for (name, count) in other.ignored { ignore(name, count: count) }
    }

    /// For tools.
    public var json: JSONValue {
        func counts(_ counts: [String: Int]) -> JSONValue {
            .object(counts.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .int($0.value)) })
        }
        return [
            "spans": .int(spans), "logs": .int(logs), "metrics": .int(metrics), "roles": counts(roles), "duplicates": .int(duplicates),
            "refused": .int(refused), "reasons": counts(reasons), "ignored": counts(ignored),
        ]
    }

    /// For people: one line of counts, then one for each thing that makes no record.
    public var lines: [String] {
        var counts = [ImportReport.counted(spans, "span"), ImportReport.counted(logs, "log record")]
        if metrics > 0 { counts.append(ImportReport.counted(metrics, "metric")) }
        if duplicates > 0 { counts.append("\(duplicates) came before") }
        let ignored = ignored.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return [counts.joined(separator: ", ")]
            + reasons.sorted { $0.key < $1.key }.map { "refused: \($0.key) (\(ImportReport.counted($0.value, "time")))" }
            + ignored.map { "no record of: \($0.key) (\(ImportReport.counted($0.value, "time")))" }
    }
}
