import RungCore
import RungHTTP

extension ReplayTrial {
    /// Asks the world, hands its answer on as it comes, and records both.
    func record(_ request: StreamRequest, upstream: String?, path: String, query: String?, with recorder: Recorder) -> StreamAnswer {
        let name = upstream ?? ReplayProvider.guessed(path: path)
        guard let name, let base = recorder.settings.upstreams[name] else {
            let reason = "it is not known where \(request.method) \(path) goes; name it with --upstream \(name ?? "NAME")=URL"
            add(.unrecorded(reason))
            return .reply(MissAnswer.error(MissAnswer.missStatus, "rung_upstream", "rung record: \(reason)", path: path))
        }
        let url = base + path + (query.map { "?\($0)" } ?? "")
        // Replayed requests have the path that the agent asks for, without what stands in front of it at the upstream.
        let told = RequestURL(base).map { "\($0.scheme)://\($0.authority)\(path)" + (query.map { "?\($0)" } ?? "") } ?? url
        let draft = Recorder.Draft(
            request: request, url: url, recordedURL: told, query: query, provider: name, startedAt: recorder.settings.now(), status: 0,
            headers: [], pieces: []
        )
        let place = recorder.begin()
        // A stream that only waits for what the other side may say is no exchange: it ends when the agent leaves.
        let isListening = request.method == "GET" && request.header("accept")?.contains("text/event-stream") == true
        if !isListening { recorder.count(1) }
        return .live {
            await self.exchange(draft, place, recorder, isListening: isListening, $0)
            if !isListening { recorder.count(-1) }
        }
    }

    private func exchange(_ begun: Recorder.Draft, _ place: Int, _ recorder: Recorder, isListening: Bool, _ writer: StreamWriter) async {
        var draft = begun
        let what = "\(draft.request.method) \(RequestURL(draft.url)?.path ?? "")"
        do {
            try await recorder.client.send(
                StreamClient.Request(
                    method: draft.request.method, url: draft.url, headers: Self.forwarded(draft.request.headers), body: draft.request.body)
            ) { status, headers in
                draft.status = status
                draft.headers = headers
                try await writer.begin(status: status, headers: headers)
            } piece: { bytes, afterMs in
                draft.pieces.append(Exchange.Piece(bytes, afterMs: afterMs))
                try await writer.write(bytes)
            }
            finish(draft, place, recorder, what)
            // The agent may have left once it had what it wanted; the recording is whole all the same.
            try? await writer.end()
        } catch let error as StreamClientError {
            add(.unrecorded("\(what) is not recorded: \(error)"))
            // Where an answer has begun, it is cut off with the end of this task.
            guard draft.status == 0 else { return }
            try? await writer.send(MissAnswer.unreachable("\(error)", path: RequestURL(draft.url)?.path ?? ""))
        } catch {
            // The agent went away in the middle: what it saw is what it will see again.
            guard !draft.pieces.isEmpty else {
                return isListening && draft.status == 200
                    ? () : add(.unrecorded("\(what) is not recorded: the agent left before an answer came"))
            }
            finish(draft, place, recorder, what)
        }
    }

    private func finish(_ draft: Recorder.Draft, _ place: Int, _ recorder: Recorder, _ what: String) {
        countAnswer()
        do {
            try recorder.finish(place, draft)
        } catch let refusal as BodyRedaction.Refusal {
            add(.unrecorded("\(what) is not recorded: \(refusal.reason)"))
        } catch {
            add(.unrecorded("\(what) is not recorded"))
        }
    }

    /// The request's body is unpacked by now.
    private static func forwarded(_ headers: [HTTPHeader]) -> [HTTPHeader] { headers.filter { !$0.isNamed("content-encoding") } }
}
