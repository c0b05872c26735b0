/// Makes text from agents, graders and files safe to show: no terminal codes, nothing invisible, bounded.
enum PrintableText {
    /// For blocks: keeps line breaks and tabs.
    static func block(_ text: String) -> String { cleaned(text, breaks: .kept) }

    /// For messages: one line, with a space for each line break and tab.
    static func line(_ text: String) -> String { cleaned(text, breaks: .spaces) }

    /// For names: one line, with line breaks and tabs shown, so that different names stay different.
    static func name(_ text: String) -> String { cleaned(text, breaks: .shown) }

    /// At most `limit` bytes and a note of how many were left out; cut between scalars.
    static func bounded(_ text: String, bytes limit: Int) -> String {
        let count = text.utf8.count
        guard count > limit else { return text }
        var end = text.utf8.index(text.utf8.startIndex, offsetBy: limit)
        while end > text.utf8.startIndex, text.utf8[end] & 0xC0 == 0x80 { end = text.utf8.index(before: end) }
        let left = text.utf8.distance(from: end, to: text.utf8.endIndex)
        return text[..<end] + "… (\(NumberText.grouped(left)) bytes more)"
    }

    private enum Breaks { case kept, spaces, shown }

    private static func cleaned(_ text: String, breaks: Breaks) -> String {
        var text = text
        let isClean = text.withUTF8 { bytes in Self.isClean(bytes, breaks: breaks) }
        return isClean ? text : rewritten(text, breaks: breaks)
    }

    /// Almost every text is clean; this pass only looks at bytes.
    private static func isClean(_ bytes: UnsafeBufferPointer<UInt8>, breaks: Breaks) -> Bool {
        for byte in bytes {
            if byte < 0x20 {
                guard breaks == .kept, byte == 0x0A || byte == 0x09 else { return false }
            } else if byte == 0x7F || byte == 0xC2 || byte == 0xE2 || byte == 0xEF {
                return false
            }
        }
        return true
    }

    private static func rewritten(_ text: String, breaks: Breaks) -> String {
        var out = String.UnicodeScalarView()
        var codes = TerminalCodes()
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            defer { previous = scalar }
            if codes.consumes(scalar) { continue }
            switch scalar {
            case "\n", "\t":
                switch breaks {
                case .kept:
                    if scalar == "\n", previous == "\r" { out.removeLast() }
                    out.append(scalar)
                case .spaces: out.append(" ")
                case .shown: out.append(picture(of: scalar))
                }
            case "\u{00}"..."\u{1F}", "\u{7F}": out.append(picture(of: scalar))
            case "\u{80}"..."\u{9F}", "\u{200E}", "\u{200F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}",
                "\u{FFFE}", "\u{FFFF}", "\u{FEFF}":
                out.append("\u{FFFD}")
            default: out.append(scalar)
            }
        }
        return String(out)
    }

    /// The Unicode picture of an ASCII control character.
    private static func picture(of scalar: Unicode.Scalar) -> Unicode.Scalar {
        scalar == "\u{7F}" ? "\u{2421}" : Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
    }
}

/// Recognizes ANSI escape sequences (ECMA-48): CSI `ESC [ … final`, OSC `ESC ] … BEL`, and two-character ones.
private struct TerminalCodes {
    private var state = State.text

    private enum State { case text, escape, control, command, commandEscape }

    /// Whether the scalar is part of a sequence and disappears. An unfinished sequence ends at a line break.
    mutating func consumes(_ scalar: Unicode.Scalar) -> Bool {
        switch state {
        case .text:
            guard scalar == "\u{1B}" || scalar == "\u{9B}" else { return false }
            state = scalar == "\u{1B}" ? .escape : .control
        case .escape:
            switch scalar {
            case "[": state = .control
            case "]", "P", "X", "^", "_": state = .command
            case " "..."/": break
            case "0"..."~": state = .text
            default:
                state = .text
                return false
            }
        case .control:
            if ("@"..."~").contains(scalar) { state = .text }
            if scalar.value < 0x20 || scalar.value > 0x7E {
                state = .text
                return false
            }
        case .command:
            if scalar == "\u{07}" { state = .text }
            if scalar == "\u{1B}" { state = .commandEscape }
            if scalar == "\n" {
                state = .text
                return false
            }
        case .commandEscape:
            state = .text
        }
        return true
    }
}
