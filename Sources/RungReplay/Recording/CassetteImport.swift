public import RungCore
import RungHTTP
public import RungRedaction
import RungText

/// Makes a cassette of exchanges that another tool recorded, by the rules of `Recorder`: listed headers alone, and no secrets.
public struct CassetteImport {
    private let scenario: String
    private let recorder: String
    private let redactor: Redactor
    private var exchanges: [Exchange] = []
    private var providers: Set<String> = []
    private var models: Set<String> = []
    private var counts: [String: Int] = [:]

    /// - Parameter recorder: who recorded, and who imports.
    public init(scenario: String, recorder: String, redactor: Redactor) {
        self.scenario = scenario
        self.recorder = recorder
        self.redactor = redactor
    }

    /// Redacts an exchange and takes it in; says why when it cannot be recorded, nil when it is.
    public mutating func add(_ exchange: Exchange, provider: String, model: String?) -> String? {
        guard let url = RequestURL(exchange.request.url) else { return "its address is not one of HTTP" }
        let asked = exchange.request.headers.map { HTTPHeader($0.name, $0.value) }
        let answered = exchange.response.headers.map { HTTPHeader($0.name, $0.value) }
        var redaction = BodyRedaction(SecretTexts(redactor, words: RecordedHeaders.secretWords(asked, query: url.query)))
        do {
            let request = Exchange.Request(
                method: exchange.request.method, url: redaction.url(url.text),
                headers: RecordedHeaders.ofRequest(asked).map { redaction.header($0) },
                body: try redaction.request(exchange.request.body))
            let response = Exchange.Response(
                status: exchange.response.status, headers: RecordedHeaders.ofResponse(answered).map { redaction.header($0) },
                body: try redaction.response(exchange.response.body, contentType: exchange.response.header("content-type")))
            exchanges.append(Exchange(request: request, response: response, recordedAt: exchange.recordedAt))
        } catch let refusal as BodyRedaction.Refusal {
            return refusal.reason
        } catch {
            return "its body cannot be redacted"
        }
        providers.insert(provider)
        if let model { models.insert(model) }
        counts.merge(redaction.counts, uniquingKeysWith: +)
        return nil
    }

    /// What was taken in so far.
    public var cassette: Cassette {
        Cassette(
            provenance: .init(
                scenario: scenario, providers: providers.sorted(), models: models.sorted(),
                recordedAt: exchanges.compactMap(\.recordedAt).max(), recorder: recorder),
            redactions: counts, exchanges: exchanges)
    }
}
