import RungCrypto
import RungText

/// Bytes of canonical JSON in the making: text is copied in whole words, digests are written straight into memory.
///
/// It follows RFC 8785 as `CanonicalJSON` does (a test holds the two together) and is several times as fast. Not copyable,
/// because it owns its memory.
struct PayloadBuffer: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0
    /// The day that was written last, in days since 1970, and its ten characters.
    private var day: Int64 = .min
    private let dayText: UnsafeMutablePointer<UInt8>

    init(capacity: Int = 4_096) {
        start = .allocate(capacity: capacity)
        self.capacity = capacity
        dayText = .allocate(capacity: 10)
        dayText.initialize(repeating: 0, count: 10)
    }

    deinit {
        start.deallocate()
        dayText.deallocate()
    }

    /// The bytes, valid until the next change.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

    mutating func removeAll() { count = 0 }

    private mutating func reserve(_ more: Int) {
        guard count + more > capacity else { return }
        let size = max(capacity * 2, count + more)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
        larger.update(from: start, count: count)
        start.deallocate()
        start = larger
        capacity = size
    }

    /// Bytes as they are.
    mutating func raw(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        reserve(bytes.count)
        (start + count).update(from: source, count: bytes.count)
        count += bytes.count
    }

    mutating func raw(_ text: StaticString) {
        raw(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func raw(_ text: String) {
        var text = text
        text.withUTF8 { raw($0) }
    }

    mutating func byte(_ byte: UInt8) {
        reserve(1)
        start[count] = byte
        count += 1
    }

    /// A string in quotes, escaped.
    mutating func quoted(_ text: String) {
        var text = text
        text.withUTF8 { quoted($0) }
    }

    mutating func quoted(_ text: UnsafeBufferPointer<UInt8>) {
        reserve(text.count + 2)
        byte(UInt8(ascii: "\""))
        if Self.needsEscape(text) { escaped(text) } else { raw(text) }
        byte(UInt8(ascii: "\""))
    }

    mutating func int(_ value: Int64) {
        reserve(20)
        if value < 0 { byte(UInt8(ascii: "-")) }
        var rest = value.magnitude
        var digits = 1
        var bound: UInt64 = 10
        while digits < 20, rest >= bound {
            digits += 1
            if digits == 20 { break }
            bound &*= 10
        }
        for offset in stride(from: digits - 1, through: 0, by: -1) {
            start[count + offset] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
        count += digits
    }

    /// `true` for 1, `false` for 0; any other number as it is.
    mutating func flag(_ value: Int64) {
        switch value {
        case 0: raw("false")
        case 1: raw("true")
        default: int(value)
        }
    }

    mutating func real(_ value: Double) { raw(value.isFinite ? CanonicalJSON.text(of: value) : "null") }

    /// A moment in seconds since 1970, in quotes.
    mutating func time(_ seconds: Int64) {
        guard seconds >= 0, seconds <= 253_402_300_799 else { return quoted(Timestamp(seconds: seconds).description) }
        let (days, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
        if days != day {
            for (index, byte) in Timestamp(seconds: days * 86_400).date.utf8.enumerated() { dayText[index] = byte }
            day = days
        }
        byte(UInt8(ascii: "\""))
        raw(UnsafeBufferPointer(start: dayText, count: 10))
        byte(UInt8(ascii: "T"))
        twoDigits(rest / 3_600, UInt8(ascii: ":"))
        twoDigits(rest / 60 % 60, UInt8(ascii: ":"))
        twoDigits(rest % 60, UInt8(ascii: "Z"))
        byte(UInt8(ascii: "\""))
    }

    private mutating func twoDigits(_ value: Int64, _ after: UInt8) {
        byte(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / 10))
        byte(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10))
        byte(after)
    }

    /// `"sha256:…"`.
    mutating func digest(_ digest: Digest) {
        raw("\"sha256:")
        reserve(65)
        let target = start + count
        digest.withBytes { bytes in
            for index in 0..<32 {
                target[2 * index] = Self.hex(bytes[index] >> 4)
                target[2 * index + 1] = Self.hex(bytes[index] & 15)
            }
        }
        count += 64
        byte(UInt8(ascii: "\""))
    }

    private static func hex(_ digit: UInt8) -> UInt8 { digit < 10 ? 48 + digit : 87 + digit }

    // MARK: - Escapes

    /// Looks at eight bytes at a time: for a quote, a backslash or a control character.
    private static func needsEscape(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let raw = UnsafeRawBufferPointer(text)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        var index = 0
        while index + 8 <= raw.count {
            let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            let found = (quote &- ones) & ~quote | (backslash &- ones) & ~backslash | (word &- (ones &* 0x20)) & ~word
            if found & highs != 0 { return true }
            index += 8
        }
        while index < raw.count {
            let byte = raw[index]
            if byte < 0x20 || byte == 0x22 || byte == 0x5C { return true }
            index += 1
        }
        return false
    }

    private mutating func escaped(_ text: UnsafeBufferPointer<UInt8>) {
        for byte in text {
            switch byte {
            case 0x22, 0x5C:
                self.byte(0x5C)
                self.byte(byte)
            case 0x08: raw("\\b")
            case 0x09: raw("\\t")
            case 0x0A: raw("\\n")
            case 0x0C: raw("\\f")
            case 0x0D: raw("\\r")
            case 0..<0x20:
                raw("\\u00")
                self.byte(Self.hex(byte >> 4))
                self.byte(Self.hex(byte & 15))
            default: self.byte(byte)
            }
        }
    }
}
