/// Fair coins from a seed, sixty-four for each number drawn.
struct RandomBits {
    private var random: SplitMix64
    private var word: UInt64 = 0
    private var left = 0

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    /// How many of `count` coins show heads: a draw of the binomial distribution with p = ½, without rounding.
    mutating func heads(of count: Int) -> Int {
        var (heads, open) = (0, count)
        while open > 0 {
            if left == 0 {
                word = random.next()
                left = 64
            }
            let taken = min(open, left)
            let mask = taken == 64 ? UInt64.max : (1 << UInt64(taken)) &- 1
            heads += (word & mask).nonzeroBitCount
            word = taken == 64 ? 0 : word >> UInt64(taken)
            left -= taken
            open -= taken
        }
        return heads
    }
}
