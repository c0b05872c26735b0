import Foundation

/// A running `rung replay serve`.
struct Replay: Sendable {
    let program: Program
    /// What it tells an agent to set.
    let environment: [String: String]

    /// Starts a server and waits until it listens.
    static func start(_ cassette: String, _ options: String..., in folder: Folder) async throws -> Replay {
        let words = [Rung.path, "replay", "serve", "--cassette", cassette, "--format", "json"] + options
        let program = try Program.start(words, in: folder.path, environment: [:], stdin: nil, deadline: 300)
        let end = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < end {
            let said = program.stdoutSoFar
            if said.hasSuffix("\n"), let object = try JSONSerialization.jsonObject(with: Data(said.utf8)) as? [String: Any] {
                return Replay(program: program, environment: object["environment"] as? [String: String] ?? [:])
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        program.send(SIGKILL)
        throw Program.Failure(description: "the replay server never listened: \(program.stderrSoFar)")
    }

    /// Stops it; the report is the last line of its output.
    func stop() async throws -> (status: Int32, report: [String: Any]) {
        program.send(SIGTERM)
        let output = try await program.wait()
        let line = output.stdout.split(separator: "\n").last.map(String.init) ?? "{}"
        return (output.status, try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:])
    }
}

/// Programs of the other side: a provider, and agents that use the official SDKs.
enum ReplayScripts {
    /// Looks like a key of OpenAI, and is none.
    static let secret = "sk-proj-" + String(repeating: "aB3dE5fG", count: 6)
    /// A key that no rule would find.
    static let ownKey = "plain-words-as-a-key"

    /// A provider with answers in the forms of OpenAI and Anthropic; some hold the secret, in streams over several deltas.
    static let provider = """
        import http.server, json, sys
        SECRET = "\(secret)"
        class Provider(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def log_message(self, *arguments): pass
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))))
                events, whole = self.answer(body)
                if body.get("fail"):
                    return self.plain(429, {"error": {"message": "slow down", "type": "rate_limit_error", "code": "rate"}}, {"retry-after": "1"})
                if not body.get("stream"): return self.plain(200, whole)
                self.send_response(200)
                for name, value in {"content-type": "text/event-stream", "transfer-encoding": "chunked", "set-cookie": "sid=" + SECRET}.items():
                    self.send_header(name, value)
                self.end_headers()
                for event in events:
                    name = "event: " + event["type"] + "\\n" if "type" in event else ""
                    self.chunk((name + "data: " + json.dumps(event) + "\\n\\n").encode())
                if "chat" in self.path: self.chunk(b"data: [DONE]\\n\\n")
                self.chunk(b"")
            def chunk(self, data): self.wfile.write(b"%x\\r\\n" % len(data) + data + b"\\r\\n"); self.wfile.flush()
            def plain(self, status, value, headers={}):
                data = json.dumps(value).encode()
                self.send_response(status)
                for name, text in {"content-type": "application/json", "content-length": str(len(data)), "x-request-id": SECRET, **headers}.items():
                    self.send_header(name, text)
                self.end_headers(); self.wfile.write(data)
            def answer(self, body):
                parts = ["Dear ", "customer, ", SECRET[:15], SECRET[15:30], SECRET[30:], " is", " yours."]
                text = "".join(parts) + " Sent with " + str(self.headers.get("authorization") or self.headers.get("x-api-key"))
                arguments = json.dumps({"order": 7, "token": SECRET})
                cut = [arguments[i:i + 8] for i in range(0, len(arguments), 8)]
                if self.path.endswith("/chat/completions"):
                    def event(delta, end=None):
                        return {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [{"index": 0, "delta": delta, "finish_reason": end}]}
                    call = {"index": 0, "id": "call_1", "type": "function", "function": {"name": "lookup", "arguments": ""}}
                    events = [event({"role": "assistant", "content": part}) for part in parts] + [event({"tool_calls": [call]})]
                    events += [event({"tool_calls": [{"index": 0, "function": {"arguments": part}}]}) for part in cut] + [event({}, "tool_calls")]
                    whole = {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}], "usage": {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3}}
                elif self.path.endswith("/responses"):
                    item = {"id": "msg_1", "type": "message", "role": "assistant", "status": "completed", "content": [{"type": "output_text", "text": text, "annotations": []}]}
                    whole = {"id": "resp_1", "object": "response", "created_at": 1, "model": "m", "status": "completed", "output": [item], "parallel_tool_calls": True, "tool_choice": "auto", "tools": [], "usage": {"input_tokens": 1, "input_tokens_details": {"cached_tokens": 0}, "output_tokens": 2, "output_tokens_details": {"reasoning_tokens": 0}, "total_tokens": 3}}
                    events = [{"type": "response.output_text.delta", "sequence_number": i, "item_id": "msg_1", "output_index": 0, "content_index": 0, "delta": part, "logprobs": []} for i, part in enumerate(parts)]
                    events += [{"type": "response.completed", "sequence_number": 99, "response": whole}]
                else:
                    whole = {"id": "msg_1", "type": "message", "role": "assistant", "model": "m", "content": [{"type": "text", "text": text}], "stop_reason": "end_turn", "stop_sequence": None, "usage": {"input_tokens": 1, "output_tokens": 2}}
                    start = {**whole, "content": [], "stop_reason": None}
                    events = [{"type": "message_start", "message": start}, {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}]
                    events += [{"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": part}} for part in parts]
                    events += [{"type": "content_block_stop", "index": 0}, {"type": "content_block_start", "index": 1, "content_block": {"type": "tool_use", "id": "toolu_1", "name": "lookup", "input": {}}}]
                    events += [{"type": "content_block_delta", "index": 1, "delta": {"type": "input_json_delta", "partial_json": part}} for part in cut]
                    events += [{"type": "content_block_stop", "index": 1}, {"type": "message_delta", "delta": {"stop_reason": "tool_use", "stop_sequence": None}, "usage": {"output_tokens": 2}}, {"type": "message_stop"}]
                return events, whole
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
        print(server.server_port, flush=True)
        server.serve_forever()
        """

