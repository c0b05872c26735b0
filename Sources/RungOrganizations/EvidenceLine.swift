public import RungText

/// One record of evidence before it is told: what a line of an evidence file says.
public struct EvidenceLine: Sendable {
    /// The word for its kind.
    public let kind: String
    /// The midnight of the day in whose evening it is told.
    public let day: Timestamp
    /// Its members without `kind`.
    public private(set) var members: [JSONValue.Member]

    init(_ kind: String, on day: Timestamp, _ members: [JSONValue.Member]) {
        self.kind = kind
        self.day = day.midnight
        self.members = members
    }

    /// A member; setting nil leaves it out.
    public subscript(key: String) -> JSONValue? {
        get { members.first { $0.key == key }?.value }
        set {
            members.removeAll { $0.key == key }
            if let newValue { members.append(.init(key, newValue)) }
        }
    }

    /// A member that is text; setting nil leaves it out.
    public subscript(text key: String) -> String? {
        get { self[key]?.stringValue }
        set { self[key] = newValue.map { .string($0) } }
    }

    /// Writes it as JSON without its end, so that members can follow.
    func open(_ json: inout JSONText) {
        json.beginObject()
        json.key("kind")
        json.string(kind)
        for member in members {
            json.key(member.key)
            json.value(member.value)
        }
    }
}

/// A value that a member can have.
protocol EvidenceValue {
    var json: JSONValue { get }
}

extension String: EvidenceValue {
    var json: JSONValue { .string(self) }
}

extension Int: EvidenceValue {
    var json: JSONValue { .int(self) }
}

extension Double: EvidenceValue {
    var json: JSONValue { .double(self) }
}

extension Bool: EvidenceValue {
    var json: JSONValue { .bool(self) }
}

extension Timestamp: EvidenceValue {
    var json: JSONValue { .string(description) }
}

extension JSONValue: EvidenceValue {
    var json: JSONValue { self }
}

extension Array: EvidenceValue where Element: EvidenceValue {
    var json: JSONValue { .array(map(\.json)) }
}
