import RungCore
import RungHTTP
import RungText
import Synchronization
import Testing

@testable import RungReplay

struct ReplayDeskTests {
    private let desk = ReplayDesk { count in (0..<count).map { UInt8(truncatingIfNeeded: $0 &+ 1) } }
    private static let tape = ReplayTape(
        CassetteSamples.index([
            CassetteSamples.exchange(body: #"{"q":"a"}"#), CassetteSamples.exchange(body: #"{"q":"b"}"#, status: 429, answer: "slow down"),
        ]))

    private func ask(_ address: ReplayAddress, _ path: String, _ body: String) -> StreamAnswer {
        desk.answer(
            StreamRequest(
                method: "POST", target: "/t/\(address.token)\(path)", headers: [HTTPHeader("content-type", "application/json")],
                body: Array(body.utf8)))
    }

    /// The whole answer as it would go over the wire.
    private func text(_ answer: StreamAnswer) -> String {
        guard case .reply(let reply) = answer else { return "not a reply" }
        return reply.text
    }

    @Test func aRecordedRequestIsAnsweredUnderTheTrialsPrefixAndAnyProvidersName() {
        let address = desk.open(.tape(Self.tape), port: 1)
        #expect(address.token == "0102030405060708090a0b0c0d0e0f10")
        #expect(text(ask(address, "/v1/chat/completions", #"{"q":"a"}"#)).hasSuffix("\r\n\r\n{\"ok\":true}"))
        #expect(text(ask(address, "/~openai/v1/chat/completions", #"{"q":"b"}"#)).hasPrefix("HTTP/1.1 429 "))
        #expect(desk.close(address.token)?.report == ReplayReport(answered: 2))
        #expect(text(ask(address, "/v1/chat/completions", #"{"q":"a"}"#)).contains("rung_unknown_trial"))
    }

    @Test func aMissIsAnErrorThatSDKsDoNotRetryAndAFindingOfTheTrial() {
        let address = desk.open(.tape(Self.tape), port: 1)
        let answer = text(ask(address, "/v1/chat/completions", #"{"q":"c"}"#))
        #expect(answer.hasPrefix("HTTP/1.1 422 "))
        #expect(answer.contains("x-should-retry: false\r\n"))
        #expect(answer.contains("differs at /q: recorded \\\"a\\\", received \\\"c\\\""))
        #expect(answer.contains("rung record --refresh --cassette refund.jsonl"))
        let report = desk.trial(address.token)?.report
        #expect(report?.findings.count == 1)
        #expect(report?.unused.map(\.path) == ["/v1/chat/completions", "/v1/chat/completions"])
        #expect(report?.isClean == false)
    }

    @Test(arguments: [
        ("/v1/messages", #"{"type":"error","error":{"type":"invalid_request_error""#), ("/v1/responses", #"{"error":{"message":"#),
        ("/v1beta/models/g:generateContent", #"{"error":{"code":422"#), ("/v2/chat", #"{"message":"#), ("/api/chat", #"{"message":"#),
    ])
    func theErrorHasTheFormOfTheProvider(path: String, start: String) {
        let address = desk.open(.tape(Self.tape), port: 1)
        #expect(text(ask(address, path, "{}")).contains("\r\n\r\n" + start))
    }

    @Test func whoeverWantsToLeaveTheMachineIsRefusedAndFound() {
        let address = desk.open(.tape(Self.tape), port: 4_711)
        desk.port.store(4_711, ordering: .relaxed)
        // The base64 of the token, a colon and x.
        let login = HTTPHeader("Proxy-Authorization", "Basic " + Base64.text(of: Array("\(address.token):x".utf8)))
        let tunnel = StreamRequest(method: "CONNECT", target: "api.openai.com:443", headers: [login])
        #expect(text(desk.answer(tunnel)).hasPrefix("HTTP/1.1 403 "))
        let absolute = StreamRequest(method: "GET", target: "http://example.com/secret?key=1", headers: [login])
        #expect(text(desk.answer(absolute)).hasPrefix("HTTP/1.1 403 "))
        let stray = StreamRequest(method: "CONNECT", target: "evil.example:443")
        #expect(text(desk.answer(stray)).hasPrefix("HTTP/1.1 403 "))
        #expect(desk.trial(address.token)?.report.findings == [.escape(host: "api.openai.com:443"), .escape(host: "example.com")])
        #expect(desk.strayFindings == [.escape(host: "evil.example:443")])
        let own = StreamRequest(
            method: "POST", target: "http://localhost:4711/t/\(address.token)/v1/chat/completions", body: Array(#"{"q":"a"}"#.utf8))
        #expect(text(desk.answer(own)).hasPrefix("HTTP/1.1 200 "))
    }

    @Test func findingsAreBounded() {
        let address = desk.open(.tape(Self.tape), port: 1)
        for _ in 0..<(ReplayReport.findingLimit + 5) {
            _ = desk.answer(
                StreamRequest(
                    method: "CONNECT", target: "h:1",
                    headers: [HTTPHeader("proxy-authorization", "Basic " + Base64.text(of: Array("\(address.token):".utf8)))]))
        }
        let report = desk.trial(address.token)?.report
        #expect(report?.findings.count == ReplayReport.findingLimit)
        #expect(report?.omitted == 5)
    }

    @Test func fiftyTrialsAtOnceShareACassetteAndTakeNothingFromEachOther() async {
        let address = ReplayDesk { count in (0..<count).map { _ in UInt8.random(in: 0...255) } }
        let reports = await withTaskGroup(of: ReplayReport?.self) { tasks in
            for _ in 0..<50 {
                tasks.addTask {
                    let trial = address.open(.tape(Self.tape), port: 1)
                    for body in [#"{"q":"b"}"#, #"{"q":"a"}"#] {
                        _ = address.answer(
                            StreamRequest(method: "POST", target: "/t/\(trial.token)/v1/chat/completions", body: Array(body.utf8)))
                    }
                    return address.close(trial.token)?.report
                }
            }
            return await tasks.reduce(into: []) { $0.append($1) }
        }
        #expect(reports.count == 50)
        #expect(reports.allSatisfy { $0 == ReplayReport(answered: 2) })
    }

    @Test func whatIsUnknownOrBrokenIsAnsweredAsSuch() {
        for target in ["/", "/t/", "/t/nobody/v1", "*", "/v1/chat/completions", "//t/x"] {
            #expect(text(desk.answer(StreamRequest(method: "GET", target: target))).contains("rung_unknown_trial"), "\(target)")
        }
    }
}
