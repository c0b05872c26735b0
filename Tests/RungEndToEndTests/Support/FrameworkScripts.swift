/// Agents of frameworks, each with `answers(question)` as `Framework` tells, and a model that knows nothing of them.
enum FrameworkScripts {
    /// OpenAI Agents SDK.
    static let openAIAgents = #"""
        import agents, time
        from openai import AsyncOpenAI
        @agents.function_tool
        def order_state(order: str) -> str:
            "Looks up the state of an order."
            if order == "A-7": time.sleep(0.2)
            return f"{order} was shipped on Monday"
        def parts(event):
            return [event.data.delta] if event.type == "raw_response_event" and event.data.type == "response.output_text.delta" else []
        async def answers(question):
            models = {"chat": agents.OpenAIChatCompletionsModel(model="gpt-test", openai_client=AsyncOpenAI()), "responses": "gpt-test"}
            for name, model in models.items():
                agent = agents.Agent(name="Orders", instructions="Answer questions about orders.", tools=[order_state], model=model)
                yield name, (await agents.Runner.run(agent, question)).final_output
                streamed = agents.Runner.run_streamed(agent, question + " Quick!")
                yield name + " stream", "|".join([part async for event in streamed.stream_events() for part in parts(event)])
        """#

    /// Pydantic AI.
    static let pydanticAI = #"""
        import time
        from pydantic_ai import Agent
        async def answers(question):
            for name in ["chat", "responses"]:
                agent = Agent(f"openai-{name}:gpt-test", instructions="Answer questions about orders.")
                @agent.tool_plain
                def order_state(order: str) -> str:
                    "Looks up the state of an order."
                    if order == "A-7": time.sleep(0.2)
                    return f"{order} was shipped on Monday"
                yield name, (await agent.run(question)).output
                async with agent.run_stream(question + " Quick!") as streamed:
                    yield name + " stream", "|".join([part async for part in streamed.stream_text(delta=True, debounce_by=None)])
        """#

    /// LangGraph, with the models of langchain-openai.
    static let langGraph = #"""
        import time
        from langchain_core.tools import tool
        from langchain_openai import ChatOpenAI
        from langgraph.graph import START, MessagesState, StateGraph
        from langgraph.prebuilt import ToolNode, tools_condition
        @tool
        def order_state(order: str) -> str:
            "Looks up the state of an order."
            if order == "A-7": time.sleep(0.2)
            return f"{order} was shipped on Monday"
        def graph(model):
            async def ask(state): return {"messages": [await model.ainvoke(state["messages"])]}
            graph = StateGraph(MessagesState)
            graph.add_node("model", ask)
            graph.add_node("tools", ToolNode([order_state]))
            graph.add_edge(START, "model")
            graph.add_conditional_edges("model", tools_condition)
            graph.add_edge("tools", "model")
            return graph.compile()
        async def answers(question):
            for name in ["chat", "responses"]:
                agent = graph(ChatOpenAI(model="gpt-test", use_responses_api=name == "responses").bind_tools([order_state]))
                yield name, (await agent.ainvoke({"messages": [("user", question)]}))["messages"][-1].text
                streamed = agent.astream({"messages": [("user", question + " Quick!")]}, stream_mode="messages")
                parts = [part.text async for part, place in streamed if place["langgraph_node"] == "model"]
                yield name + " stream", "|".join(part for part in parts if part)
        """#

    /// smolagents, whose agents answer through a tool `final_answer`.
    static let smolagents = #"""
        import time
        from rich.console import Console
        from smolagents import AgentLogger, ChatMessageStreamDelta, OpenAIModel, ToolCallingAgent, tool
        @tool
        def order_state(order: str) -> str:
            """Looks up the state of an order.

            Args:
                order: Name of the order.
            """
            if order == "A-7": time.sleep(0.2)
            return f"{order} was shipped on Monday"
        def agent(**options):
            model, logger = OpenAIModel(model_id="gpt-test"), AgentLogger(console=Console(quiet=True))
            return ToolCallingAgent(tools=[order_state], model=model, logger=logger, **options)
        async def answers(question):
            yield "chat", agent().run(question)
            events = agent(stream_outputs=True).run(question + " Quick!", stream=True)
            deltas = [event for event in events if isinstance(event, ChatMessageStreamDelta)]
            calls = [call.function for delta in deltas for call in delta.tool_calls or []]
            yield "chat stream", "|".join(call.arguments for call in calls if call.arguments)
        """#

    /// A model with OpenAI's two interfaces, streamed or not: asks for the state of all orders at once, then says what it was told.
    ///
    /// It answers to `ReplayScripts.ownKey` alone. Its ids are new ones every time, as those of a real model.
    /// An agent with a tool `final_answer` is answered through it.
    static let model = #"""
        import http.server, json, re, uuid

        def texts(content):
            if isinstance(content, str): return content
            return "".join(part.get("text") or "" for part in content or [])

        def found(body):
            "What the tool has found, as far as the conversation has come."
            for item in body.get("input") or []:
                if item.get("type") == "function_call_output": yield texts(item["output"])
            for message in body.get("messages") or []:
                # smolagents hands results on as one observation of the user.
                text, mark = texts(message["content"]), "Observation:\n"
                if message["role"] == "tool" or text.startswith(mark): yield text.removeprefix(mark).replace("\n", ", ")

