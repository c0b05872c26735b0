import RungImport
import RungText
import Testing

@Suite struct AgentCardTests {
    private func read(_ text: String) throws -> AgentCard { try AgentCard.read(Array(text.utf8), file: "card.json") }

    @Test func `a card of version 1 is read, JSON-RPC before what is not spoken here, the newest before older ones`() throws {
        let card = try read(
            #"""
            {"name":"Order Desk (EU)","description":"Tells where \"orders\" are.\nAlways.","version":"1.2","supportedInterfaces":[
              {"url":"https://a/grpc","protocolBinding":"GRPC","protocolVersion":"1.0"},
              {"url":"https://a/old","protocolBinding":"JSONRPC","protocolVersion":"0.3"},
              {"url":"https://a/rpc","protocolBinding":"JSONRPC","protocolVersion":"1.0"}],
             "skills":[{"id":"order-state","name":"State"},{"id":"two words"}],"securitySchemes":{"bearer":{}}}
            """#)
        #expect(card.url == "https://a/rpc" && card.protocolVersion == "1.0")
        #expect(card.suggestedID == "order-desk-eu")
        #expect(
            card.yaml(id: "desk") == #"""
                format: 1
                id: "desk"
                state: design
                purpose: "Tells where \"orders\" are.\nAlways."
                intents:
                  - "order-state"
                configuration:
                  version: "1.2"
                transport:
                  kind: a2a
                  url: "https://a/rpc"
                  version: "1.0"
                  # The card asks for: bearer. A key comes in from a variable:
                  # headers: { authorization: "Bearer ${TOKEN}" }

                """#)
    }

    @Test func `a card of version 0_3 is read, with its other interfaces`() throws {
        let plain = try read(#"{"name":"a","url":"https://a/","protocolVersion":"0.3.0"}"#)
        #expect(plain.url == "https://a/" && plain.protocolVersion == "0.3" && plain.skills.isEmpty)
        let other = try read(
            #"{"name":"a","url":"https://a/grpc","preferredTransport":"GRPC","additionalInterfaces":[{"url":"https://a/rpc","transport":"JSONRPC"}]}"#
        )
        #expect(other.url == "https://a/rpc" && other.protocolVersion == "0.3")
    }

    @Test(arguments: [
        ("{", "not valid JSON"), ("[]", "no agent card: it has no name"), (#"{"name":"a"}"#, "the card names no address"),
        (#"{"name":"a","supportedInterfaces":[{"url":"x","protocolBinding":"GRPC","protocolVersion":"1.0"}]}"#, "its card names GRPC"),
        (#"{"name":"a","url":"x","protocolVersion":"9"}"#, "does not speak JSON-RPC of a version"),
    ]) func `what cannot be asked is refused by name`(_ text: String, _ reason: String) {
        let error = #expect(throws: InvalidInput.self) { try read(text) }
        #expect(error?.diagnostics.first.map { "\($0)".contains(reason) } == true, "\(String(describing: error))")
    }

    @Test func `a name without letters still gives an id`() throws {
        #expect(try read(#"{"name":"注文","url":"https://a/"}"#).suggestedID == "agent")
    }
}
