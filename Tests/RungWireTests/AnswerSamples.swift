import RungText
import RungWire

extension AnswerSample {
    private static let chat = "https://api.openai.com/v1/chat/completions"
    private static let responses = "https://api.openai.com/v1/responses"
    private static let messages = "https://api.anthropic.com/v1/messages"
    private static let gemini = "https://generativelanguage.googleapis.com/v1beta/models/gemini-x"
    private static let bedrock = "https://bedrock-runtime.us-east-1.amazonaws.com/model/some.model-v1%3A0"

    /// Every protocol, plain and streamed.
    static let all: [AnswerSample] = openAI + openAIResponses + anthropic + google + amazon + others

    private static let openAI: [AnswerSample] = [
        .plain(
            "chat with two choices", chat,
            #"""
            {"model": "m-1", "choices": [
              {"index": 1, "finish_reason": "length", "message": {"content": "second", "refusal": null}},
              {"index": 0, "finish_reason": "tool_calls", "message": {"content": null, "refusal": "no", "reasoning_content": "hm",
                "tool_calls": [{"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{\"a\":1}"}}]}}],
             "usage": {"prompt_tokens": 5, "completion_tokens": 7, "prompt_tokens_details": {"cached_tokens": 2},
               "completion_tokens_details": {"reasoning_tokens": 3}}}
            """#,
            ModelAnswer(
                model: "m-1",
                outputs: [
                    .init(
                        refusal: "no", reasoning: "hm", toolCalls: [.init(id: "c1", name: "f", arguments: #"{"a":1}"#)],
                        finish: "tool_calls"),
                    .init(text: "second", finish: "length"),
                ], usage: ModelUsage(input: 5, output: 7, cacheRead: 2, reasoning: 3))),
        .events(
            "chat stream with usage in the last chunk", chat,
            [
                #"{"model":"m-1","choices":[{"index":0,"delta":{"role":"assistant","content":"Grü"}}]}"#,
                #"{"model":"m-1","choices":[{"index":0,"delta":{"content":"ße 👋"}}]}"#,
                #"{"model":"m-1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1","function":{"name":"f","arguments":""}}]}}]}"#,
                #"{"model":"m-1","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"c2","function":{"name":"g","arguments":"{}"}}]}}]}"#,
                #"{"model":"m-1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"x\":"}}]}}]}"#,
                #"{"model":"m-1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"1}"}}]}}]}"#,
                #"{"model":"m-1","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}],"usage":null}"#,
                #"{"model":"m-1","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4}}"#, "[DONE]",
            ],
            ModelAnswer(
                model: "m-1",
                outputs: [
                    .init(
                        text: "Grüße 👋",
                        toolCalls: [.init(id: "c1", name: "f", arguments: #"{"x":1}"#), .init(id: "c2", name: "g", arguments: "{}")],
                        finish: "tool_calls")
                ], usage: ModelUsage(input: 3, output: 4))),
        .events(
            "chat stream whose calls have no index", chat,
            [
                #"{"model":"m","choices":[{"delta":{"tool_calls":[{"index":null,"id":"a","function":{"name":"f","arguments":"{\"x\""}}]}}]}"#,
                #"{"model":"m","choices":[{"delta":{"tool_calls":[{"index":null,"function":{"arguments":":1}"}}]}}]}"#,
                #"{"model":"m","choices":[{"delta":{"tool_calls":[{"index":null,"id":"b","function":{"name":"g","arguments":"{"}}]}}]}"#,
                #"{"model":"m","choices":[{"delta":{"tool_calls":[{"index":null,"id":"b","function":{"arguments":"}"}}]},"finish_reason":"tool_calls"}]}"#,
            ],
            ModelAnswer(
                model: "m",
                outputs: [
                    .init(
                        toolCalls: [.init(id: "a", name: "f", arguments: #"{"x":1}"#), .init(id: "b", name: "g", arguments: "{}")],
                        finish: "tool_calls")
                ])),
        .events(
            "chat stream that an error ends", chat,
            [
                #"{"model":"m","choices":[{"index":0,"delta":{"content":"half of"}}]}"#,
                #"{"error":{"message":"the server had an error over your prompt","type":"server_error","code":500}}"#,
            ],
            ModelAnswer(
                model: "m", outputs: [.init(text: "half of")], error: ModelAnswerError(.reported, codes: ["server_error", "500"]))),
        .events(
            "chat stream that breaks off", chat, [#"{"model":"m","choices":[{"index":0,"delta":{"content":"half"}}]}"#],
            ModelAnswer(model: "m", outputs: [.init(text: "half")], error: ModelAnswerError(.cutOff))),
        .plain(
            "chat that was refused", chat, status: 429,
            #"{"error": {"message": "you said: my secret prompt", "type": "requests", "code": "rate_limit_exceeded"}}"#,
            ModelAnswer(error: ModelAnswerError(.refused(status: 429), codes: ["requests", "rate_limit_exceeded"]))),
        .plain(
            "chat whose error has status 200", chat, #"{"error": {"message": "filtered", "code": "content_filter", "type": null}}"#,
            ModelAnswer(error: ModelAnswerError(.reported, codes: ["content_filter"]))),
        .plain("chat that is no JSON", chat, "<html>", ModelAnswer(error: ModelAnswerError(.unreadable("the answer is not JSON")))),
        .events(
            "chat stream with an event that is no JSON", chat,
            ["oops", #"{"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"}]}"#],
            ModelAnswer(
                outputs: [.init(text: "a", finish: "stop")],
                error: ModelAnswerError(.unreadable("event 1 of the stream is not JSON")))),
        .plain(
            "completion", "https://api.openai.com/v1/completions",
            #"{"model": "d", "choices": [{"text": "a", "index": 0, "finish_reason": "stop"}], "usage": {"prompt_tokens": 1, "completion_tokens": 2}}"#,
            ModelAnswer(model: "d", outputs: [.init(text: "a", finish: "stop")], usage: ModelUsage(input: 1, output: 2))),
        .plain(
            "embedding", "https://api.openai.com/v1/embeddings",
            #"{"model": "e", "data": [{"embedding": [0.5]}], "usage": {"prompt_tokens": 4, "total_tokens": 4}}"#,
            ModelAnswer(model: "e", usage: ModelUsage(input: 4))),
    ]

    private static let response = #"""
        {"model":"r-1","status":"completed","error":null,"output":[
          {"type":"reasoning","summary":[{"type":"summary_text","text":"thinking"}]},
          {"type":"web_search_call","status":"completed"},
          {"type":"message","content":[{"type":"output_text","text":"Hel"},{"type":"output_text","text":"lo"}]},
          {"type":"function_call","call_id":"c","name":"f","arguments":"{}"}],
         "usage":{"input_tokens":9,"output_tokens":8,"input_tokens_details":{"cached_tokens":1},"output_tokens_details":{"reasoning_tokens":5}}}
        """#
    private static let responseAnswer = ModelAnswer(
        model: "r-1",
        outputs: [
            .init(text: "Hello", reasoning: "thinking", toolCalls: [.init(id: "c", name: "f", arguments: "{}")], finish: "completed")
        ], usage: ModelUsage(input: 9, output: 8, cacheRead: 1, reasoning: 5))
    private static let responseStart = [
        #"response.created {"type":"response.created","response":{"model":"r-1","output":[]}}"#,
        #"response.output_item.added {"type":"response.output_item.added","output_index":0,"item":{"type":"message","content":[]}}"#,
        #"response.output_text.delta {"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"Hel"}"#,
        #"response.output_item.added {"type":"response.output_item.added","output_index":1,"item":{"type":"function_call","call_id":"c","name":"f","arguments":""}}"#,
        #"response.function_call_arguments.delta {"type":"response.function_call_arguments.delta","output_index":1,"delta":"{}"}"#,
        #"response.output_text.delta {"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"lo"}"#,
    ]
    private static let responseDraft = ModelAnswer.Output(text: "Hello", toolCalls: [.init(id: "c", name: "f", arguments: "{}")])

    private static let openAIResponses: [AnswerSample] = [
        .plain("response", responses, response, responseAnswer),
        .events(
            "response stream", responses,
            responseStart + [#"response.completed {"type":"response.completed","response":\#(response.replacing("\n", with: " "))}"#],
            responseAnswer),
        .events(
            "response stream whose end holds no output", responses,
            responseStart + [
                #"response.completed {"type":"response.completed","response":{"model":"r-1","status":"completed","output":[]}}"#
            ],
            ModelAnswer(
                model: "r-1", outputs: [.init(text: "Hello", toolCalls: responseDraft.toolCalls, finish: "completed")])),
        .events(
            "response stream that breaks off", responses, responseStart,
            ModelAnswer(model: "r-1", outputs: [responseDraft], error: ModelAnswerError(.cutOff))),
        .events(
            "response stream that fails", responses,
            responseStart + [
                #"response.failed {"type":"response.failed","response":{"model":"r-1","status":"failed","output":[],"error":{"code":"server_error","message":"x"}}}"#
            ],
            ModelAnswer(
                model: "r-1", outputs: [.init(text: "Hello", toolCalls: responseDraft.toolCalls, finish: "failed")],
                error: ModelAnswerError(.reported, codes: ["server_error"]))),
        .events(
            "response stream with an error", responses, [#"error {"type":"error","code":"rate_limit_exceeded","message":"slow down"}"#],
            ModelAnswer(error: ModelAnswerError(.reported, codes: ["rate_limit_exceeded"]))),
    ]

    private static let anthropicEvents = [
        #"message_start {"type":"message_start","message":{"model":"c-1","content":[],"usage":{"input_tokens":4,"cache_read_input_tokens":100,"cache_creation_input_tokens":0,"output_tokens":1}}}"#,
        #"content_block_start {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}}"#,
        #"ping {"type":"ping"}"#,
        #"content_block_delta {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}"#,
        #"content_block_start {"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}"#,
        #"content_block_delta {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Hi "}}"#,
        #"content_block_delta {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"there"}}"#,
        #"content_block_start {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"t1","name":"f","input":{}}}"#,
        #"content_block_delta {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":""}}"#,
        #"content_block_delta {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\"a\":"}}"#,
        #"content_block_delta {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":" 1}"}}"#,
        #"content_block_start {"type":"content_block_start","index":3,"content_block":{"type":"tool_use","id":"t2","name":"g","input":{}}}"#,
        #"content_block_stop {"type":"content_block_stop","index":3}"#,
    ]
    private static let anthropicEnd = [
        #"message_delta {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":22}}"#,
        #"message_stop {"type":"message_stop"}"#,
    ]
    private static let anthropicAnswer = ModelAnswer(
        model: "c-1",
        outputs: [
            .init(
                text: "Hi there", reasoning: "hm",
                toolCalls: [.init(id: "t1", name: "f", arguments: #"{"a": 1}"#), .init(id: "t2", name: "g", arguments: "{}")],
                finish: "tool_use")
        ], usage: ModelUsage(input: 4, output: 22, cacheRead: 100, cacheCreation: 0))

    private static let anthropic: [AnswerSample] = [
        .plain(
            "message", messages,
            #"""
            {"type": "message", "model": "c-1", "stop_reason": "tool_use", "content": [
              {"type": "thinking", "thinking": "hm"}, {"type": "text", "text": "Hi "}, {"type": "text", "text": "there"},
              {"type": "tool_use", "id": "t1", "name": "f", "input": {"a":1}},
              {"type": "server_tool_use", "id": "s", "name": "web_search", "input": {}},
              {"type": "tool_use", "id": "t2", "name": "g", "input": {}}],
             "usage": {"input_tokens": 4, "output_tokens": 22, "cache_read_input_tokens": 100, "cache_creation_input_tokens": 0}}
            """#, anthropicAnswer),
        .events("message stream", messages, anthropicEvents + anthropicEnd, anthropicAnswer),
        .events(
            "message stream that an error ends", messages,
            anthropicEvents.prefix(7) + [#"error {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#],
            ModelAnswer(
                model: "c-1", outputs: [.init(text: "Hi there", reasoning: "hm")],
                usage: ModelUsage(input: 4, output: 1, cacheRead: 100, cacheCreation: 0),
                error: ModelAnswerError(.reported, codes: ["overloaded_error"]))),
        .messages(
            "message stream of Bedrock", bedrock + "/invoke-with-response-stream", asked: #"{"anthropic_version":"b"}"#,
            [
                "chunk": #"{"bytes":"eyJ0eXBlIjoibWVzc2FnZV9zdGFydCIsIm1lc3NhZ2UiOnsibW9kZWwiOiJjLTEifX0=","p":"abc"}"#,
                "chunk":
                    #"{"bytes":"eyJ0eXBlIjoiY29udGVudF9ibG9ja19kZWx0YSIsImluZGV4IjowLCJkZWx0YSI6eyJ0eXBlIjoidGV4dF9kZWx0YSIsInRleHQiOiJoaSJ9fQ=="}"#,
                "chunk": #"{"bytes":"eyJ0eXBlIjoibWVzc2FnZV9zdG9wIn0="}"#,
            ], ModelAnswer(model: "c-1", outputs: [.init(text: "hi")])),
    ]

    private static let google: [AnswerSample] = [
        .plain(
            "content", gemini + ":generateContent",
            #"""
            {"candidates": [{"index": 0, "finishReason": "STOP", "content": {"parts": [
              {"text": "hm", "thought": true}, {"text": "a"}, {"text": "b"}, {"functionCall": {"name": "f", "args": {"x": [1, 2]}}}]}}],
             "usageMetadata": {"promptTokenCount": 3, "candidatesTokenCount": 2, "thoughtsTokenCount": 9, "cachedContentTokenCount": 1},
             "modelVersion": "gemini-x-001"}
            """#,
            ModelAnswer(
                model: "gemini-x-001",
                outputs: [.init(text: "ab", reasoning: "hm", toolCalls: [.init(name: "f", arguments: #"{"x": [1, 2]}"#)], finish: "STOP")],
                usage: ModelUsage(input: 3, output: 2, cacheRead: 1, reasoning: 9))),
        .events(
            "content stream", gemini + ":streamGenerateContent?alt=sse",
            [
                #"{"candidates":[{"content":{"parts":[{"text":"a"}]}}],"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":1}}"#,
                #"{"candidates":[{"content":{"parts":[{"text":"b"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":2}}"#,
            ],
            ModelAnswer(model: "gemini-x", outputs: [.init(text: "ab", finish: "STOP")], usage: ModelUsage(input: 3, output: 2))),
        .plain(
            "content stream as an array", gemini + ":streamGenerateContent",
            #"[{"candidates":[{"content":{"parts":[{"text":"a"}]}}]},{"candidates":[{"content":{"parts":[{"text":"b"}]},"finishReason":"STOP"}]}]"#,
            ModelAnswer(model: "gemini-x", outputs: [.init(text: "ab", finish: "STOP")])),
        .plain(
            "content of a blocked prompt", gemini + ":generateContent", #"{"promptFeedback": {"blockReason": "SAFETY"}}"#,
            ModelAnswer(model: "gemini-x", error: ModelAnswerError(.reported, codes: ["SAFETY"]))),
        .plain(
            "content that was refused", gemini + ":generateContent", status: 404,
            #"[{"error": {"code": 404, "message": "no such model", "status": "NOT_FOUND"}}]"#,
            ModelAnswer(model: "gemini-x", error: ModelAnswerError(.refused(status: 404), codes: ["NOT_FOUND"]))),
    ]

    private static let amazon: [AnswerSample] = [
        .plain(
            "converse", bedrock + "/converse",
            #"""
            {"output": {"message": {"role": "assistant", "content": [
              {"reasoningContent": {"reasoningText": {"text": "hm"}}}, {"text": "hi"},
              {"toolUse": {"toolUseId": "t", "name": "f", "input": {"a": "b"}}}]}},
             "stopReason": "tool_use", "usage": {"inputTokens": 1, "outputTokens": 2, "cacheReadInputTokens": 3, "cacheWriteInputTokens": 4}}
            """#,
            ModelAnswer(
                model: "some.model-v1:0",
                outputs: [
                    .init(
                        text: "hi", reasoning: "hm", toolCalls: [.init(id: "t", name: "f", arguments: #"{"a": "b"}"#)], finish: "tool_use")
                ], usage: ModelUsage(input: 1, output: 2, cacheRead: 3, cacheCreation: 4))),
        .messages(
            "converse stream", bedrock + "/converse-stream",
            [
                "messageStart": #"{"role":"assistant"}"#, "contentBlockDelta": #"{"contentBlockIndex":0,"delta":{"text":"h"}}"#,
                "contentBlockDelta": #"{"contentBlockIndex":0,"delta":{"text":"i"}}"#, "contentBlockStop": #"{"contentBlockIndex":0}"#,
                "contentBlockStart": #"{"contentBlockIndex":1,"start":{"toolUse":{"toolUseId":"t","name":"f"}}}"#,
                "contentBlockDelta": #"{"contentBlockIndex":1,"delta":{"toolUse":{"input":"{\"a\":"}}}"#,
                "contentBlockDelta": #"{"contentBlockIndex":1,"delta":{"toolUse":{"input":"1}"}}}"#,
                "messageStop": #"{"stopReason":"tool_use"}"#, "metadata": #"{"usage":{"inputTokens":5,"outputTokens":6}}"#,
            ],
            ModelAnswer(
                model: "some.model-v1:0",
                outputs: [.init(text: "hi", toolCalls: [.init(id: "t", name: "f", arguments: #"{"a":1}"#)], finish: "tool_use")],
                usage: ModelUsage(input: 5, output: 6))),
        .messages(
            "converse stream that an exception ends", bedrock + "/converse-stream",
            ["messageStart": #"{"role":"assistant"}"#, "modelStreamErrorException": #"{"message":"your prompt was odd"}"#],
            ModelAnswer(
                model: "some.model-v1:0", outputs: [.init()],
                error: ModelAnswerError(.reported, codes: ["modelStreamErrorException"]))),
        .plain(
            "converse that was refused", bedrock + "/converse", status: 400,
            headers: ["content-type": "application/json", "x-amzn-ErrorType": "ValidationException:http://internal.amazon.com/"],
            #"{"message":"no"}"#,
            ModelAnswer(
                model: "some.model-v1:0", error: ModelAnswerError(.refused(status: 400), codes: ["ValidationException"]))),
        .plain(
            "invoked Titan", bedrock + "/invoke",
            #"{"inputTextTokenCount":3,"results":[{"tokenCount":2,"outputText":"hi","completionReason":"FINISH"}]}"#,
            ModelAnswer(model: "some.model-v1:0", outputs: [.init(text: "hi", finish: "FINISH")], usage: ModelUsage(input: 3, output: 2))),
        .messages(
            "invoked Llama stream", bedrock + "/invoke-with-response-stream",
            [
                "chunk": #"{"bytes":"eyJnZW5lcmF0aW9uIjoiaGkiLCJwcm9tcHRfdG9rZW5fY291bnQiOjR9"}"#,
                "chunk":
                    #"{"bytes":"eyJnZW5lcmF0aW9uIjoiISIsInN0b3BfcmVhc29uIjoic3RvcCIsImdlbmVyYXRpb25fdG9rZW5fY291bnQiOjJ9"}"#,
            ],
            ModelAnswer(model: "some.model-v1:0", outputs: [.init(text: "hi!", finish: "stop")], usage: ModelUsage(input: 4, output: 2))),
    ]

    private static let others: [AnswerSample] = [
        .messages(
            "invoked Nova stream", bedrock + "/invoke-with-response-stream",
            [
                "chunk": #"{"bytes":"eyJtZXNzYWdlU3RhcnQiOnsicm9sZSI6ImFzc2lzdGFudCJ9fQ=="}"#,
                "chunk": #"{"bytes":"eyJjb250ZW50QmxvY2tEZWx0YSI6eyJkZWx0YSI6eyJ0ZXh0IjoiaGkifSwiY29udGVudEJsb2NrSW5kZXgiOjB9fQ=="}"#,
                "chunk": #"{"bytes":"eyJtZXNzYWdlU3RvcCI6eyJzdG9wUmVhc29uIjoiZW5kX3R1cm4ifX0="}"#,
                "chunk": #"{"bytes":"eyJtZXRhZGF0YSI6eyJ1c2FnZSI6eyJpbnB1dFRva2VucyI6MSwib3V0cHV0VG9rZW5zIjoyfX19"}"#,
            ],
            ModelAnswer(model: "some.model-v1:0", outputs: [.init(text: "hi", finish: "end_turn")], usage: ModelUsage(input: 1, output: 2))),
        .plain(
            "Cohere", "https://api.cohere.com/v2/chat", asked: #"{"model":"co"}"#,
            #"""
            {"id":"1","finish_reason":"TOOL_CALL","message":{"role":"assistant","tool_plan":"plan","content":[{"type":"text","text":"hi"}],
              "tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},
             "usage":{"billed_units":{"input_tokens":1,"output_tokens":2},"tokens":{"input_tokens":11,"output_tokens":12}}}
            """#,
            ModelAnswer(
                model: "co",
                outputs: [
                    .init(text: "hi", reasoning: "plan", toolCalls: [.init(id: "c", name: "f", arguments: "{}")], finish: "TOOL_CALL")
                ],
                usage: ModelUsage(input: 11, output: 12))),
        .events(
            "Cohere stream", "https://api.cohere.com/v2/chat", asked: #"{"model":"co"}"#,
            [
                #"message-start {"type":"message-start","delta":{"message":{"content":[]}}}"#,
                #"tool-plan-delta {"type":"tool-plan-delta","delta":{"message":{"tool_plan":"plan"}}}"#,
                #"tool-call-start {"type":"tool-call-start","index":0,"delta":{"message":{"tool_calls":{"id":"c","function":{"name":"f","arguments":""}}}}}"#,
                #"tool-call-delta {"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":"{}"}}}}}"#,
                #"content-delta {"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"hi"}}}}"#,
                #"message-end {"type":"message-end","delta":{"finish_reason":"TOOL_CALL","usage":{"tokens":{"input_tokens":1,"output_tokens":2}}}}"#,
            ],
            ModelAnswer(
                model: "co",
                outputs: [
                    .init(text: "hi", reasoning: "plan", toolCalls: [.init(id: "c", name: "f", arguments: "{}")], finish: "TOOL_CALL")
                ],
                usage: ModelUsage(input: 1, output: 2))),
        .lines(
            "Cohere stream of the first version", "https://api.cohere.com/v1/chat", asked: #"{"model":"co"}"#,
            type: "application/stream+json",
            [
                #"{"event_type":"text-generation","text":"h"}"#, #"{"event_type":"text-generation","text":"i"}"#,
                #"{"event_type":"stream-end","finish_reason":"COMPLETE","response":{"text":"hi","meta":{"tokens":{"input_tokens":1,"output_tokens":2}}}}"#,
            ],
            ModelAnswer(model: "co", outputs: [.init(text: "hi", finish: "COMPLETE")], usage: ModelUsage(input: 1, output: 2))),
        .plain(
            "Ollama", "http://localhost:11434/api/chat",
            #"{"model":"o","message":{"content":"hi","thinking":"hm","tool_calls":[{"function":{"name":"f","arguments":{"a":1}}}]},"done":true,"done_reason":"stop","prompt_eval_count":1,"eval_count":2}"#,
            ModelAnswer(
                model: "o",
                outputs: [.init(text: "hi", reasoning: "hm", toolCalls: [.init(name: "f", arguments: #"{"a": 1}"#)], finish: "stop")],
                usage: ModelUsage(input: 1, output: 2))),
        .lines(
            "Ollama stream", "http://localhost:11434/api/generate",
            [
                #"{"model":"o","response":"h","done":false}"#,
                #"{"model":"o","response":"i","done":true,"done_reason":"stop","eval_count":2}"#,
            ],
            ModelAnswer(model: "o", outputs: [.init(text: "hi", finish: "stop")], usage: ModelUsage(output: 2))),
        .lines(
            "Ollama stream that an error ends", "http://localhost:11434/api/chat",
            [#"{"model":"o","message":{"content":"h"},"done":false}"#, #"{"error":"llama runner process has terminated: exit status 2"}"#],
            ModelAnswer(model: "o", outputs: [.init(text: "h")], error: ModelAnswerError(.reported))),
        .plain("a redirection", "https://example.com/files", status: 302, "", ModelAnswer()),
        .plain("a file", "https://api.openai.com/v1/files", #"{"id": "file-1"}"#, ModelAnswer()),
        .plain(
            "a file that is missing", "https://api.openai.com/v1/files", status: 404, #"{"error": {"code": "not_found"}}"#,
            ModelAnswer(error: ModelAnswerError(.refused(status: 404), codes: ["not_found"]))),
    ]
}