        class Model(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def log_message(self, *arguments): pass

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                if self.headers["authorization"] != "Bearer \#(ReplayScripts.ownKey)": return self.send_error(401)
                tools = [tool.get("function", tool)["name"] for tool in body.get("tools") or []]
                results = ", ".join(found(body))
                said = json.dumps(body.get("input") or body.get("messages"))
                text, calls = "The state of your order: " + results, []
                if not results: calls = [("order_state", {"order": order}) for order in re.findall("order ([A-Z]-[0-9]+)", said)]
                elif "final_answer" in tools: calls = [("final_answer", {"answer": text})]
                answer = self.as_response if self.path.endswith("/responses") else self.as_chat
                whole, events, end = answer(body["model"], text, calls)
                self.send_response(200)
                self.send_header("content-type", "text/event-stream" if body.get("stream") else "application/json")
                data = b"".join(events) + end if body.get("stream") else json.dumps(whole).encode()
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def as_chat(self, model, text, calls):
                # smolagents tells results in the order of the ids.
                calls = [{"id": "call_%02d%s" % (number, uuid.uuid4().hex[:22]), "type": "function",
                          "function": {"name": tool, "arguments": json.dumps(values)}}
                         for number, (tool, values) in enumerate(calls)]
                message = {"role": "assistant", "content": None, "tool_calls": calls} if calls else {"role": "assistant", "content": text}
                reason = "tool_calls" if calls else "stop"
                usage = {"prompt_tokens": 40, "completion_tokens": 9, "total_tokens": 49}
                base = {"id": "chatcmpl-" + uuid.uuid4().hex, "created": 1700000000, "model": model}
                whole = {**base, "object": "chat.completion", "usage": usage,
                         "choices": [{"index": 0, "message": message, "finish_reason": reason, "logprobs": None}]}
                deltas = [{"role": "assistant", "content": None if calls else ""}]
                for number, call in enumerate(calls):
                    function = call["function"]
                    deltas.append({"tool_calls": [{**call, "index": number, "function": {**function, "arguments": ""}}]})
                    deltas += [{"tool_calls": [{"index": number, "function": {"arguments": part}}]} for part in cut(function["arguments"])]
                if not calls: deltas += [{"content": part} for part in cut(text)]
                chunks = [(delta, None) for delta in deltas] + [({}, reason)]
                chunks = [{"choices": [{"index": 0, "delta": delta, "finish_reason": end}]} for delta, end in chunks]
                chunks.append({"choices": [], "usage": usage})
                return whole, [event({**base, "object": "chat.completion.chunk", **chunk}) for chunk in chunks], b"data: [DONE]\n\n"

            def as_response(self, model, text, calls):
                content = [{"type": "output_text", "text": text, "annotations": []}]
                items = [{"type": "function_call", "id": "fc_" + uuid.uuid4().hex, "call_id": "call_" + uuid.uuid4().hex[:24],
                          "name": tool, "arguments": json.dumps(values), "status": "completed"} for tool, values in calls]
                items = items or [{"type": "message", "id": "msg_" + uuid.uuid4().hex, "role": "assistant", "status": "completed",
                                   "content": content}]
                usage = {"input_tokens": 40, "input_tokens_details": {"cached_tokens": 0}, "output_tokens": 9,
                         "output_tokens_details": {"reasoning_tokens": 0}, "total_tokens": 49}
                whole = {"id": "resp_" + uuid.uuid4().hex, "object": "response", "created_at": 1700000000, "model": model,
                         "status": "completed", "output": items, "parallel_tool_calls": True, "tool_choice": "auto", "tools": [],
                         "error": None, "incomplete_details": None, "usage": usage}
                events = [{"type": "response.created", "response": {**whole, "output": [], "status": "in_progress", "usage": None}}]
                for number, item in enumerate(items):
                    events += self.item_events({"item_id": item["id"], "output_index": number}, item)
                events.append({"type": "response.completed", "response": whole})
                return whole, [event({**value, "sequence_number": number}) for number, value in enumerate(events)], b""

            def item_events(self, place, item):
                added = {"type": "response.output_item.added", "output_index": place["output_index"]}
                if item["type"] == "function_call":
                    kind, text = "response.function_call_arguments", item["arguments"]
                    yield {**added, "item": {**item, "arguments": "", "status": "in_progress"}}
                    for part in cut(text): yield {"type": kind + ".delta", **place, "delta": part}
                    yield {"type": kind + ".done", **place, "name": item["name"], "arguments": text}
                else:
                    kind, part = "response.output_text", item["content"][0]
                    place = {**place, "content_index": 0}
                    yield {**added, "item": {**item, "content": [], "status": "in_progress"}}
                    yield {"type": "response.content_part.added", **place, "part": {**part, "text": ""}}
                    for text in cut(part["text"]): yield {"type": kind + ".delta", **place, "delta": text, "logprobs": []}
                    yield {"type": kind + ".done", **place, "text": part["text"], "logprobs": []}
                    yield {"type": "response.content_part.done", **place, "part": part}
                yield {"type": "response.output_item.done", "output_index": place["output_index"], "item": item}

        def cut(text): return [text[start:start + 9] for start in range(0, len(text), 9)]
        def event(value):
            name = f"event: {value['type']}\n" if "type" in value else ""
            return f"{name}data: {json.dumps(value)}\n\n".encode()

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Model)
        print(server.server_port, flush=True)
        server.serve_forever()
        """#
}
