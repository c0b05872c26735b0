import RungWire
import Testing

@Suite struct ModelTokensTests {
    @Test(arguments: [
        // Anthropic and Bedrock count what came from a cache beside the input.
        (WireKind.anthropicMessages, ModelUsage(input: 10, output: 5, cacheRead: 100, cacheCreation: 7), 117, 5),
        (.bedrockConverse, ModelUsage(input: 1, output: 2, cacheRead: 3), 4, 2),
        // Google counts thinking beside the output, and cached input within the input.
        (.googleGenerate, ModelUsage(input: 10, output: 5, cacheRead: 4, reasoning: 30), 10, 35),
        (.openAIChat, ModelUsage(input: 10, output: 5, cacheRead: 4, reasoning: 3), 10, 5),
        (.openAIResponses, ModelUsage(input: 10, output: 5, cacheRead: 4, reasoning: 3), 10, 5),
        (.openAIEmbeddings, ModelUsage(input: 8), 8, 0),
    ])
    func `everything that was read and written counts once`(kind: WireKind, usage: ModelUsage, input: Int, output: Int) {
        #expect(ModelTokens(usage, of: kind) == ModelTokens(input: input, output: output))
    }

    @Test func `what nobody told is unknown and not nothing`() {
        #expect(ModelTokens(nil, of: .openAIChat) == ModelTokens())
        #expect(ModelTokens(ModelUsage(output: 3, cacheRead: 9), of: .anthropicMessages) == ModelTokens(input: nil, output: 3))
    }
}
