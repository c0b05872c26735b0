/// Programs for suites whose models are replayed beside live tools.
enum DriftScripts {
    /// A provider in the forms of three interfaces: it wants `lookup` of order 7 first, and says `done` once it has the answer.
    static let provider = """
        import http.server, json
        class Provider(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def log_message(self, *arguments): pass
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                path = self.path.rsplit("/", 1)[-1]
                asked = any(mark in json.dumps(body) for mark in ['"role": "tool"', '"function_call_output"', '"tool_result"'])
                arguments = json.dumps({"order": "7"})
                if path == "completions":
                    message = {"role": "assistant", "content": "done"} if asked else {"role": "assistant", "content": None,
                        "tool_calls": [{"id": "call_9", "type": "function", "function": {"name": "lookup", "arguments": arguments}}]}
                    answer = {"choices": [{"index": 0, "finish_reason": "stop", "message": message}],
                        "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}}
                elif path == "responses":
                    item = {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "done"}]} if asked else {
                        "type": "function_call", "call_id": "call_9", "name": "lookup", "arguments": arguments}
                    answer = {"object": "response", "status": "completed", "output": [item],
                        "usage": {"input_tokens": 10, "output_tokens": 5, "total_tokens": 15}}
                else:
                    block = {"type": "text", "text": "done"} if asked else {
                        "type": "tool_use", "id": "call_9", "name": "lookup", "input": {"order": "7"}}
                    answer = {"type": "message", "role": "assistant", "content": [block],
                        "usage": {"input_tokens": 2, "cache_read_input_tokens": 8, "output_tokens": 5}}
                data = json.dumps(answer).encode()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
        print(server.server_port, flush=True)
        server.serve_forever()
        """

    /// An agent whose tool reads `world.json`; `SHAPE` is the interface that it speaks, `TELLS` whether it tells Rung of its tools.
    static let agent = """
        import json, os, sys, urllib.request
        trial = json.loads(sys.stdin.readline())
        shape, tells = os.environ["SHAPE"], os.environ.get("TELLS") == "1"
        def say(**line): print(json.dumps({"trial": trial["trial"], **line}), flush=True)
        def post(url, body, headers={}):
            request = urllib.request.Request(url, json.dumps(body).encode(), {"content-type": "application/json", **headers})
            return json.load(urllib.request.urlopen(request, timeout=120))
        def lookup(call, arguments):
            if tells: say(type="tool-call", id=call, name="lookup", arguments=arguments)
            if os.environ.get("RUNG_MCP_URL"):
                message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "lookup", "arguments": arguments}}
                result = post(os.environ["RUNG_MCP_URL"], message)["result"]["content"][0]["text"]
            else: result = open("world.json").read().strip()
            if tells: say(type="tool-result", id=call, content=result)
            return result
        def chat():
            url, messages = os.environ["OPENAI_BASE_URL"] + "/chat/completions", [{"role": "user", "content": trial["case"]}]
            while True:
                answer = post(url, {"model": "m1", "messages": messages})["choices"][0]["message"]
                messages.append(answer)
                if not answer.get("tool_calls"): return answer["content"]
                for call in answer["tool_calls"]:
                    result = lookup(call["id"], json.loads(call["function"]["arguments"]))
                    messages.append({"role": "tool", "tool_call_id": call["id"], "content": result})
        def responses():
            url, items = os.environ["OPENAI_BASE_URL"] + "/responses", [{"role": "user", "content": trial["case"]}]
            while True:
                item = post(url, {"model": "m1", "input": items})["output"][0]
                items.append(item)
                if item["type"] == "message": return item["content"][0]["text"]
                result = lookup(item["call_id"], json.loads(item["arguments"]))
                items.append({"type": "function_call_output", "call_id": item["call_id"], "output": result})
        def messages():
            url, turns = os.environ["ANTHROPIC_BASE_URL"] + "/v1/messages", [{"role": "user", "content": trial["case"]}]
            while True:
                answer = post(url, {"model": "m1", "max_tokens": 9, "messages": turns}, {"anthropic-version": "2023-06-01"})
                turns.append({"role": "assistant", "content": answer["content"]})
                block = answer["content"][0]
                if block["type"] == "text": return block["text"]
                result = lookup(block["id"], block["input"])
                turns.append({"role": "user", "content": [{"type": "tool_result", "tool_use_id": block["id"], "content": result}]})
        say(type="result", output={"chat": chat, "responses": responses, "messages": messages}[shape]())
        """

    /// A server of tools over MCP whose `lookup` reads `world.json`.
    static let tools = """
        import http.server, json
        class Tools(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def log_message(self, *arguments): pass
            def do_POST(self):
                message = json.loads(self.rfile.read(int(self.headers["content-length"])))
                result = {"content": [{"type": "text", "text": open("world.json").read().strip()}], "isError": False}
                data = json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}).encode()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Tools)
        print(server.server_port, flush=True)
        server.serve_forever()
        """
}
