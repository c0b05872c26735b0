/// Goes through a JSON text string by string, so that what is replaced never breaks the JSON.
///
/// Every string is looked at as the text that it stands for: a token behind a line break is found behind `\n` too. The text
/// is not checked; one that is no JSON gets its strings redacted all the same, and the rest is left alone.
struct JSONWalk {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let redactor: Redactor
    private let depth: Redactor.Depth
    private var index = 0
    /// The name of the member whose value comes next, when its values are secret.
    private var secret: SecretName?

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ redactor: Redactor, _ depth: Redactor.Depth) {
        self.bytes = bytes
        self.depth = depth
        self.redactor = redactor
    }

    /// What is to be replaced, as ranges of the JSON text.
    mutating func replacements() -> [Redactor.Replacement] {
        var all: [Redactor.Replacement] = []
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""): string(&all)
            case 0x30...0x39: number(&all)
            case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ","):
                secret = byte == UInt8(ascii: "[") ? secret : nil
                index += 1
            default: index += 1
            }
        }
        return all
    }

    /// A number that is a card's is replaced by a string.
    private mutating func number(_ all: inout [Redactor.Replacement]) {
        let start = index
        while index < bytes.count, !bytes[index].isIn(.numberEnd) { index += 1 }
        guard depth == .prose, (14...16).contains(index - start), bytes[start..<index].allSatisfy(\.isDigit),
            bytes[max(0, start - 1)] != UInt8(ascii: "-"), Scan.isCard(bytes[start..<index].map { $0 - 0x30 })
        else { return }
        all.append(Redactor.Replacement(range: start..<index, name: RedactionRule.card.rawValue, isQuoted: true))
    }

    private mutating func string(_ all: inout [Redactor.Replacement]) {
        let start = index + 1
        var end = start
        var hasEscapes = false
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
            hasEscapes = hasEscapes || bytes[end] == UInt8(ascii: "\\")
            end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        end = min(end, bytes.count)
        index = min(end + 1, bytes.count)
        let isKey = isFollowedByColon
        let content = UnsafeBufferPointer(rebasing: bytes[start..<end])
        if hasEscapes {
            let decoded = DecodedString(content)
            decoded.bytes.withUnsafeBufferPointer { text in
                for found in replacements(in: text, isKey: isKey) {
                    let range = decoded.offsets[found.range.lowerBound]..<decoded.offsets[found.range.upperBound]
                    all.append(Redactor.Replacement(range: start + range.lowerBound..<start + range.upperBound, name: found.name))
                }
            }
        } else {
            for found in replacements(in: content, isKey: isKey) {
                let range = start + found.range.lowerBound..<start + found.range.upperBound
                all.append(Redactor.Replacement(range: range, name: found.name))
            }
        }
        guard isKey, depth == .prose else { return }
        secret = Scan(content, redactor.scope(.prose)).secretName(endingAt: content.count)
    }

    private func replacements(in text: UnsafeBufferPointer<UInt8>, isKey: Bool) -> [Redactor.Replacement] {
        if isKey { return redactor.replacements(in: text, .names) }
        if let secret, !text.isEmpty {
            let scan = Scan(text, redactor.scope(.prose))
            if let found = scan.value(in: 0..<text.count, of: secret, isQuoted: true, isMarked: true) {
                return redactor.keepingAllowed([Redactor.Replacement(range: found.range, name: found.rule.rawValue)], in: text)
            }
        }
        return redactor.replacements(in: text, depth)
    }

    private var isFollowedByColon: Bool {
        var next = index
        while next < bytes.count, bytes[next].isIn(.space) { next += 1 }
        return next < bytes.count && bytes[next] == UInt8(ascii: ":")
    }
}

/// What a JSON string with escapes stands for, and where each of its bytes is written.
private struct DecodedString {
    var bytes: [UInt8] = []
    /// One more than there are bytes: the last one is the end.
    var offsets: [Int] = []

    init(_ text: UnsafeBufferPointer<UInt8>) {
        var index = 0
        while index < text.count {
            guard text[index] == UInt8(ascii: "\\"), index + 1 < text.count else {
                append(text[index], at: index)
                index += 1
                continue
            }
            switch text[index + 1] {
            case UInt8(ascii: "n"): append(0x0A, at: index)
            case UInt8(ascii: "t"): append(0x09, at: index)
            case UInt8(ascii: "r"): append(0x0D, at: index)
            case UInt8(ascii: "b"): append(0x08, at: index)
            case UInt8(ascii: "f"): append(0x0C, at: index)
            case UInt8(ascii: "u"):
                appendScalar(text, at: index)
                index += 4
            default: append(text[index + 1], at: index)
            }
            index = min(index + 2, text.count)
        }
        offsets.append(text.count)
    }

    private mutating func append(_ byte: UInt8, at offset: Int) {
        bytes.append(byte)
        offsets.append(offset)
    }

    /// `\u0041`; halves of surrogate pairs become a mark that no rule takes for a part of a secret.
    private mutating func appendScalar(_ text: UnsafeBufferPointer<UInt8>, at index: Int) {
        var value: UInt32 = 0
        for digit in text[min(index + 2, text.count)..<min(index + 6, text.count)] {
            value = value << 4 | (digit.isDigit ? UInt32(digit - 0x30) : UInt32(digit & 0x0F) + 9)
        }
        for byte in String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8 { append(byte, at: index) }
    }
}
