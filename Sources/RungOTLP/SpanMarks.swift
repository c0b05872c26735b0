/// The bits of a span's `flags`.
enum SpanFlags {
    /// Bit 8 says that bit 9 is meant; bit 9 says that the parent ran in another process.
    static func isParentRemote(_ flags: UInt32) -> Bool { flags & 0x300 == 0x300 }
}

/// The codes of a span's status.
enum SpanStatus {
    /// 1 is ok, 2 an error; nil for unset and for codes of the future.
    static func isError(_ code: Int) -> Bool? {
        switch code {
        case 1: false
        case 2: true
        default: nil
        }
    }
}

/// Identifiers of traces and spans as text.
enum HexText {
    /// What a refusal says.
    static let rule = "a trace id is 16 bytes and a span id 8 bytes, not all zero"

    /// The digits of `bytes` in lower case; nil when there are more or fewer, or all are zero.
    static func identifier(_ bytes: some Collection<UInt8>, bytes count: Int) -> String? {
        guard bytes.count == count else { return nil }
        var isZero = true
        let text = String(unsafeUninitializedCapacity: 2 * count) { buffer in
            var index = 0
            for byte in bytes {
                if byte != 0 { isZero = false }
                buffer[index] = digit(byte >> 4)
                buffer[index + 1] = digit(byte & 15)
                index += 2
            }
            return index
        }
        return isZero ? nil : text
    }

    /// The same digits in lower case; nil when they are not `2 × count` hexadecimal digits, or all are zero.
    static func identifier(_ text: String, bytes count: Int) -> String? {
        guard text.utf8.count == 2 * count, text.utf8.allSatisfy(isDigit), text.utf8.contains(where: { $0 != 48 }) else { return nil }
        return text.lowercased()
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte)
    }
}
