import RungCore
import RungOTLP
import RungText

/// What is kept of a span: its place in the trace, its times, and the facts of the allow-list.
struct SpanFacts: Equatable {
    var spanID: String
    var parentID: String?
    /// Whether the parent ran in another process.
    var isRemoteChild: Bool
    /// Name of the service that sent it.
    var service: String
    var role: SpanRole
    /// Nanoseconds since 1970.
    var start: UInt64
    /// Nanoseconds since 1970; before `start` when it is not known.
    var end: UInt64
    var isFailed: Bool
    private var facts: [Fact]

    /// One filled slot.
    struct Fact: Equatable {
        var slot: SpanSlot
        var text: String
    }

    /// Longest text of a fact that is taken, in bytes; longer ones are left out.
    static let textLimit = 1_000

    subscript(slot: SpanSlot) -> String? {
        get { facts.first { $0.slot == slot }?.text }
        set {
            facts.removeAll { $0.slot == slot }
            if let newValue { facts.append(Fact(slot: slot, text: newValue)) }
        }
    }

    var cost: Double? { self[.cost].flatMap { Double($0) } }

    /// Milliseconds; nil when the span does not say when it ended.
    var milliseconds: Double? { end >= start && end > 0 ? Double(end - start) / 1_000_000 : nil }

    /// The agent as it is known elsewhere; the service when the span names none.
    var agentOrService: String { self[.agent] ?? service }

    /// Whether `other` began and ended within it.
    func encloses(_ other: SpanFacts) -> Bool { start <= other.start && other.end <= end && spanID != other.spanID }

    // MARK: - From telemetry

    init(_ span: TelemetrySpan) {
        spanID = span.spanID
        parentID = span.parentID
        isRemoteChild = span.hasRemoteParent
        start = span.startNanoseconds
        end = span.endNanoseconds
        isFailed = span.isError == true
        service = Self.service(span.resource)
        var values = SlotValues()
        values.add(span.resource, only: .environment)
        values.add(span.attributes)
        role = SpanRole(
            operation: values.text(.operation), spanKind: values.text(.spanKind),
            namesModel: values[.model] != nil && values[.provider] != nil)
        facts = values.facts
        if isFailed, self[.errorType] == nil {
            let exception = span.events.first { $0.name == "exception" }?.attributes["exception.type"]?.string
            self[.errorType] = exception.flatMap(SlotValues.usable) ?? "error"
        }
        if !isFailed { self[.errorType] = nil }
    }

    /// The name of the service, without what the libraries add when they do not know it.
    static func service(_ resource: [TelemetryAttribute]) -> String {
        let name = resource["service.name"]?.string.flatMap(SlotValues.usable) ?? "unknown_service"
        return name.hasPrefix("unknown_service:") ? "unknown_service" : name
    }

    // MARK: - Held

    /// Reads what `json` wrote; nil for anything else.
    init?(_ json: Node) {
        guard let spanID = json["id"]?.string, let role = json["role"]?.string.flatMap(SpanRole.init(rawValue:)),
            let start = json["start"]?.string.flatMap({ UInt64($0) }), let end = json["end"]?.string.flatMap({ UInt64($0) }),
            let service = json["service"]?.string
        else { return nil }
        self.spanID = spanID
        self.role = role
        self.start = start
        self.end = end
        self.service = service
        parentID = json["parent"]?.string
        isRemoteChild = json["remote"]?.bool ?? false
        isFailed = json["failed"]?.bool ?? false
        facts = (json["facts"]?.members ?? []).compactMap { member in
            guard let slot = SpanSlot(rawValue: member.key), let text = member.value.string else { return nil }
            return Fact(slot: slot, text: text)
        }
    }

    /// For holding it until its trace is known.
    var json: JSONValue {
        var members: [JSONValue.Member] = [
            .init("id", .string(spanID)), .init("role", .string(role.rawValue)), .init("start", .string(String(start))),
            .init("end", .string(String(end))), .init("service", .string(service)),
        ]
        if let parentID { members.append(.init("parent", .string(parentID))) }
        if isRemoteChild { members.append(.init("remote", true)) }
        if isFailed { members.append(.init("failed", true)) }
        if !facts.isEmpty { members.append(.init("facts", .object(facts.map { .init($0.slot.rawValue, .string($0.text)) }))) }
        return .object(members)
    }
}
