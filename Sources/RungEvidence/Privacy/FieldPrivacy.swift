import RungRedaction
import RungText

/// What may stand in a field, and with that, what is looked for in it before it is stored.
enum FieldPrivacy: Sendable {
    /// Words of people, programs and models: secrets and personal data go.
    case prose
    /// Ids and names, which must stay what they are: only what is a secret by its form goes.
    case name
    /// The strings of a JSON value are prose.
    case json
    /// The strings of a JSON value are names.
    case names
}

extension RecordField {
    /// What is looked for in the field; nil for numbers, times, digests and words from a fixed list.
    ///
    /// Fields say by their names what they hold: `id`, `…Id`, `…By` and the like are names, as all coded words are; other
    /// texts are prose.
    var privacy: FieldPrivacy? {
        if case .string(let rule)? = shape {
            switch rule {
            case .any, .nonEmpty, .identifier: break
            case .oneOf, .digest, .timestamp, .duration: return nil
            }
        }
        switch storage {
        case .text: return Self.isName(name) ? .name : .prose
        case .coded: return .name
        case .json: return Self.numbers.contains(name) ? nil : Self.lists.contains(name) ? .names : .json
        case .integer, .real, .flag, .reference, .time, .digest: return nil
        }
    }

    private static func isName(_ name: String) -> Bool {
        ["id", "day", "label"].contains(name) || ["Id", "Ids", "By", "Digest"].contains { name.hasSuffix($0) }
    }

    /// Lists of names, such as `greet@v1.final`, which is no e-mail address.
    private static let lists = ["intents", "prompts", "tools", "variables"]
    /// Values that the program writes itself and that hold numbers alone.
    private static let numbers = ["total", "usage"]
}