    /// An agent that uses every way of both official SDKs; prints what it got, one line each.
    static let agent = """
        import asyncio, json, sys
        import anthropic, openai
        SECRET = "\(secret)"
        def show(what, value): print(what, json.dumps(value), flush=True)
        ask = [{"role": "user", "content": "keep this key: " + SECRET}]
        chat = dict(model="m", messages=ask)
        responses = dict(model="m", input=ask)
        messages = dict(model="m", max_tokens=50, messages=ask)
        def chunk(got, event):
            if not event.choices: return
            delta = event.choices[0].delta
            got[0] += delta.content or ""
            for call in delta.tool_calls or []: got[1] += call.function.arguments or ""
        def response(got, event):
            if event.type == "response.output_text.delta": got[0] += event.delta
            if event.type == "response.completed": got[1] += event.response.output_text
        def run():
            client = openai.OpenAI(max_retries=0)
            show("chat", client.chat.completions.create(**chat).choices[0].message.content)
            got = ["", ""]
            for event in client.chat.completions.create(**chat, stream=True): chunk(got, event)
            show("chat stream", got)
            show("responses", client.responses.create(**responses).output_text)
            got = ["", ""]
            for event in client.responses.create(**responses, stream=True): response(got, event)
            show("responses stream", got)
            try: client.chat.completions.create(**chat, extra_body={"fail": True})
            except openai.RateLimitError as error: show("error", [error.status_code, error.response.headers["retry-after"], error.body])
            client = anthropic.Anthropic(max_retries=0)
            show("messages", client.messages.create(**messages).content[0].text)
            with client.messages.stream(**messages) as stream: final = stream.get_final_message()
            show("messages stream", [final.content[0].text, final.content[1].input, final.stop_reason])
        async def run_async():
            client = openai.AsyncOpenAI(max_retries=0)
            show("chat", (await client.chat.completions.create(**chat, n=1)).choices[0].message.content)
            got = ["", ""]
            async for event in await client.chat.completions.create(**chat, n=1, stream=True): chunk(got, event)
            show("chat stream", got)
            got = ["", ""]
            async for event in await client.responses.create(**responses, stream=True, store=False): response(got, event)
            show("responses stream", got)
            client = anthropic.AsyncAnthropic(max_retries=0)
            show("messages", (await client.messages.create(**messages, metadata={"user_id": "u"})).content[0].text)
            async with client.messages.stream(**messages, metadata={"user_id": "u"}) as stream: final = await stream.get_final_message()
            show("messages stream", [final.content[0].text, final.content[1].input, final.stop_reason])
        run()
        asyncio.run(run_async())
        """

    /// Starts a provider; returns it with its port.
    static func startProvider(_ script: String = provider, in folder: Folder) async throws -> (program: Program, port: String) {
        let program = try Program.start(
            ["/usr/bin/env", "python3", "-c", script], in: folder.path, environment: [:], stdin: nil, deadline: 300)
        let end = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < end {
            let said = program.stdoutSoFar
            if said.hasSuffix("\n") { return (program, said.trimmingCharacters(in: .whitespacesAndNewlines)) }
            try await Task.sleep(for: .milliseconds(10))
        }
        program.send(SIGKILL)
        throw Program.Failure(description: "the provider never listened: \(program.stderrSoFar)")
    }
}
