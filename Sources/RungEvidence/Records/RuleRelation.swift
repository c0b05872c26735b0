import RungText

/// How an input of a decision must stand to the value of a condition. Numbers compare with numbers, texts with texts, flags
/// with flags; anything else does not hold.
enum RuleRelation: String, CaseIterable {
    case equal
    case notEqual
    case atLeast
    case atMost
    case above
    case below
    case oneOf
    case given

    /// What is wrong with the operands of a condition; nil when they fit.
    func problem(value: Node?, values: Node?) -> String? {
        switch self {
        case .equal, .notEqual: wrong(value, values, needs: "\"value\"") { _ in true }
        case .atLeast, .atMost, .above, .below: wrong(value, values, needs: "a number as \"value\"") { $0.number != nil }
        case .oneOf: value == nil && values != nil ? nil : "oneOf needs \"values\" alone"
        case .given: value == nil && values == nil ? nil : "given needs no value"
        }
    }

    private func wrong(_ value: Node?, _ values: Node?, needs: String, _ fits: (Node) -> Bool) -> String? {
        guard let value, fits(value), values == nil else { return "\(rawValue) needs \(needs) alone" }
        return nil
    }

    /// SQL that is 1 when the relation holds between an input and a condition, both rows of `json_each` with their types,
    /// 0 or NULL when it does not.
    ///
    /// - Parameters:
    ///   - input: alias of the row of the input; its columns are NULL when the decision has no such input.
    ///   - condition: alias of the row of the condition, an object.
    static func sql(input: String, condition: String) -> String {
        let value = "\(condition).value ->> '$.value'"
        let family = "\(kind("\(input).type")) = \(kind("json_type(\(condition).value, '$.value')"))"
        func numeric(_ symbol: String) -> String { "\(kind("\(input).type")) = 'number' AND \(input).value \(symbol) \(value)" }
        return """
            CASE \(condition).value ->> '$.is'
              WHEN 'equal' THEN \(family) AND \(input).value = \(value)
              WHEN 'notEqual' THEN \(family) AND \(input).value <> \(value)
              WHEN 'atLeast' THEN \(numeric(">="))
              WHEN 'atMost' THEN \(numeric("<="))
              WHEN 'above' THEN \(numeric(">"))
              WHEN 'below' THEN \(numeric("<"))
              WHEN 'oneOf' THEN EXISTS (SELECT 1 FROM json_each(\(condition).value, '$.values') o
                WHERE \(kind("o.type")) = \(kind("\(input).type")) AND o.value = \(input).value)
              WHEN 'given' THEN \(input).type IS NOT NULL AND \(input).type <> 'null' AND \(input).value <> ''
            END
            """
    }

    /// One word for the types that compare with each other.
    private static func kind(_ type: String) -> String {
        "CASE WHEN \(type) IN ('integer', 'real') THEN 'number' WHEN \(type) IN ('true', 'false') THEN 'flag' ELSE \(type) END"
    }
}
