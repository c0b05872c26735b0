import RungStatistics

/// Numbers that look random; the same for the same seed and purpose, whatever else is drawn.
struct SeededDraws: Sendable {
    private var numbers: SplitMix64

    init(_ seed: UInt64, _ purpose: String) {
        var mixed = seed
        for byte in purpose.utf8 { mixed = (mixed ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        numbers = SplitMix64(seed: mixed)
    }

    /// At least 0 and less than `limit`; the error of the modulus is below `limit` in 2⁶⁴.
    mutating func next(below limit: Int) -> Int { Int(numbers.next() % UInt64(limit)) }

    /// 0…1, without 1.
    mutating func share() -> Double { Double(numbers.next() >> 11) / Double(1 << 53) }

    /// That many bytes.
    mutating func bytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 8)
        while bytes.count < count { withUnsafeBytes(of: numbers.next().littleEndian) { bytes.append(contentsOf: $0) } }
        return Array(bytes.prefix(count))
    }
}
