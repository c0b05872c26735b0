/// Servers that agents of several transports are, or ask; they listen on a free port and print it.
enum TransportScripts {
    /// A model over three APIs: calls the first tool it is offered for order A-7, then says what the tool said.
    ///
    /// Bodies are checked with the types of the providers' own SDKs; what was asked stands in `asked.jsonl`, and `busy` says how many
    /// requests are turned away first.
    static let model = #"""
        import http.server, json, os, pathlib, threading, pydantic
        from openai.types.chat.completion_create_params import CompletionCreateParamsNonStreaming as Chat
        from openai.types.responses.response_create_params import ResponseCreateParamsNonStreaming as Responses
        from anthropic.types.message_create_params import MessageCreateParamsNonStreaming as Messages
        kinds = {"/v1/chat/completions": pydantic.TypeAdapter(Chat), "/v1/responses": pydantic.TypeAdapter(Responses), "/v1/messages": pydantic.TypeAdapter(Messages)}
        lock = threading.Lock(); count = 0; busy = int(pathlib.Path("busy").read_text()) if os.path.exists("busy") else 0
        class Model(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def log_message(self, *a): pass
            def reply(self, status, value, **headers):
                body = json.dumps(value).encode()
                self.send_response(status)
                for name, text in {"content-type": "application/json", "content-length": str(len(body)), **headers}.items(): self.send_header(name, text)
                self.end_headers(); self.wfile.write(body)
            def do_POST(self):
                global count, busy
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                with open("asked.jsonl", "a") as f: f.write(json.dumps({"path": self.path, "key": self.headers.get("authorization") or self.headers.get("x-api-key"), "body": body}) + "\n")
                with lock:
                    count += 1
                    if busy > 0:
                        busy -= 1
                        return self.reply(429, {"error": {"code": "rate_limit_exceeded", "message": "slow"}}, **{"retry-after-ms": "30"})
                try: kinds[self.path].validate_python(body)
                except pydantic.ValidationError as e:
                    open("invalid.log", "a").write(str(e)); return self.reply(400, {"error": {"code": "invalid", "message": str(e)}})
                text = json.dumps(body)
                if self.path == "/v1/messages":
                    done = [b for m in body["messages"] if isinstance(m["content"], list) for b in m["content"] if b["type"] == "tool_result"]
                    usage = {"input_tokens": 10, "output_tokens": 5, "cache_read_input_tokens": 100, "cache_creation_input_tokens": 20}
                    if "tools" not in body or done:
                        content = [{"type": "text", "text": "It says: " + (done[-1]["content"] if done else "nothing")}]; stop = "end_turn"
                    else:
                        content = [{"type": "thinking", "thinking": "hm", "signature": "s1"}, {"type": "tool_use", "id": f"toolu_{count}", "name": body["tools"][0]["name"], "input": {"order": "A-7"}}]; stop = "tool_use"
                    return self.reply(200, {"id": f"msg_{count}", "type": "message", "role": "assistant", "model": body["model"], "content": content, "stop_reason": stop, "usage": usage})
                if self.path == "/v1/responses":
                    done = [i for i in body["input"] if i.get("type") == "function_call_output"]
                    if "tools" not in body or done:
                        output = [{"type": "message", "id": "m1", "role": "assistant", "status": "completed", "content": [{"type": "output_text", "annotations": [], "text": "It says: " + (done[-1]["output"] if done else "nothing")}]}]
                    else:
                        output = [{"type": "reasoning", "id": "rs_1", "summary": []}, {"type": "function_call", "id": "fc_1", "status": "completed", "call_id": f"call_{count}", "name": body["tools"][0]["name"], "arguments": "{\"order\": \"A-7\"}"}]
                    return self.reply(200, {"id": f"resp_{count}", "object": "response", "model": body["model"], "status": "completed", "error": None, "output": output,
                        "usage": {"input_tokens": 130, "output_tokens": 5, "total_tokens": 135, "input_tokens_details": {"cached_tokens": 100}, "output_tokens_details": {"reasoning_tokens": 2}}})
                done = [m for m in body["messages"] if m["role"] == "tool"]
                if "tools" not in body or done: message = {"role": "assistant", "content": "It says: " + (done[-1]["content"] if done else "nothing")}; stop = "stop"
                else: message = {"role": "assistant", "content": None, "tool_calls": [{"id": f"call_{count}", "type": "function", "function": {"name": body["tools"][0]["function"]["name"], "arguments": "{\"order\": \"A-7\"}"}}]}; stop = "tool_calls"
                self.reply(200, {"id": f"c_{count}", "object": "chat.completion", "model": body["model"], "choices": [{"index": 0, "finish_reason": stop, "message": message}],
                    "usage": {"prompt_tokens": 130, "completion_tokens": 5, "total_tokens": 135, "prompt_tokens_details": {"cached_tokens": 100}}})
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Model); print(server.server_port, flush=True); server.serve_forever()
        """#

    /// An order desk over the Agent2Agent protocol, with its official SDK: answers `now` at once, all else in a task.
    static let desk = #"""
        import asyncio, socket, sys, uvicorn
        from starlette.applications import Starlette
        from a2a import helpers
        from a2a.server.agent_execution import AgentExecutor
        from a2a.server.request_handlers import DefaultRequestHandler
        from a2a.server.routes import create_agent_card_routes, create_jsonrpc_routes
        from a2a.server.tasks import InMemoryTaskStore, TaskUpdater
        from a2a.types import AgentCapabilities, AgentCard, AgentInterface, AgentSkill
        class Orders(AgentExecutor):
            async def execute(self, context, queue):
                text = context.get_user_input()
                if "now" in text:
                    await queue.enqueue_event(helpers.new_text_message(f"at once: {text}"))
                    return
                task = context.current_task or helpers.new_task_from_user_message(context.message)
                await queue.enqueue_event(task)
                updater = TaskUpdater(queue, task.id, task.context_id)
                await updater.start_work()
                await asyncio.sleep(0.3)
                if "fail" in text: await updater.failed(updater.new_agent_message([helpers.new_text_part("a secret reason")]))
                elif "ask" in text: await updater.requires_input(updater.new_agent_message([helpers.new_text_part("which order?")]))
                else:
                    await updater.add_artifact([helpers.new_text_part(f"done: {text}")])
                    await updater.complete()
            async def cancel(self, context, queue): pass
        sock = socket.socket(); sock.bind(("127.0.0.1", 0)); sock.listen(); port = sock.getsockname()[1]
        url = f"http://127.0.0.1:{port}/"
        card = AgentCard(name="Order desk", description="Tells where orders are.", version="1.2", capabilities=AgentCapabilities(streaming=False),
            default_input_modes=["text/plain"], default_output_modes=["text/plain"],
            supported_interfaces=[AgentInterface(url=url, protocol_binding="JSONRPC", protocol_version="1.0"), AgentInterface(url=url, protocol_binding="JSONRPC", protocol_version="0.3")],
            skills=[AgentSkill(id="order-state", name="Order state", description="Finds an order.", tags=["orders"])])
        handler = DefaultRequestHandler(agent_executor=Orders(), task_store=InMemoryTaskStore(), agent_card=card)
        app = Starlette(routes=create_agent_card_routes(card) + create_jsonrpc_routes(handler, "/", enable_v0_3_compat=True))
        print(port, flush=True)
        uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[sock])
        """#

    /// An MCP server on standard input and output with the official SDK: two tools of orders, and an agent.
    static let tools = #"""
        import sys
        from mcp.server import MCPServer
        from pydantic import BaseModel
        class Answer(BaseModel):
            text: str
            sure: float
        server = MCPServer("orders")
        @server.tool()
        def order_state(order: str) -> str:
            "Looks up the state of an order."
            if order == "none": raise ValueError("no such order")
            return f"{order} was shipped on Monday"
        @server.tool()
        def delete_order(order: str) -> str:
            "Deletes an order."
            return "gone"
        @server.tool()
        def ask(question: str, tone: str) -> Answer:
            "Answers questions."
            if "fail" in question: raise ValueError("my secret trouble")
            return Answer(text=f"{tone}: {question}", sure=0.5)
        if sys.argv[1:] == ["http"]:
            import socket, uvicorn
            sock = socket.socket(); sock.bind(("127.0.0.1", 0)); sock.listen(); print(sock.getsockname()[1], flush=True)
            uvicorn.Server(uvicorn.Config(server.streamable_http_app(), log_level="error")).run(sockets=[sock])
        else: server.run("stdio")
        """#

    /// An agent behind plain HTTP: answers with what it was asked, in a form of its own. The first request gets 503 with a time.
    static let plain = #"""
        import http.server, json
        count = 0
        class Desk(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def log_message(self, *arguments): pass
            def do_POST(self):
                global count
                count += 1
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                status, answer = 200, {"data": {"text": f"{body['tone']}: {body['ask']}"}, "key": self.headers.get("x-key"),
                    "usage": {"in": 7, "out": 2, "usd": 0.5}, "steps": [{"name": "look", "arguments": "{\"at\": 1}", "out": "seen"}]}
                if count == 1: status, answer = 503, {}
                if body["ask"] == "teapot": status, answer = 418, {"why": "my secret trouble"}
                data = json.dumps(answer).encode()
                self.send_response(status)
                if status == 503: self.send_header("retry-after", "0")
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Desk)
        print(server.server_port, flush=True)
        server.serve_forever()
        """#
}
