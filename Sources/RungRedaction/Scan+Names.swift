/// Values that are secret because of the name in front of them.
extension Scan {
    /// The value behind `name:` or `name=`, at the colon or the equals sign.
    func namedValue(at index: Int) -> Finding? {
        var start = index + 1
        let isEquals = bytes[index] == UInt8(ascii: "=")
        switch byte(start) {
        case UInt8(ascii: "="), UInt8(ascii: "~"): return nil
        case UInt8(ascii: ">") where isEquals: start += 1
        default: break
        }
        var end = index
        if isEquals, byte(end - 1) == UInt8(ascii: ":") { end -= 1 }
        while end > 0, index - end < 3, byte(end - 1) == 0x20 { end -= 1 }
        let quoted = skipQuote(before: end)
        guard let name = secretName(endingAt: quoted) else { return nil }
        while byte(start) == 0x20 || byte(start) == 0x09 { start += 1 }
        guard start < bytes.count else { return nil }
        return value(at: start, of: name, isMarked: isEquals || quoted < end)
    }

    /// In front of a closing quote and the backslashes that escape it.
    private func skipQuote(before end: Int) -> Int {
        guard [0x22, 0x27, 0x60].contains(byte(end - 1)) else { return end }
        var end = end - 1
        while byte(end - 1) == 0x5C { end -= 1 }
        return end
    }

    /// - Parameter isMarked: quotes or an equals sign say that this is a value and no sentence.
    private func value(at start: Int, of name: SecretName, isMarked: Bool) -> Finding? {
        var start = start
        var escapes = 0
        while byte(start + escapes) == 0x5C { escapes += 1 }
        let quote = byte(start + escapes)
        let isQuoted = [0x22, 0x27, 0x60].contains(quote)
        if isQuoted { start += escapes + 1 }
        let limit = isQuoted ? end(ofQuote: quote, escapes, from: start) : end(ofLineFrom: start)
        return value(in: start..<limit, of: name, isQuoted: isQuoted, isMarked: isMarked)
    }

    /// The finding for a value that is known to be one; the range of a quoted text is all of it.
    func value(in range: Range<Int>, of name: SecretName, isQuoted: Bool, isMarked: Bool) -> Finding? {
        let word = isQuoted ? range : range.lowerBound..<min(range.upperBound, end(ofWordFrom: range.lowerBound))
        guard !word.isEmpty else { return nil }
        switch name.value {
        case .anything:
            guard !isPlaceholder(word), isQuoted || isMarked || isTelling(word) else { return nil }
            if word.count < 8, name.isWholeWord, word.allSatisfy({ bytes[$0].isDigit }) { return nil }
            return Finding(range: word, rule: name.rule)
        case .random:
            guard word.count >= 8, looksRandom(word), !isPlaceholder(word), !isDigest(word), !hasSpace(word) else { return nil }
            return Finding(range: word, rule: name.rule)
        case .long:
            guard word.count >= 16, word.contains(where: { bytes[$0].isDigit }), !isPlaceholder(word), !isDigest(word), !hasSpace(word)
            else { return nil }
            return Finding(range: word, rule: name.rule)
        case .credentials: return credentials(in: range)
        case .pairs:
            guard range.count >= 8, range.contains(where: { bytes[$0] == UInt8(ascii: "=") }), !isPlaceholder(range) else { return nil }
            return Finding(range: range, rule: name.rule)
        }
    }

    // MARK: - Authorization

    private static let schemes: [StaticString] = ["bearer", "basic", "token", "digest", "apikey", "api-key", "negotiate", "hmac"]

    /// What stands behind a scheme, or alone and looks random.
    private func credentials(in range: Range<Int>) -> Finding? {
        var start = range.lowerBound
        for scheme in Self.schemes where hasWord(scheme, at: start) && byte(start + scheme.utf8CodeUnitCount) == 0x20 {
            start += scheme.utf8CodeUnitCount + 1
            let end = min(range.upperBound, end(of: .credential, from: start))
            return end - start >= 6 && !isPlaceholder(start..<end) ? Finding(range: start..<end, rule: .authorization) : nil
        }
        let end = min(range.upperBound, end(of: .credential, from: start))
        guard end - start >= 16, looksRandom(start..<end), !isPlaceholder(start..<end) else { return nil }
        return Finding(range: start..<end, rule: .authorization)
    }

    /// `Bearer` or `Basic` and what follows, without a header's name, at the `B`.
    func scheme(at index: Int) -> Finding? {
        guard isStart(index) else { return nil }
        if hasWord("bearer ", at: index) {
            let end = end(of: .credential, from: index + 7)
            guard end - index - 7 >= 16, (index + 7..<end).contains(where: { bytes[$0].isDigit }) else { return nil }
            return Finding(range: index + 7..<end, rule: .authorization)
        }
        guard hasWord("basic ", at: index) else { return nil }
        let end = end(of: .base64, from: index + 6)
        return isUserAndPassword(index + 6..<end) ? Finding(range: index + 6..<end, rule: .authorization) : nil
    }

