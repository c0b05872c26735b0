import RungCore
import RungWire

extension PriceTable.Tokens {
    /// Each token once, whatever the provider's numbers include; nil where not all was counted.
    init?(_ usage: ModelUsage, _ kind: WireKind) {
        let tokens = ModelTokens(usage, of: kind)
        guard let input = tokens.input, let output = tokens.output else { return nil }
        let (cacheRead, cacheWrite) = (ModelTokens.plausible(usage.cacheRead) ?? 0, ModelTokens.plausible(usage.cacheCreation) ?? 0)
        self.init(input: max(0, input - cacheRead - cacheWrite), cacheRead: cacheRead, cacheWrite: cacheWrite, output: output)
    }
}

extension Usage {
    /// What one answer used up, and what that costs where the model has a price.
    ///
    /// - Parameter models: names of the model, the one that prices are looked up by first.
    init(_ usage: ModelUsage?, _ kind: WireKind, models: [String], _ prices: PriceTable) {
        let tokens = ModelTokens(usage, of: kind)
        self.init(inputTokens: tokens.input, outputTokens: tokens.output)
        cost = usage.flatMap { PriceTable.Tokens($0, kind) }.flatMap { tokens in
            models.lazy.compactMap { prices.cost(of: tokens, model: $0) }.first
        }
    }
}
