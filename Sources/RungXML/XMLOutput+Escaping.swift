/// Which characters besides `&` and `<` cannot stand as they are.
enum XMLContext {
    /// Between tags: a carriage return would be read back as a line feed.
    case text
    /// Between double quotes: line feeds and tabs would be read back as spaces.
    case attribute

    /// One bit for each of the characters U+0000 to U+003F that `XMLOutput` must look at.
    fileprivate var mask: UInt64 {
        let markup: UInt64 = 1 << 0x26 | 1 << 0x3C | 1 << 0x3E
        switch self {
        case .text: return markup | 0xFFFF_FFFF & ~(1 << 0x09 | 1 << 0x0A)
        case .attribute: return markup | 1 << 0x22 | 0xFFFF_FFFF
        }
    }
}

extension XMLOutput {
    /// Appends character data so that every XML 1.0 reader gives it back, as far as XML can hold it.
    ///
    /// ANSI sequences (colours, cursor movement, titles, links) are left out. Other control characters become their
    /// pictures (U+0007 is written as ␇), U+0000, U+FFFE and U+FFFF become the replacement character U+FFFD.
    mutating func append(escaping text: String, in context: XMLContext) {
        var text = text
        text.withUTF8 { append(escaping: $0, mask: context.mask) }
    }

    private mutating func append(escaping bytes: UnsafeBufferPointer<UInt8>, mask: UInt64) {
        var start = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let isSpecial = byte < 0x40 ? (mask >> UInt64(byte)) & 1 != 0 : byte == 0xEF
            guard isSpecial else {
                index += 1
                continue
            }
            let length = Self.unusableLength(in: bytes, at: index)
            if length > 0 {
                append(UnsafeBufferPointer(rebasing: bytes[start..<index]))
                appendReplacement(for: byte, escapeSequence: length > 1 && byte == 0x1B)
                start = index + length
            }
            index += max(length, 1)
        }
        append(UnsafeBufferPointer(rebasing: bytes[start...]))
    }

    /// How many bytes are replaced: 1 for a single character, more for a sequence, 0 for a letter that only looked special.
    private static func unusableLength(in bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        switch bytes[index] {
        case 0x1B: return max(1, ANSISequence.length(in: bytes, at: index))
        case 0xEF:
            // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
            guard index + 2 < bytes.count, bytes[index + 1] == 0xBF, bytes[index + 2] >= 0xBE else { return 0 }
            return 3
        default: return 1
        }
    }

    private mutating func appendReplacement(for byte: UInt8, escapeSequence: Bool) {
        switch byte {
        case UInt8(ascii: "&"): append("&amp;")
        case UInt8(ascii: "<"): append("&lt;")
        case UInt8(ascii: ">"): append("&gt;")
        case UInt8(ascii: "\""): append("&quot;")
        case 0x09: append("&#9;")
        case 0x0A: append("&#10;")
        case 0x0D: append("&#13;")
        case 0x00, 0xEF: append("\u{FFFD}")
        case 0x1B where escapeSequence: break
        default:
            // The control picture U+2400 + byte is E2 90 80 + byte.
            append(0xE2)
            append(0x90)
            append(0x80 + byte)
        }
    }
}
