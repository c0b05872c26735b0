/// Digests as the store computes them, so that calls name versions that exist.
enum PromptDigest {
    /// The version of a prompt without variables: SHA-256 of its canonical JSON. The text must need no escapes.
    static func version(of text: String) -> String { "sha256:" + SHA256.hex(of: Array(#"{"template":"\#(text)","variables":[]}"#.utf8)) }

    /// A configuration of an agent; any digest will do.
    static func configuration(_ agent: String, _ version: Int) -> String {
        "sha256:" + SHA256.hex(of: Array("\(agent) \(version)".utf8))
    }
}

/// SHA-256 (FIPS 180-4), for the few digests of this program.
private enum SHA256 {
    static func hex(of message: [UInt8]) -> String {
        var state: [UInt32] = [
            0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
        ]
        var padded = message + [0x80]
        while padded.count % 64 != 56 { padded.append(0) }
        let bits = UInt64(message.count) * 8
        for shift in stride(from: 56, through: 0, by: -8) { padded.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift))) }
        for start in stride(from: 0, to: padded.count, by: 64) { compress(padded[start..<start + 64], &state) }
        return state.map { word in
            let text = String(word, radix: 16)
            return String(repeating: "0", count: 8 - text.utf8.count) + text
        }.joined()
    }

    private static func compress(_ block: ArraySlice<UInt8>, _ state: inout [UInt32]) {
        func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }
        var words = stride(from: block.startIndex, to: block.endIndex, by: 4).map { index in
            block[index..<index + 4].reduce(0) { $0 << 8 | UInt32($1) }
        }
        for index in 16..<64 {
            let a = words[index - 15]
            let b = words[index - 2]
            let low = rotated(a, 7) ^ rotated(a, 18) ^ a >> 3
            let high = rotated(b, 17) ^ rotated(b, 19) ^ b >> 10
            words.append(words[index - 16] &+ low &+ words[index - 7] &+ high)
        }
        var v = state
        for index in 0..<64 {
            let high = rotated(v[4], 6) ^ rotated(v[4], 11) ^ rotated(v[4], 25)
            let choice = v[4] & v[5] ^ ~v[4] & v[6]
            let first = v[7] &+ high &+ choice &+ constants[index] &+ words[index]
            let low = rotated(v[0], 2) ^ rotated(v[0], 13) ^ rotated(v[0], 22)
            let majority = v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2]
            v = [first &+ low &+ majority, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6]]
        }
        for index in 0..<8 { state[index] = state[index] &+ v[index] }
    }

    /// The first 32 bits of the fractions of the cube roots of the first 64 primes.
    private static let constants: [UInt32] = primes.map { prime in
        // Newton's method on whole numbers: the cube root of prime · 2^96 has 32 bits after the point.
        let root = cubeRoot(of: UInt64(prime))
        return UInt32(truncatingIfNeeded: root)
    }

    private static let primes: [Int] = (2...311).filter { number in
        !(2..<number).contains { $0 * $0 <= number && number % $0 == 0 }
    }

    /// The greatest r with r³ ≤ value · 2^96.
    private static func cubeRoot(of value: UInt64) -> UInt64 {
        var root: UInt64 = 0
        for bit in stride(from: 34, through: 0, by: -1) {
            let candidate = root | 1 << UInt64(bit)
            if cube(candidate, isAtMost: value) { root = candidate }
        }
        return root
    }

    /// Whether candidate³ ≤ value · 2^96; candidate has at most 35 bits, so its cube has at most 105.
    private static func cube(_ candidate: UInt64, isAtMost value: UInt64) -> Bool {
        let (high, low) = candidate.multipliedFullWidth(by: candidate)
        let lower = low.multipliedFullWidth(by: candidate)
        let upper = UInt64(high) * candidate + lower.high
        let limit = value << 32
        return upper < limit || upper == limit && lower.low == 0
    }
}
