import RungCore
import RungHTTP
import RungText

/// How one protocol asks a model; reading answers is the business of RungWire. A new protocol is a file and an entry in `of`.
protocol ModelDialect: Sendable {
    /// The address of the provider, as its SDK takes it.
    var address: String { get }
    /// The variable with the address, which replaying and recording set.
    var addressVariable: String { get }
    /// The variable with the key.
    var keyVariable: String { get }
    /// Behind the address.
    var path: String { get }
    /// What carries the key, and what else every request has.
    func headers(key: String?) -> [HTTPHeader]
    /// The next request.
    func body(_ talk: ModelTalk) -> JSONValue
}

extension ModelTransportSettings.Dialect {
    /// The dialect by its word.
    var dialect: any ModelDialect {
        switch self {
        case .anthropicMessages: AnthropicMessagesDialect()
        case .openAIChat: OpenAIChatDialect()
        case .openAIResponses: OpenAIResponsesDialect()
        }
    }
}
