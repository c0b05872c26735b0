import RungCore
import RungWire
import Synchronization

/// The tokens of the recorded answers of a tape; each answer is read once, when a trial that got it has ended.
///
/// A final class because all trials of a tape share it; what was read lies behind one lock.
final class ReplayTokens: Sendable {
    private let exchanges: [Exchange]
    private let known = Mutex<[Int: Reading]>([:])

    /// What an exchange says about tokens.
    private enum Reading: Sendable {
        /// It asked no model, or the model refused: nothing was used up.
        case none
        case tokens(ModelTokens)
    }

    init(_ exchanges: [Exchange]) { self.exchanges = exchanges }

    /// What these answers took together; nil where none of them is a model's.
    ///
    /// A number that one of the answers does not tell is unknown for all of them: half a sum would keep limits that the whole breaks.
    func usage(of answers: [(exchange: Int, times: Int)]) -> Usage? {
        var (input, output): (Int?, Int?) = (0, 0)
        var isAny = false
        for (exchange, times) in answers {
            guard case .tokens(let tokens) = reading(exchange) else { continue }
            isAny = true
            input = Self.sum(input, tokens.input, times)
            output = Self.sum(output, tokens.output, times)
        }
        guard isAny, input != nil || output != nil else { return nil }
        return Usage(inputTokens: input, outputTokens: output)
    }

    private static func sum(_ total: Int?, _ part: Int?, _ times: Int) -> Int? {
        guard let total, let part, part >= 0 else { return nil }
        let (product, isTooMuch) = part.multipliedReportingOverflow(by: times)
        let (sum, isOver) = total.addingReportingOverflow(product)
        return isTooMuch || isOver ? nil : sum
    }

    private func reading(_ number: Int) -> Reading {
        if let known = known.withLock({ $0[number] }) { return known }
        let reading = Self.read(exchanges[number])
        known.withLock { $0[number] = reading }
        return reading
    }

    private static func read(_ exchange: Exchange) -> Reading {
        let request = exchange.request
        var reader = AnswerReader(
            WireRequest(
                method: request.method, url: request.url, headers: WireHeaders(request.headers.map { ($0.name, $0.value) }),
                body: request.body), status: exchange.response.status,
            headers: WireHeaders(exchange.response.headers.map { ($0.name, $0.value) }))
        for piece in exchange.response.body { reader.push(piece.bytes) }
        let answer = reader.finish()
        guard reader.kind != .other else { return .none }
        // A refusal with usage counts as what it says; one without used nothing up.
        if answer.usage == nil, !(200...299).contains(exchange.response.status) { return .none }
        return .tokens(ModelTokens(answer.usage, of: reader.kind))
    }
}
