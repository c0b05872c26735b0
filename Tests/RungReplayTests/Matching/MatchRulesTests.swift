import RungCore
import RungText
import Testing

@testable import RungReplay

struct MatchRulesTests {
    private func key(
        _ body: String, _ normalizers: [Normalizer] = Normalizer.standard, path: String = "/v1/chat",
        contentType: String? = "application/json"
    ) -> MatchKey {
        MatchRules(normalizers).key(
            method: "POST", target: RequestTarget(path: path, query: nil), contentType: contentType, body: Array(body.utf8))
    }

    @Test func layoutAndOrderOfMembersDoNotCount() {
        #expect(key(#"{"a":1,"b":[1.0,2e0]}"#) == key("{ \"b\" : [1, 2],\n\"a\": 1 }"))
        #expect(key(#"{"a":1}"#) != key(#"{"a":2}"#))
        #expect(key(#"{"a":1}"#) != key(#"{"a":1}"#, path: "/v1/other"))
    }

    @Test func toolCallIdsPairWhatTheyPairedBefore() {
        func body(_ call: String, _ answer: String) -> String {
            #"{"messages":[{"tool_calls":[{"id":"\#(call)"},{"id":"x"}]},{"tool_call_id":"\#(answer)"}]}"#
        }
        #expect(key(body("call_1", "call_1")) == key(body("call_987", "call_987")))
        #expect(key(body("call_1", "call_1")) != key(body("call_1", "x")))
    }

    @Test func idsOfItemsThatAreSentBackDoNotCountButWhichIsWhichDoes() {
        func body(_ first: String, _ second: String) -> String {
            #"{"input":[{"id":"\#(first)","name":"a"},{"type":"item_reference","id":"\#(second)"}]}"#
        }
        #expect(key(body("fc_1", "fc_1")) == key(body("fc_987", "fc_987")))
        #expect(key(body("fc_1", "fc_1")) != key(body("fc_1", "msg_1")))
        #expect(key(#"{"input":[{"name":"a"}]}"#) != key(#"{"input":[{"name":"b"}]}"#))
        let recordedBefore: [Normalizer] = [.named(.requestIDs), .named(.timestamps), .named(.toolCallIDs)]
        #expect(key(body("fc_1", "fc_1"), recordedBefore) != key(body("fc_987", "fc_987"), recordedBefore))
    }

    @Test func namesOfPromptCachesDoNotCount() {
        #expect(key(#"{"model":"m","prompt_cache_key":"agents-sdk:run:1"}"#) == key(#"{"model":"m"}"#))
        #expect(key(#"{"metadata":{"prompt_cache_key":"1"}}"#) != key(#"{"metadata":{"prompt_cache_key":"2"}}"#))
    }

    @Test func timesAndIdsOfRequestsDoNotCountWhereTheyStandAndNowhereElse() {
        #expect(key(#"{"metadata":{"request_id":"1","user":"u"}}"#) == key(#"{"metadata":{"request_id":"2","user":"u"}}"#))
        #expect(key(#"{"messages":[{"timestamp":1,"content":"a"}]}"#) == key(#"{"messages":[{"content":"a"}]}"#))
        #expect(key(#"{"messages":[{"content":"on 2026-01-01"}]}"#) != key(#"{"messages":[{"content":"on 2026-01-02"}]}"#))
    }

    @Test func ownNormalizersDropReplaceAndNumber() throws {
        let drop = try #require(PointerPattern("/tools/*/cache"))
        let replace = try #require(PointerPattern("/seed"))
        let rules: [Normalizer] = [.drop(drop), .replace(replace)]
        #expect(key(#"{"seed":1,"tools":[{"cache":1}]}"#, rules) == key(#"{"seed":"x","tools":[{}]}"#, rules))
        #expect(key(#"{"seed":1}"#, rules) != key("{}", rules))
    }

    @Test func bodiesThatAreNoJSONAreComparedByTheirBytes() {
        #expect(key("a=1") == key("a=1"))
        #expect(key("a=1") != key("a=2"))
        #expect(key("[broken") != key("[broken "))
        #expect(key("") != key("{}"))
    }

    @Test func theBoundaryOfAMultipartBodyDoesNotCount() {
        func key(_ boundary: String) -> MatchKey {
            self.key(
                "--\(boundary)\r\ncontent-disposition: form-data\r\n\r\nx\r\n--\(boundary)--\r\n",
                contentType: "multipart/form-data; boundary=\"\(boundary)\"")
        }
        #expect(key("abc") == key("----WebKit123"))
    }

    @Test func aSecretInTheRequestHasTheKeyOfItsRedactedRecording() throws {
        let rules = MatchRules(Normalizer.standard)
        let secret = "sk-proj-" + String(repeating: "aB3dE5", count: 8)
        let body = Array(#"{"messages":[{"content":"use \#(secret)"}]}"#.utf8)
        let target = RequestTarget(path: "/v1", query: nil)
        let recorded = try #require(rules.redacted(body))
        #expect(!String(decoding: recorded, as: UTF8.self).contains(secret))
        let key = rules.key(method: "POST", target: target, contentType: nil, body: recorded)
        #expect(rules.redactedKey(method: "POST", target: target, contentType: nil, body: body) == key)
        #expect(rules.redactedKey(method: "POST", target: target, contentType: nil, body: Array("{}".utf8)) == nil)
    }
}
