import RungCore
import RungCrypto

extension AgentPost {
    /// The version of a prompt without variables.
    static func version(of text: String) -> String { PromptVersion.version(text: text, variables: []).description }

    /// The version of the text that its builder kept to himself.
    var wildVersion: String { Self.version(of: wildText) }

    /// Digest of model configuration and tools, the same all year.
    var configDigest: String { SHA256Hasher.digest(of: "configuration of \(id)").description }
}
