/// A seed derived from a base seed and the names and numbers of a thing, such as a case and a trial.
///
/// The same parts in the same order give the same seed on every machine and in every version: FNV-1a 64 (Fowler, Noll,
/// Vo) over the encoded parts, finished by the mixer of SplitMix64. A number is encoded as the byte `i` and its eight
/// bytes, least first; bytes as `b`, their count in eight bytes, and themselves; so `("ab", "c")` is not `("a", "bc")`.
/// Not for secrets.
///
///     StableSeed(base: 42).mixing("refund-17").mixing(3).value
public struct StableSeed: Hashable, Sendable {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    public init(base: UInt64) { absorb(tag: UInt8(ascii: "i"), base) }

    /// The seed with one more number.
    public func mixing(_ number: Int) -> StableSeed {
        var seed = self
        seed.absorb(tag: UInt8(ascii: "i"), UInt64(bitPattern: Int64(number)))
        return seed
    }

    /// The seed with the UTF-8 bytes of one more text, which are not normalized.
    public func mixing(_ text: String) -> StableSeed { mixing(bytes: text.utf8) }

    /// The seed with more bytes.
    public func mixing(bytes: some Collection<UInt8>) -> StableSeed {
        var seed = self
        seed.absorb(tag: UInt8(ascii: "b"), UInt64(bytes.count))
        for byte in bytes { seed.absorb(byte) }
        return seed
    }

    /// The derived seed.
    public var value: UInt64 { SplitMix64.mix(state) }

    /// The upper 53 bits of the seed, 0…2⁵³ − 1: for JSON, whose readers keep no more.
    public var portableValue: Int { Int(value >> 11) }

    private mutating func absorb(tag: UInt8, _ number: UInt64) {
        absorb(tag)
        for shift in stride(from: 0, to: 64, by: 8) { absorb(UInt8(truncatingIfNeeded: number >> UInt64(shift))) }
    }

    private mutating func absorb(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
}
