/// Agents of frameworks, each with `answers(question)` as `Framework` tells, and a model that knows nothing of them.
enum FrameworkScripts {
    /// OpenAI Agents SDK.
    static let openAIAgents = #"""
        import agents, asyncio
        from openai import AsyncOpenAI
        @agents.function_tool
        def order_state(order: str) -> str:
            "Looks up the state of an order."
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
        from pydantic_ai import Agent
        async def answers(question):
            for name in ["chat", "responses"]:
                agent = Agent(f"openai-{name}:gpt-test", instructions="Answer questions about orders.")
                @agent.tool_plain
                def order_state(order: str) -> str:
                    "Looks up the state of an order."
                    return f"{order} was shipped on Monday"
                yield name, (await agent.run(question)).output
                async with agent.run_stream(question + " Quick!") as streamed:
                    yield name + " stream", "|".join([part async for part in streamed.stream_text(delta=True, debounce_by=None)])
        """#

    /// LangGraph, with the models of langchain-openai.
    static let langGraph = #"""
        from langchain_core.tools import tool
        from langchain_openai import ChatOpenAI
        from langgraph.graph import START, MessagesState, StateGraph
        from langgraph.prebuilt import ToolNode, tools_condition
        @tool
        def order_state(order: str) -> str:
            "Looks up the state of an order."
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
        from rich.console import Console
        from smolagents import AgentLogger, ChatMessageStreamDelta, OpenAIModel, ToolCallingAgent, tool
        @tool
        def order_state(order: str) -> str:
            """Looks up the state of an order.

            Args:
                order: Name of the order.
            """
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

    /// A model with OpenAI's two interfaces, streamed or not: asks for the state of the order, then says what it was told.
    ///
    /// It answers to `ReplayScripts.ownKey` alone. Its ids are new ones every time, as those of a real model.
    /// An agent with a tool `final_answer` is answered through it.
    static let model = #"""
        import http.server, json, re, uuid

        def texts(content):
            if isinstance(content, str): return content
            return "".join(part.get("text") or "" for part in content or [])

        def found(body):
            "What the tool has found, as far as the conversation has come; None before."
            for item in body.get("input") or []:
                if item.get("type") == "function_call_output": return texts(item["output"])
            for message in body.get("messages") or []:
                # smolagents hands a result on as an observation of the user.
                text, mark = texts(message["content"]), "Observation:\n"
                if message["role"] == "tool" or text.startswith(mark): return text.removeprefix(mark)

        class Model(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def log_message(self, *arguments): pass

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                if self.headers["authorization"] != "Bearer \#(ReplayScripts.ownKey)": return self.send_error(401)
                tools = [tool.get("function", tool)["name"] for tool in body.get("tools") or []]
                result = found(body)
                said = json.dumps(body.get("input") or body.get("messages"))
                if result is None: turn = "order_state", {"order": re.findall("order ([A-Z]-[0-9]+)", said)[-1]}
                elif "final_answer" in tools: turn = "final_answer", {"answer": "The state of your order: " + result}
                else: turn = None, "The state of your order: " + result
                answer = self.as_response if self.path.endswith("/responses") else self.as_chat
                whole, events, end = answer(body["model"], *turn)
                self.send_response(200)
                self.send_header("content-type", "text/event-stream" if body.get("stream") else "application/json")
                data = b"".join(events) + end if body.get("stream") else json.dumps(whole).encode()
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def as_chat(self, model, tool, value):
                name = "chatcmpl-" + uuid.uuid4().hex
                call = {"id": "call_" + uuid.uuid4().hex[:24], "type": "function",
                        "function": {"name": tool, "arguments": json.dumps(value)}}
                message = {"role": "assistant", "content": None, "tool_calls": [call]} if tool else {"role": "assistant", "content": value}
                reason = "tool_calls" if tool else "stop"
                usage = {"prompt_tokens": 40, "completion_tokens": 9, "total_tokens": 49}
                base = {"id": name, "created": 1700000000, "model": model}
                whole = {**base, "object": "chat.completion", "usage": usage,
                         "choices": [{"index": 0, "message": message, "finish_reason": reason, "logprobs": None}]}
                deltas = [{"role": "assistant", "content": None if tool else ""}]
                if tool:
                    deltas.append({"tool_calls": [{**call, "index": 0, "function": {"name": tool, "arguments": ""}}]})
                    deltas += [{"tool_calls": [{"index": 0, "function": {"arguments": part}}]} for part in cut(json.dumps(value))]
                else: deltas += [{"content": part} for part in cut(value)]
                chunks = [(delta, None) for delta in deltas] + [({}, reason)]
                chunks = [{"choices": [{"index": 0, "delta": delta, "finish_reason": end}]} for delta, end in chunks]
                chunks.append({"choices": [], "usage": usage})
                return whole, [event({**base, "object": "chat.completion.chunk", **chunk}) for chunk in chunks], b"data: [DONE]\n\n"

            def as_response(self, model, tool, value):
                name = "resp_" + uuid.uuid4().hex
                if tool:
                    item = {"type": "function_call", "id": "fc_" + uuid.uuid4().hex, "call_id": "call_" + uuid.uuid4().hex[:24],
                            "name": tool, "arguments": json.dumps(value), "status": "completed"}
                    empty = {**item, "arguments": "", "status": "in_progress"}
                else:
                    part = {"type": "output_text", "text": value, "annotations": []}
                    item = {"type": "message", "id": "msg_" + uuid.uuid4().hex, "role": "assistant", "status": "completed",
                            "content": [part]}
                    empty = {**item, "content": [], "status": "in_progress"}
                whole = {"id": name, "object": "response", "created_at": 1700000000, "model": model, "status": "completed",
                         "output": [item], "parallel_tool_calls": True, "tool_choice": "auto", "tools": [], "error": None,
                         "incomplete_details": None,
                         "usage": {"input_tokens": 40, "input_tokens_details": {"cached_tokens": 0}, "output_tokens": 9,
                                   "output_tokens_details": {"reasoning_tokens": 0}, "total_tokens": 49}}
                started = {**whole, "output": [], "status": "in_progress", "usage": None}
                place = {"item_id": item["id"], "output_index": 0}
                events = [{"type": "response.created", "response": started},
                          {"type": "response.output_item.added", "output_index": 0, "item": empty}]
                if tool:
                    kind = "response.function_call_arguments"
                    events += [{"type": kind + ".delta", **place, "delta": part} for part in cut(item["arguments"])]
                    events.append({"type": kind + ".done", **place, "name": tool, "arguments": item["arguments"]})
                else:
                    place["content_index"] = 0
                    events.append({"type": "response.content_part.added", **place, "part": {**part, "text": ""}})
                    events += [{"type": "response.output_text.delta", **place, "delta": text, "logprobs": []} for text in cut(value)]
                    events.append({"type": "response.output_text.done", **place, "text": value, "logprobs": []})
                    events.append({"type": "response.content_part.done", **place, "part": part})
                events.append({"type": "response.output_item.done", "output_index": 0, "item": item})
                events.append({"type": "response.completed", "response": whole})
                return whole, [event({**value, "sequence_number": number}) for number, value in enumerate(events)], b""

        def cut(text): return [text[start:start + 9] for start in range(0, len(text), 9)]
        def event(value):
            name = f"event: {value['type']}\n" if "type" in value else ""
            return f"{name}data: {json.dumps(value)}\n\n".encode()

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Model)
        print(server.server_port, flush=True)
        server.serve_forever()
        """#
}
