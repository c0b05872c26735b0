import RungCore
import RungCrypto
import RungOTLP
import RungText

/// The attributes of one span that the allow-list names, the best one for each slot.
struct SlotValues {
    private var found: [Found] = []

    private struct Found {
        var slot: SpanSlot
        var rank: Int
        var value: TelemetryValue
    }

    subscript(slot: SpanSlot) -> TelemetryValue? { found.first { $0.slot == slot }?.value }

    /// The text in a slot; nil for other kinds of values and for blank or overlong texts.
    func text(_ slot: SpanSlot) -> String? { self[slot]?.string.flatMap(Self.usable) }

    /// Takes what the allow-list names; of two names for one slot the better one.
    mutating func add(_ attributes: [TelemetryAttribute], only wanted: SpanSlot? = nil) {
        for attribute in attributes {
            guard let (slot, rank) = SpanSlot.byName[attribute.key], wanted == nil || slot == wanted else { continue }
            guard let index = found.firstIndex(where: { $0.slot == slot }) else {
                found.append(Found(slot: slot, rank: rank, value: attribute.value))
                continue
            }
            if rank <= found[index].rank { found[index] = Found(slot: slot, rank: rank, value: attribute.value) }
        }
    }

    /// What is worth keeping, as text.
    var facts: [SpanFacts.Fact] {
        found.compactMap { found in
            let text: String? =
                switch found.slot {
                case .operation, .spanKind, .provider: nil
                case .cost: found.value.number.flatMap { (0...1e12).contains($0) ? CanonicalJSON.text(of: $0) : nil }
                case .feedbackOffered: found.value.bool.map { $0 ? "true" : "false" }
                case .instructions: Self.digest(ofInstructions: found.value)
                case .promptVersion, .config: found.value.string.flatMap { Self.isDigest($0) ? $0 : nil }
                case .effect: found.value.string.flatMap { ["read", "write"].contains($0) ? $0 : nil }
                default: found.value.string.flatMap(Self.usable)
                }
            return text.map { SpanFacts.Fact(slot: found.slot, text: $0) }
        }
    }

    /// A text that can name something: not blank, not overlong.
    static func usable(_ text: String) -> String? {
        text.utf8.count <= SpanFacts.textLimit && text.utf8.contains { $0 > 0x20 } ? text : nil
    }

    /// Whether it is written `sha256:` and 64 digits.
    static func isDigest(_ text: String) -> Bool {
        text.utf8.count == 71 && text.hasPrefix("sha256:")
            && text.utf8.dropFirst(7).allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }

    /// The version of a prompt whose whole text are these instructions; the text itself is let go.
    ///
    /// Instructions are a list of parts, as a list of maps or as JSON text; a plain text is taken as it is.
    static func digest(ofInstructions value: TelemetryValue) -> String? {
        let texts: [String]
        switch value {
        case .string(let text):
            let parts = (try? JSONReader.read(text))?.array
            texts = parts.map { $0.compactMap { $0["content"]?.string } } ?? [text]
        case .array(let parts): texts = parts.compactMap { $0.map?["content"]?.string }
        default: texts = []
        }
        guard !texts.isEmpty else { return nil }
        return PromptVersion.version(text: texts.joined(separator: "\n"), variables: []).description
    }
}