    /// Base64 of printable ASCII with a colon in it.
    private func isUserAndPassword(_ range: Range<Int>) -> Bool {
        guard range.count >= 8, range.count.isMultiple(of: 4) else { return false }
        var value: UInt32 = 0
        var bits: UInt32 = 0
        var hasColon = false
        for index in range {
            let byte = bytes[index]
            let sextet: UInt32
            switch byte {
            case 0x41...0x5A: sextet = UInt32(byte) - 0x41
            case 0x61...0x7A: sextet = UInt32(byte) - 0x61 + 26
            case 0x30...0x39: sextet = UInt32(byte) - 0x30 + 52
            case 0x2B: sextet = 62
            case 0x2F: sextet = 63
            default: return hasColon && index >= range.upperBound - 2
            }
            value = value << 6 | sextet
            bits += 6
            guard bits >= 8 else { continue }
            bits -= 8
            let decoded = UInt8(truncatingIfNeeded: value >> bits)
            guard (0x20...0x7E).contains(decoded) else { return false }
            hasColon = hasColon || decoded == UInt8(ascii: ":")
        }
        return hasColon
    }

    // MARK: - Forms of values

    /// Something that stands for a value: a variable, a call, a blank, a word of a schema, or what was redacted before.
    func isPlaceholder(_ range: Range<Int>) -> Bool {
        let start = range.lowerBound
        let first = bytes[start]
        if [0x24, 0x3C, 0x7B, 0x28].contains(first) || first == 0x25 && byte(start + 1) == 0x28 { return true }
        if has("[redacted", at: start) || has("http://", at: start) || has("https://", at: start) { return true }
        if range.allSatisfy({ bytes[$0] == first }) && !first.isDigit && !first.isLetter
            || range.allSatisfy({ bytes[$0].lowercased == 0x78 })
        {
            return true
        }
        if range.contains(where: { bytes[$0] == 0x28 || bytes[$0] == 0x5B && bytes[start].isLetter }) { return true }
        let words: [StaticString] = [
            "null", "nil", "none", "true", "false", "undefined", "required", "optional", "string", "redacted", "hidden", "masked",
            "process.env", "os.environ", "env.", "missing", "invalid", "expired", "empty", "wrong", "incorrect", "unset", "set", "not",
        ]
        return words.contains { word in
            hasWord(word, at: start)
                && (word.utf8CodeUnitCount == range.count || has(".", at: start + word.utf8CodeUnitCount) || word.isPrefixOfCode)
        }
    }

    private func isDigest(_ range: Range<Int>) -> Bool {
        ["sha256:", "sha512:", "sha1:", "md5:"].contains { (prefix: StaticString) in has(prefix, at: range.lowerBound) }
    }

    private func hasSpace(_ range: Range<Int>) -> Bool { range.contains { bytes[$0] <= 0x20 } }

    /// Not a plain word in the middle of a sentence.
    private func isTelling(_ word: Range<Int>) -> Bool {
        if word.contains(where: { !bytes[$0].isLetter && ![0x2E, 0x2C, 0x3A, 0x3F, 0x21].contains(bytes[$0]) }) { return true }
        return word.count >= 4 && (word.upperBound == bytes.count || [0x0A, 0x0D].contains(byte(word.upperBound)))
    }

    private func end(ofWordFrom start: Int) -> Int {
        var index = start
        while index < bytes.count, !bytes[index].isIn(.valueEnd) { index += 1 }
        return index
    }

    private func end(ofLineFrom start: Int) -> Int {
        var index = start
        while index < bytes.count, ![0x0A, 0x0D, 0x22, 0x27].contains(bytes[index]), index - start < 8_192 { index += 1 }
        return index
    }

    /// The closing quote with as many backslashes in front of it as the opening one has.
    private func end(ofQuote quote: UInt8, _ escapes: Int, from start: Int) -> Int {
        var index = start
        var backslashes = 0
        while index < bytes.count, bytes[index] != 0x0A, index - start < 8_192 {
            if bytes[index] == quote, backslashes <= escapes { return index - backslashes }
            backslashes = bytes[index] == 0x5C ? backslashes + 1 : 0
            index += 1
        }
        return index
    }
}

extension StaticString {
    /// Ends with a dot or begins an expression of a programming language.
    fileprivate var isPrefixOfCode: Bool { withUTF8Buffer { $0.last == 0x2E || $0.contains(0x2E) } }
}
