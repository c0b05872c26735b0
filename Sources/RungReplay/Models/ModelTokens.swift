import RungCore
import RungWire

extension PriceTable.Tokens {
    /// Each token once, whatever the provider's numbers include; nil where nobody counted.
    init?(_ usage: ModelUsage, _ kind: WireKind) {
        guard usage.input != nil || usage.output != nil else { return nil }
        let (cacheRead, cacheWrite) = (usage.cacheRead ?? 0, usage.cacheCreation ?? 0)
        var input = usage.input ?? 0
        var output = usage.output ?? 0
        switch kind {
        // Cached input stands beside the rest.
        case .anthropicMessages, .bedrockConverse, .bedrockInvoke: break
        case .googleGenerate:
            input = max(0, input - cacheRead)
            output += usage.reasoning ?? 0
        default: input = max(0, input - cacheRead)
        }
        self.init(input: input, cacheRead: cacheRead, cacheWrite: cacheWrite, output: output)
    }
}

extension Usage {
    /// What one answer used up, and what that costs where the model has a price.
    init(_ usage: ModelUsage?, _ kind: WireKind, model: String, _ prices: PriceTable) {
        guard let tokens = usage.flatMap({ PriceTable.Tokens($0, kind) }) else {
            self.init()
            return
        }
        self.init(inputTokens: tokens.read, outputTokens: tokens.output, cost: prices.cost(of: tokens, model: model))
    }
}
