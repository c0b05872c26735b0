/// Comma-separated values (RFC 4180) that spreadsheets show as they are and never compute.
enum CSVText {
    /// One record, ended by CRLF.
    static func record(_ cells: [Cell]) -> String { cells.map(\.text).joined(separator: ",") + "\r\n" }

    /// One field.
    enum Cell {
        /// Words from evidence, files and people: may begin with anything.
        case text(String)
        /// A word or number of our own.
        case plain(String)

        /// As it is written.
        var text: String {
            switch self {
            case .plain(let word): word
            case .text(let words): CSVText.quoted(CSVText.harmless(PrintableText.line(words)))
            }
        }
    }

    /// With an apostrophe before what a spreadsheet would take for a formula.
    private static func harmless(_ text: String) -> String {
        guard let first = text.unicodeScalars.first(where: { $0 != " " }), "=+-@＝＋－＠".unicodeScalars.contains(first) else { return text }
        return "'" + text
    }

    private static func quoted(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") }) || text.hasPrefix(" ") else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}

extension CSVText.Cell: ExpressibleByStringLiteral {
    /// A word of our own.
    init(stringLiteral value: String) { self = .plain(value) }
}
