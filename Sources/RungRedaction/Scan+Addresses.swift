/// What hangs on an `@`: passwords in addresses, and e-mail addresses.
extension Scan {
    /// Bytes in front of an `@` that are looked at.
    static let reach = 320

    /// The password of `scheme://user:password@host`, or a token in place of user and password.
    func urlPassword(at index: Int) -> Finding? {
        var start = index
        var colon: Int?
        while start > 0, index - start < Self.reach {
            let byte = bytes[start - 1]
            if byte.isIn(.userInfoEnd) { return nil }
            if byte == UInt8(ascii: "/") { break }
            start -= 1
            if byte == UInt8(ascii: ":") { colon = start }
        }
        guard has("://", at: start - 3) else { return nil }
        guard let colon else {
            return index - start >= 20 && looksRandom(start..<index) ? Finding(range: start..<index, rule: .urlPassword) : nil
        }
        guard colon + 1 < index, !isPlaceholder(colon + 1..<index) else { return nil }
        return Finding(range: colon + 1..<index, rule: .urlPassword)
    }

    /// An e-mail address around the `@`.
    func email(at index: Int) -> Finding? {
        var start = index
        while start > 0, index - start < 64, isMailbox(bytes[start - 1]) { start -= 1 }
        // A character of three bytes ends with bytes that letters of two end with as well.
        while start < index, bytes[start] & 0xC0 == 0x80 || !isLetterOrDigit(bytes[start]) { start += 1 }
        guard start < index, byte(start - 1) != UInt8(ascii: "/"), bytes[index - 1] != UInt8(ascii: "."), let end = domain(from: index + 1)
        else { return nil }
        // The address of a repository, as in git@github.com:owner/name.
        if index - start == 3, has("git", at: start) { return nil }
        return Finding(range: start..<end, rule: .email)
    }

    /// The end of a domain: labels with dots between them, the last one of letters only.
    private func domain(from start: Int) -> Int? {
        var end: Int?
        var label = start
        while label < bytes.count, isLetterOrDigit(bytes[label]) {
            var next = label
            while next < bytes.count, isLetterOrDigit(bytes[next]) || bytes[next] == UInt8(ascii: "-") { next += 1 }
            guard next - label <= 63, next - start <= 253 else { break }
            if label > start, isTopLevel(label..<next) { end = next }
            guard byte(next) == UInt8(ascii: ".") else { break }
            label = next + 1
        }
        return end
    }

    private func isTopLevel(_ range: Range<Int>) -> Bool {
        if range.count >= 2, range.allSatisfy({ bytes[$0].isLetter }) { return true }
        return range.count > 4 && hasWord("xn--", at: range.lowerBound)
    }

    private func isMailbox(_ byte: UInt8) -> Bool { byte.isIn(.mailbox) || isEuropeanLetter(byte) }

    private func isLetterOrDigit(_ byte: UInt8) -> Bool { byte.isIn(.alphanumeric) || isEuropeanLetter(byte) }

    /// Bytes of accented Latin, Greek and Cyrillic letters (two bytes each).
    private func isEuropeanLetter(_ byte: UInt8) -> Bool { (0x80...0xBF).contains(byte) || (0xC3...0xD4).contains(byte) }
}
