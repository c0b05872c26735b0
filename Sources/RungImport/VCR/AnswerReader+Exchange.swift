public import RungCore
public import RungWire

extension WireRequest {
    /// What was asked in a recorded exchange.
    public init(_ request: Exchange.Request) {
        self.init(
            method: request.method, url: request.url, headers: WireHeaders(request.headers.map { ($0.name, $0.value) }),
            body: request.body)
    }
}

extension AnswerReader {
    /// A reader for the answer of a recorded exchange.
    public init(_ exchange: Exchange) {
        self.init(
            WireRequest(exchange.request), status: exchange.response.status,
            headers: WireHeaders(exchange.response.headers.map { ($0.name, $0.value) }))
    }
}
