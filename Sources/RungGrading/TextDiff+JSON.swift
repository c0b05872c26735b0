internal import RungText

extension TextDiff {
    /// Where two JSON values differ, line by line, with members sorted by key so that their order is no difference.
    static func unified(expected: JSONValue, actual: JSONValue) -> String {
        unified(expected: JSONText.pretty(sorted(expected)), actual: JSONText.pretty(sorted(actual)))
    }

    private static func sorted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let items): .array(items.map(sorted))
        case .object(let members):
            .object(members.map { JSONValue.Member($0.key, sorted($0.value)) }.sorted { $0.key < $1.key })
        case .null, .bool, .number, .string: value
        }
    }
}
