/// A set of bytes, asked in constant time: one bit in the table of all bytes.
struct ByteSet: Sendable {
    /// Its bit in the table.
    let bit: UInt32

    /// Lends out nothing but numbers: what each byte is, made once and never changed or freed.
    ///
    /// The five lowest bits are the anchor that the byte is, the others the sets that it belongs to.
    nonisolated(unsafe) static let table: UnsafePointer<UInt32> = {
        let table = UnsafeMutablePointer<UInt32>.allocate(capacity: 256)
        table.initialize(repeating: 0, count: 256)
        for (scalar, anchor) in Anchor.bytes { table[Int(UInt8(ascii: scalar))] = anchor.rawValue }
        for digit in 0x30...0x39 { table[digit] = Anchor.digit.rawValue }
        for (set, members) in ByteSet.members {
            for byte in members { table[Int(byte)] |= set.bit }
        }
        return UnsafePointer(table)
    }()

    private init(_ number: UInt32) { bit = 1 << (number + 5) }

    static var alphanumeric: ByteSet { ByteSet(0) }
    /// Letters, digits and `_`: what a word is made of.
    static var word: ByteSet { ByteSet(1) }
    /// Base64 for addresses.
    static var base64URL: ByteSet { ByteSet(2) }
    /// Base64 with its padding.
    static var base64: ByteSet { ByteSet(3) }
    static var upperAndDigits: ByteSet { ByteSet(4) }
    static var lowerHex: ByteSet { ByteSet(5) }
    static var alphanumericDash: ByteSet { ByteSet(6) }
    /// Client secrets of Azure.
    static var azure: ByteSet { ByteSet(7) }
    /// Tokens of authorization headers.
    static var credential: ByteSet { ByteSet(8) }
    /// The part of an e-mail address before the `@`, in ASCII.
    static var mailbox: ByteSet { ByteSet(9) }
    /// Ends a value that stands without quotes.
    static var valueEnd: ByteSet { ByteSet(10) }
    /// Ends the user and password of an address.
    static var userInfoEnd: ByteSet { ByteSet(11) }
    /// The path of an address, as far as webhooks use it.
    static var path: ByteSet { ByteSet(12) }
    /// Stands in front of the last byte of some token's prefix.
    static var prefixEnd: ByteSet { ByteSet(13) }
    /// Ends a number in JSON.
    static var numberEnd: ByteSet { ByteSet(15) }
    /// White space of JSON.
    static var space: ByteSet { ByteSet(16) }
    /// Ends some name of a secret, or may stand between it and its value.
    static var nameEnd: ByteSet { ByteSet(14) }

    private static let members: [(ByteSet, [UInt8])] = {
        let digits = Array(UInt8(0x30)...0x39)
        let upper = Array(UInt8(0x41)...0x5A)
        let lower = Array(UInt8(0x61)...0x7A)
        let letters = digits + upper + lower
        let control = Array(UInt8(0x00)...0x20) + [0x7F]
        let prefixEnds = TokenPrefix.all.map { token in token.prefix.withUTF8Buffer { $0[$0.count - 2] } } + "G".utf8
        let nameEnds = SecretName.all.map { name in name.ending.withUTF8Buffer { $0[$0.count - 1] } }
        return [
            (alphanumeric, letters), (word, letters + "_".utf8), (base64URL, letters + "_-".utf8), (base64, letters + "+/=".utf8),
            (upperAndDigits, digits + upper), (lowerHex, digits + "abcdef".utf8), (alphanumericDash, letters + "-".utf8),
            (azure, letters + "_~.-".utf8), (credential, letters + "-._~+/=".utf8), (mailbox, letters + ".!#$%&*+?^_{|}~-".utf8),
            (valueEnd, control + "\"'`,;&)<>]}|\\".utf8), (userInfoEnd, control + "\"'`<>()\\".utf8), (path, letters + "_-/".utf8),
            (numberEnd, " \t\r\n,]}".utf8.map { $0 }), (space, " \t\r\n".utf8.map { $0 }), (prefixEnd, prefixEnds),
            (nameEnd, nameEnds + nameEnds.map { $0 & 0xDF } + "\"'` :".utf8),
        ]
    }()
}

/// The bytes that rules hang on.
enum Anchor: UInt32, CaseIterable {
    case hyphen = 1
    case underscore, dot, upperI, upperJ, upperB, tilde, colon, equals, at
    /// Only rules for prose hang on digits.
    case digit = 16

    /// The bits of the table that hold the anchor.
    static let mask: UInt32 = 0x1F
    /// The same without digits.
    static let maskOfNames: UInt32 = 0xF

    /// The anchors but the digits.
    static let bytes: [(Unicode.Scalar, Anchor)] = [
        ("-", .hyphen), ("_", .underscore), ("I", .upperI), ("J", .upperJ), (".", .dot), ("B", .upperB), ("~", .tilde),
        (":", .colon), ("=", .equals), ("@", .at),
    ]
}

extension UInt8 {
    var isDigit: Bool { self &- 0x30 < 10 }
    var isHexDigit: Bool { isDigit || (self | 0x20) &- 0x61 < 6 }
    var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
    var isUpper: Bool { self &- 0x41 < 26 }
    /// Capital letters as small ones.
    var lowercased: UInt8 { isUpper ? self | 0x20 : self }

    /// Whether the byte belongs to a set.
    func isIn(_ set: ByteSet) -> Bool { ByteSet.table[Int(self)] & set.bit != 0 }
}
