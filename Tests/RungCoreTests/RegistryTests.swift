import RungCore
import RungCrypto
import RungText
import Testing

@Suite("Identity of prompts, cards and configurations")
struct RegistryTests {
    private let place = SourceLocation(file: "f", line: 1)

    @Test("a prompt's version is the digest of template and variables, in any order of the variables")
    func promptVersion() {
        let one = PromptVersion.version(text: "Hello {{ a }} {{ b }}", variables: ["a", "b"])
        // printf '{"template":"Hello {{ a }} {{ b }}","variables":["a","b"]}' | sha256sum
        #expect(one.hex == "1f6b6afb3061f0a63b89469d0cd36ed66e5b3c45855eaac88a9444d85450b785")
        #expect(PromptVersion.version(text: "Hello {{ a }} {{ b }}", variables: ["b", "a"]) == one)
        #expect(PromptVersion.version(text: "Hello {{ a }} {{ b }} ", variables: ["a", "b"]) != one)
        #expect(PromptVersion.version(text: "Hello {{ a }} {{ b }}", variables: ["a"]) != one)
    }

    @Test("the card's digest changes with every field that is approved")
    func cardDigest() {
        let card = Agent.Card()
        var seen = [card.digest]
        func note(_ change: (inout Agent.Card) -> Void) {
            var changed = card
            change(&changed)
            seen.append(changed.digest)
        }
        note { $0.purpose = "x" }
        note { $0.audience = "x" }
        note { $0.limits = "x" }
        note { $0.successMeasure = "x" }
        note { $0.baseline = 1 }
        note { $0.riskTier = .low }
        note { $0.autonomy = .act }
        note { $0.oversightRate = 0.1 }
        note { $0.isUserFacing = false }
        #expect(Set(seen).count == 10)
    }

    @Test("the configuration digest depends on model, parameters and tools, and not on the prompt")
    func configurationDigest() {
        var agent = Agent(id: "a", transport: .transcript, location: place)
        let plain = agent.configurationDigest
        agent.prompts = [PromptReference(id: "p", label: "v1")]
        #expect(agent.configurationDigest == plain)
        agent.tools = ["b", "a"]
        let tools = agent.configurationDigest
        #expect(tools != plain)
        agent.tools = ["a", "b"]
        #expect(agent.configurationDigest == tools)
        agent.configuration = ["model": "m"]
        #expect(agent.configurationDigest != tools)
    }
}
