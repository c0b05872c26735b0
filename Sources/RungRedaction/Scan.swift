/// One thing to redact: where it stands in the bytes, and which rule found it.
struct Finding: Equatable {
    var range: Range<Int>
    var rule: RedactionRule
}

/// The bytes of one text, and what the rules ask of them.
///
/// The text is passed once. Only at bytes that some rule hangs on (`@`, `=`, a digit, the hyphen of `sk-`) is anything
/// looked at; everything else costs one look in a table.
struct Scan {
    let bytes: UnsafeBufferPointer<UInt8>
    let scope: Scope
    private let table = ByteSet.table

    /// Which rules apply.
    struct Scope: Sendable {
        /// Personal data, and values of telling names such as `password=…`; otherwise only what gives itself away.
        var isProse: Bool
        var phones: Bool
    }

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ scope: Scope) {
        self.bytes = bytes
        self.scope = scope
    }

    /// All findings in order; they do not overlap.
    func findings() -> [Finding] {
        var findings: [Finding] = []
        var done = 0
        var index = 0
        let count = bytes.count
        let mask = scope.isProse ? Anchor.mask : Anchor.maskOfNames
        while index < count {
            if index &+ 8 <= count, isPlain(index, mask) {
                index &+= 8
                continue
            }
            let end = min(index &+ 8, count)
            while index < end {
                let anchor = table[Int(bytes[index])] & mask
                guard anchor != 0 else {
                    index &+= 1
                    continue
                }
                var found: Finding?
                if anchor == Anchor.digit.rawValue {
                    found = number(at: index)
                    if found == nil { index = self.end(ofDigits: index) }
                } else {
                    if mayMatter(anchor, at: index) { found = look(at: index, anchor) }
                    index &+= 1
                }
                guard var found, found.range.upperBound > done else { continue }
                if found.range.lowerBound < done { found.range = done..<found.range.upperBound }
                findings.append(found)
                done = found.range.upperBound
                index = max(index, done)
            }
        }
        return findings
    }

    /// No rule hangs on any of the eight bytes from here.
    @inline(__always)
    private func isPlain(_ index: Int, _ mask: UInt32) -> Bool {
        func class4(_ index: Int) -> UInt32 {
            table[Int(bytes[index])] | table[Int(bytes[index &+ 1])] | table[Int(bytes[index &+ 2])] | table[Int(bytes[index &+ 3])]
        }
        return (class4(index) | class4(index &+ 4)) & mask == 0
    }

    /// Dismisses most anchors by the byte in front of them.
    @inline(__always)
    private func mayMatter(_ anchor: UInt32, at index: Int) -> Bool {
        guard index > 0 else { return anchor == Anchor.hyphen.rawValue || anchor == Anchor.upperB.rawValue }
        let before = table[Int(bytes[index &- 1])]
        switch anchor {
        case Anchor.hyphen.rawValue:
            return byte(index &+ 1) == UInt8(ascii: "-") || before & ByteSet.prefixEnd.bit != 0 && byte(index &+ 1).isIn(.base64)
        case Anchor.underscore.rawValue, Anchor.dot.rawValue:
            return before & ByteSet.prefixEnd.bit != 0 && byte(index &+ 1).isIn(.base64)
        case Anchor.colon.rawValue, Anchor.equals.rawValue: return before & ByteSet.nameEnd.bit != 0
        case Anchor.upperB.rawValue: return scope.isProse
        default: return true
        }
    }

    /// What stands around an anchor that is no digit.
    private func look(at index: Int, _ anchor: UInt32) -> Finding? {
        switch Anchor(rawValue: anchor) {
        case .hyphen: privateKey(at: index) ?? token(at: index)
        case .underscore: token(at: index)
        case .dot: sendGridKey(at: index) ?? token(at: index)
        case .upperI: googleKey(at: index) ?? awsKey(at: index)
        case .upperJ: webToken(at: index)
        case .tilde: azureSecret(at: index)
        case .upperB: scheme(at: index)
        case .colon: webhook(at: index) ?? (scope.isProse ? namedValue(at: index) : nil)
        case .equals: scope.isProse ? namedValue(at: index) : nil
        case .at: urlPassword(at: index) ?? (scope.isProse ? email(at: index) : nil)
        case .digit, nil: nil
        }
    }

    // MARK: - Looking around

    /// The byte at an index, or 0 outside of the text.
    func byte(_ index: Int) -> UInt8 { index >= 0 && index < bytes.count ? bytes[index] : 0 }

    /// Whether these bytes stand at an index.
    func has(_ text: StaticString, at index: Int) -> Bool {
        guard index >= 0, index + text.utf8CodeUnitCount <= bytes.count else { return false }
        return text.withUTF8Buffer { text in
            for offset in 0..<text.count where bytes[index + offset] != text[offset] { return false }
            return true
        }
    }

    /// The same without regard to case; `text` in lower case.
    func hasWord(_ text: StaticString, at index: Int) -> Bool {
        guard index >= 0, index + text.utf8CodeUnitCount <= bytes.count else { return false }
        return text.withUTF8Buffer { text in
            for offset in 0..<text.count where bytes[index + offset].lowercased != text[offset] { return false }
            return true
        }
    }

    /// The end of the run of bytes in `set` from an index on.
    func end(of set: ByteSet, from index: Int) -> Int {
        var index = index
        while index < bytes.count, table[Int(bytes[index])] & set.bit != 0 { index += 1 }
        return index
    }

    /// Nothing in front of this place could belong to the same word. Escapes such as `\n` and `%20` are no letters.
    func isStart(_ index: Int) -> Bool {
        let before = byte(index - 1)
        guard before.isIn(.word) else { return true }
        if byte(index - 2) == UInt8(ascii: "\\") { return true }
        return byte(index - 3) == UInt8(ascii: "%") && before.isHexDigit && byte(index - 2).isHexDigit
    }

    /// A digit, or capitals and small letters: unlike words of a language or a program.
    func looksRandom(_ range: Range<Int>) -> Bool {
        var hasUpper = false
        var hasLower = false
        for index in range {
            let byte = bytes[index]
            if byte.isDigit { return true }
            hasUpper = hasUpper || (0x41...0x5A).contains(byte)
            hasLower = hasLower || (0x61...0x7A).contains(byte)
        }
        return hasUpper && hasLower
    }
}
