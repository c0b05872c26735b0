import RungCore
import RungHTTP
import RungText
import RungWire

/// Asks the services that agents are, or ask: through their gates, within the time of the trial, again when they are too busy.
///
/// Nothing that was asked or answered is in a fault. Redirects are not followed: they could carry a key elsewhere.
final class ServiceClient: Sendable {
    private let client: StreamClient
    private let gates: ServiceGates
    private let bodyLimit: Int

    init(gates: ServiceGates, proxy: (host: String, port: Int)? = nil, limits: AgentLimits = AgentLimits()) {
        self.gates = gates
        bodyLimit = limits.outputBytes
        // The time of the trial is shorter than these, unless it says otherwise.
        client = StreamClient(
            StreamClient.Limits(connectSeconds: 30, idleSeconds: 86_400, totalSeconds: 86_400, bodyLimit: 2 * limits.outputBytes),
            proxy: proxy)
    }

    /// A whole answer, whatever its status; the body is unpacked.
    struct Answer: Sendable {
        var status: Int
        var headers: [HTTPHeader]
        var body: [UInt8]

        /// Whether the account has nothing left, which no waiting changes.
        var isOutOfCredit: Bool {
            let error = (try? JSONReader.read(body))?["error"]
            let words = [error?["code"]?.string, error?["type"]?.string].compactMap { $0 }
            return words.contains { ["billing_hard_limit_reached", "billing_not_active", "insufficient_quota"].contains($0) }
        }

        func header(_ name: String) -> String? { headers.first { $0.isNamed(name) }?.value }
    }

    /// Asks until there is an answer that does not ask for patience.
    ///
    /// - Parameters:
    ///   - concurrency: requests under way to this server at most; nil for a recording, which is never busy.
    ///   - jitter: 0 to 1, for this trial.
    ///   - isPatient: whether to ask again.
    func ask(
        _ request: StreamClient.Request, concurrency: Int?, jitter: Double, isPatient: Bool = true, _ time: inout TrialTime
    ) async throws(TrialFault) -> Answer {
        guard let url = RequestURL(request.url) else { throw TrialFault(.refused, "the address of the agent is no http or https address") }
        let gate = concurrency.map { gates.gate(to: url, ceiling: $0) }
        while true {
            if let gate { try await time.enter(gate, to: url.authority) }
            let begun = ContinuousClock.now
            let answer: Answer
            do {
                answer = try await once(request, url, time)
            } catch {
                gate?.leave()
                throw error
            }
            guard isPatient, Self.asksForPatience(answer) else {
                gate?.leave()
                return answer
            }
            guard let gate else { continue }
            let pause = RetryAfter.pause(answer)
            if let pause, pause > TrialTime.longestWait - time.waited {
                gate.leave(rejectedSince: begun, pause: pause, jitter: jitter)
                throw TrialFault(.unavailable, "\(url.authority) takes no more requests for \(Int(pause / .seconds(1))) seconds")
            }
            gate.leave(rejectedSince: begun, pause: pause, jitter: jitter)
        }
    }

    /// 429 and what Anthropic says when it is overloaded; 503 where it comes with a time.
    private static func asksForPatience(_ answer: Answer) -> Bool {
        switch answer.status {
        case 429: answer.header("x-should-retry") != "false" && !answer.isOutOfCredit
        case 529: answer.header("x-should-retry") != "false"
        case 503: RetryAfter.pause(answer) != nil
        default: false
        }
    }

    private func once(_ request: StreamClient.Request, _ url: RequestURL, _ time: TrialTime) async throws(TrialFault) -> Answer {
        do {
            return try await time.within { [client, bodyLimit] in
                let collected = Collected()
                try await client.send(request) { status, headers in
                    collected.answer = Answer(status: status, headers: headers, body: [])
                } piece: { bytes, _ in
                    guard collected.answer.body.count + bytes.count <= bodyLimit else {
                        throw TrialFault.outputLimit("more than \(bodyLimit) bytes in one answer")
                    }
                    collected.answer.body += bytes
                }
                return collected.answer
            }
        } catch let fault as TrialFault {
            throw fault
        } catch let error as StreamClientError {
            throw TrialFault(.unavailable, error.description)
        } catch {
            throw .cancelled
        }
    }

    func stop() async { await client.stop() }
}

/// Gathers one answer; used by one task after another, never by two at once.
private final class Collected {
    var answer = ServiceClient.Answer(status: 0, headers: [], body: [])
}

extension TrialFault {
    /// What a status without an answer means; nil for success.
    static func status(_ answer: ServiceClient.Answer, of url: String, codes: [String] = []) -> TrialFault? {
        guard !(200...299).contains(answer.status) else { return nil }
        let place = RequestURL(url)?.authority ?? "the service"
        let more = codes.isEmpty ? "" : " (\(codes.joined(separator: ", ")))"
        let reason = "\(place) answered with status \(answer.status)\(more)"
        switch answer.status {
        case 429 where answer.isOutOfCredit: return TrialFault(.refused, reason)
        case 401, 403: return TrialFault(.refused, reason + "; is the key set, and the right one?")
        case 408, 409, 425, 429, 500...: return TrialFault(.unavailable, reason)
        default: return TrialFault(.refused, reason)
        }
    }
}
