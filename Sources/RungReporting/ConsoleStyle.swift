/// How text for a console is set: its width, and whether it may be coloured.
struct ConsoleStyle: Sendable {
    /// Columns.
    var width: Int
    /// Whether colours are written.
    var isColoured: Bool

    /// The few meanings that have a look of their own.
    enum Tone: String {
        case good = "32"
        case bad = "31"
        case doubtful = "33"
        case strong = "1"
        case quiet = "2"
    }

    /// The text in the tone's colour; as it is without colour.
    func paint(_ text: String, _ tone: Tone) -> String {
        isColoured && !text.isEmpty ? "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// Breaks a sentence into lines that fit, at spaces; words that are too long stand alone.
    ///
    /// - Parameters:
    ///   - first: what the first line begins with.
    ///   - rest: what every other line begins with.
    func wrapped(_ text: String, first: String, rest: String) -> [String] {
        var lines: [String] = []
        var line = first
        var used = Columns.count(first)
        let indent = Columns.count(rest)
        var isEmpty = true
        for word in text.split(separator: " ") {
            let columns = Columns.count(word)
            if used + (isEmpty ? 0 : 1) + columns > width, !isEmpty || used > indent {
                lines.append(line)
                line = rest
                used = indent
                isEmpty = true
            }
            line += isEmpty ? String(word) : " " + word
            used += columns + (isEmpty ? 0 : 1)
            isEmpty = false
        }
        return lines + [line]
    }
}

/// Widths of text on a terminal, near enough: combining marks take no column, wide letters and most pictures two.
enum Columns {
    /// The columns that a text without control characters takes.
    static func count(_ text: some StringProtocol) -> Int {
        var count = 0
        for scalar in text.unicodeScalars { count += width(of: scalar) }
        return count
    }

    /// The text, cut with `…` when it takes more than `limit` columns.
    static func cut(_ text: String, to limit: Int) -> String {
        guard count(text) > limit else { return text }
        guard limit > 0 else { return "" }
        var out = String.UnicodeScalarView()
        var used = 0
        for scalar in text.unicodeScalars {
            let columns = width(of: scalar)
            if used + columns > limit - 1 { break }
            out.append(scalar)
            used += columns
        }
        return String(out) + "…"
    }

    /// The text, filled with spaces on the right or cut, so that it takes exactly `columns`.
    static func padded(_ text: String, to columns: Int) -> String {
        let shown = cut(text, to: columns)
        return shown + String(repeating: " ", count: max(0, columns - count(shown)))
    }

    private static func width(of scalar: Unicode.Scalar) -> Int {
        guard scalar.value >= 0x300 else { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
