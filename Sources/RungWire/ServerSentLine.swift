/// One line of a block of server-sent events, as places in the block's bytes.
struct ServerSentLine {
    /// The line with what stands before its name (a byte order mark) and with its line break.
    let whole: Range<Int>
    /// What stands before the colon; the whole text of a line without a colon; empty for comments and blank lines.
    let name: Range<Int>
    /// What stands behind the colon and one space.
    let value: Range<Int>

    /// The fields that mean something.
    enum Field {
        case data, event, id, retry
    }

    /// - Parameter text: the places of the line without byte order mark and line break.
    init(_ bytes: [UInt8], whole: Range<Int>, text: Range<Int>) {
        self.whole = whole
        let colon = bytes[text].firstIndex(of: UInt8(ascii: ":")) ?? text.upperBound
        name = text.lowerBound..<colon
        var start = min(colon + 1, text.upperBound)
        if start < text.upperBound, bytes[start] == 0x20 { start += 1 }
        value = start..<text.upperBound
    }

    /// Which field it is; nil for comments, blank lines and names that mean nothing.
    func field(in bytes: [UInt8]) -> Field? {
        let name = bytes[name]
        if name.elementsEqual("data".utf8) { return .data }
        if name.elementsEqual("event".utf8) { return .event }
        if name.elementsEqual("id".utf8) { return .id }
        return name.elementsEqual("retry".utf8) ? .retry : nil
    }

    /// The lines of a block, the blank one at its end among them; a last line without a line break is one, too.
    static func all(of bytes: [UInt8], isFirstOfStream: Bool) -> [ServerSentLine] {
        var lines: [ServerSentLine] = []
        var start = 0
        while start < bytes.count {
            let from = start == 0 && isFirstOfStream && bytes.starts(with: byteOrderMark) ? byteOrderMark.count : start
            let end = bytes[from...].firstIndex { $0 == 10 || $0 == 13 } ?? bytes.count
            let next = end + (end == bytes.count ? 0 : bytes[end] == 13 && end + 1 < bytes.count && bytes[end + 1] == 10 ? 2 : 1)
            lines.append(ServerSentLine(bytes, whole: start..<next, text: from..<end))
            start = next
        }
        return lines
    }

    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
}
