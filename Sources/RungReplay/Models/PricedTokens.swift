import RungCore
import RungWire

extension PriceTable.Tokens {
    /// Each token once, whatever the provider's numbers include; nil where nobody counted.
    init?(_ usage: ModelUsage, _ kind: WireKind) {
        let tokens = ModelTokens(usage, of: kind)
        guard tokens.input != nil || tokens.output != nil else { return nil }
        let (cacheRead, cacheWrite) = (usage.cacheRead ?? 0, usage.cacheCreation ?? 0)
        self.init(
            input: max(0, (tokens.input ?? 0) - cacheRead - cacheWrite), cacheRead: cacheRead, cacheWrite: cacheWrite,
            output: tokens.output ?? 0)
    }
}

extension Usage {
    /// What one answer used up, and what that costs where the model has a price.
    init(_ usage: ModelUsage?, _ kind: WireKind, model: String, _ prices: PriceTable) {
        let tokens = ModelTokens(usage, of: kind)
        self.init(inputTokens: tokens.input, outputTokens: tokens.output)
        cost = usage.flatMap { PriceTable.Tokens($0, kind) }.flatMap { prices.cost(of: $0, model: model) }
    }
}
