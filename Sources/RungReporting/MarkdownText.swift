/// Puts values into GitHub-flavoured Markdown so that they are shown as they are and never interpreted.
enum MarkdownText {
    /// Prose on one line: every character that means something in Markdown or HTML where it stands is escaped.
    static func prose(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        let scalars = Array(PrintableText.line(text).unicodeScalars.drop { $0 == " " })
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case "&": out.append(contentsOf: "&amp;".unicodeScalars)
            case "<": out.append(contentsOf: "&lt;".unicodeScalars)
            case ">": out.append(contentsOf: "&gt;".unicodeScalars)
            case "\\", "`", "*", "_", "[", "]", "|", "~", "$", "@": out.append(contentsOf: ["\\", scalar])
            case ":":
                // Pictures such as `:tada:` and bare links; a colon before a space is only a colon.
                let isPlain = index + 1 == scalars.count || scalars[index + 1] == " "
                out.append(contentsOf: isPlain ? [scalar] : ["\\", scalar])
            case "#", "+", "-":
                // Headings and lists, at the beginning only.
                out.append(contentsOf: index == 0 ? ["\\", scalar] : [scalar])
            case ".", ")":
                let isNumbering = index > 0 && scalars[..<index].allSatisfy { ("0"..."9").contains($0) }
                let isEnd = index + 1 == scalars.count || scalars[index + 1] == " "
                out.append(contentsOf: isNumbering && isEnd ? ["\\", scalar] : [scalar])
            default: out.append(scalar)
            }
        }
        return String(out)
    }

    /// A name in a code span; a bar is escaped because tables split at it even there.
    static func code(_ text: String) -> String {
        let shown = PrintableText.bounded(PrintableText.name(text), bytes: 200)
        let fence = String(repeating: "`", count: longestRun(in: shown) + 1)
        let isEdged = shown.isEmpty || shown.hasPrefix("`") || shown.hasSuffix("`") || shown.hasPrefix(" ")
        let space = isEdged ? " " : ""
        return fence + space + shown.replacing("|", with: "\\|") + space + fence
    }

    /// Text inside HTML elements, where Markdown is not read; one line.
    static func html(_ text: String) -> String {
        PrintableText.line(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    /// Lines in a fenced block whose fence is longer than any in the text.
    static func block(_ lines: [String]) -> String {
        let text = lines.joined(separator: "\n")
        let fence = String(repeating: "`", count: max(3, longestRun(in: text) + 1))
        return "\(fence)text\n\(text)\n\(fence)"
    }

    /// A table with a header; cells are taken as they are.
    static func table(_ header: [String], _ rows: [[String]], numbersFrom column: Int) -> String {
        let rule = header.indices.map { $0 >= column ? "---:" : "---" }
        return ([header, rule] + rows).map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
    }

    private static func longestRun(in text: String) -> Int {
        var longest = 0
        var current = 0
        for byte in text.utf8 {
            current = byte == UInt8(ascii: "`") ? current + 1 : 0
            longest = max(longest, current)
        }
        return longest
    }
}
