internal import RungCore

/// Keeps the texts that a judgement shows at a length that people read.
enum BoundedText {
    /// Scalars of an expected or actual text that are shown.
    static let limit = 2_000

    /// The text, cut after `limit` scalars with a note of how many more there were.
    static func cut(_ text: String, to limit: Int = limit) -> String {
        guard text.utf8.count > limit else { return text }
        let scalars = text.unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex), end < scalars.endIndex
        else { return text }
        return "\(text[..<end])… (\(grouped(scalarCount(text) - limit)) more characters)"
    }

    private static func scalarCount(_ text: String) -> Int {
        var text = text
        return text.withUTF8 { bytes in
            var count = 0
            for byte in bytes { count &+= byte & 0xC0 == 0x80 ? 0 : 1 }
            return count
        }
    }

    /// A text in quotes for the middle of a sentence: on one line, and short.
    static func quoted(_ text: String) -> String {
        // Short and plain, as most are: then bytes, scalars and characters are the same thing.
        if text.utf8.count <= 60, text.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) { return "\"\(text)\"" }
        let line = String(text.prefix(61).map { $0.isNewline ? " " : $0 })
        return line.count > 60 ? "\"\(line.prefix(60))…\"" : "\"\(line)\""
    }

    /// A whole number with thousands separated by commas.
    static func grouped(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var text = number < 0 ? "-" : ""
        for (offset, digit) in digits.enumerated() {
            if offset > 0, (digits.count - offset) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }
}

extension Judgement {
    /// A judgement that holds: a short reason and nothing else.
    static func holding(_ reason: String) -> Judgement { Judgement(.holds(true), reason) }

    /// A judgement that does not hold, with expected and actual text cut to what people read; an empty diff is none.
    static func failing(
        _ reason: String, expected: String? = nil, actual: String? = nil, diff: String? = nil
    ) -> Judgement {
        Judgement(
            .holds(false), reason, expected: expected.map { BoundedText.cut($0) },
            actual: actual.map { BoundedText.cut($0) }, diff: diff == "" ? nil : diff)
    }
}
