"""Requests a second that a replay server answers, by the number of recordings; needs wrk (apt-get install wrk).

    python3 replay_load.py --rung PATH [--recordings 10,1000,100000] [--seconds 10] [--mitmdump PATH]

Each request is a chat completion whose body asks for a random one of the recordings. With --mitmdump (from a virtual environment with
mitmproxy, whose Python must run this script then) its server replay answers the same requests from the same recordings.
"""
import argparse, json, os, re, signal, subprocess, sys, tempfile, time, urllib.request

SYSTEM = "You are a helpful assistant for a shop. Answer shortly."
LUA = """
local path, n, head = "%s", %d, {["content-type"] = "application/json", ["authorization"] = "Bearer rung-replay"}
local before = '{"model": "gpt-4o", "messages": [{"role": "system", "content": "%s"}, {"role": "user", "content": "What about order '
function init() math.randomseed(%d) end
function request()
  return wrk.format("POST", path, head, before .. math.random(0, n - 1) .. '?"}], "temperature": 0}')
end
function done(summary) io.write("failed: ", summary.errors.status + summary.errors.read + summary.errors.timeout, "\\n") end
"""


def question(i):
    messages = [{"role": "system", "content": SYSTEM}, {"role": "user", "content": f"What about order {i}?"}]
    return {"model": "gpt-4o", "messages": messages, "temperature": 0}


def answer(i):
    message = {"role": "assistant", "content": f"Order {i} is on its way."}
    usage = {"prompt_tokens": 30, "completion_tokens": 9, "total_tokens": 39}
    return {"id": f"chatcmpl-{i}", "object": "chat.completion", "created": 1, "model": "gpt-4o",
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}], "usage": usage}


def write_cassette(path, count):
    with open(path, "w") as file:
        header = {"kind": "cassette", "format": 1, "scenario": "load", "recorder": "replay_load",
                  "normalizers": ["request-ids", "timestamps", "tool-call-ids"]}
        file.write(json.dumps(header) + "\n")
        for i in range(count):
            request = {"method": "POST", "url": "https://api.openai.com/v1/chat/completions", "body": {"json": question(i)}}
            response = {"status": 200, "headers": ["content-type: application/json"], "body": [{"json": answer(i)}]}
            file.write(json.dumps({"kind": "exchange", "name": f"x{i}", "request": request, "response": response}) + "\n")


def write_flows(path, count):
    from mitmproxy import connection, http, io
    with open(path, "wb") as file:
        writer = io.FlowWriter(file)
        for i in range(count):
            client = connection.Client(peername=("127.0.0.1", 1), sockname=("127.0.0.1", 2), timestamp_start=1)
            flow = http.HTTPFlow(client, connection.Server(address=("127.0.0.1", 9)))
            body = json.dumps(question(i))
            flow.request = http.Request.make("POST", "http://127.0.0.1:9/v1/chat/completions", body, {"content-type": "application/json"})
            flow.response = http.Response.make(200, json.dumps(answer(i)), {"content-type": "application/json"})
            writer.add(flow)


def load(url, path, count, seconds, connections):
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(LUA % (path, count, SYSTEM, 7))
        script.flush()
        words = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", script.name, url]
        text = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
    return rate, re.search(r"\n\s+50%\s+(\S+)", text)[1], re.search(r"\n\s+99%\s+(\S+)", text)[1], int(re.search(r"failed: (\d+)", text)[1])


def processor_seconds(pid):
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_memory(pid):
    return int(re.search(r"VmHWM:\s+(\d+)", open(f"/proc/{pid}/status").read())[1]) // 1024


def measure(name, process, url, path, count, options):
    load(url, path, count, 1, options.connections)
    before = processor_seconds(process.pid)
    rate, median, late, failed = load(url, path, count, options.seconds, options.connections)
    cost = (processor_seconds(process.pid) - before) / (rate * options.seconds) * 1e6
    print(f"{name:10} {count:7} recordings {rate:9.0f} requests/s  p50 {median}  p99 {late}  {cost:6.1f} us of CPU each  "
          f"{peak_memory(process.pid)} MiB  failed {failed}", flush=True)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rung")
    parser.add_argument("--mitmdump")
    parser.add_argument("--recordings", default="10,1000,100000")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--connections", type=int, default=32)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for count in map(int, options.recordings.split(",")):
            if options.rung:
                cassette = f"{folder}/{count}.jsonl"
                write_cassette(cassette, count)
                start = time.time()
                words = [options.rung, "replay", "serve", "--cassette", cassette, "--repeat", "--format", "json"]
                process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
                url = json.loads(process.stdout.readline())["environment"]["OPENAI_BASE_URL"] + "/chat/completions"
                print(f"opened in {time.time() - start:.2f} s", flush=True)
                measure("rung", process, url, url[url.index("/t/"):], count, options)
            if options.mitmdump:
                flows, port = f"{folder}/{count}.flows", 18431
                write_flows(flows, count)
                words = [options.mitmdump, "-q", "--mode", "reverse:http://127.0.0.1:9", "-p", str(port), "--server-replay", flows,
                         "--set", "server_replay_reuse=true", "--set", "server_replay_extra=404", "--set", "connection_strategy=lazy"]
                process = subprocess.Popen(words)
                for _ in range(600):
                    try:
                        data = json.dumps(question(0)).encode()
                        request = urllib.request.Request(f"http://127.0.0.1:{port}/v1/chat/completions", data, {"content-type": "application/json"})
                        urllib.request.urlopen(request).read()
                        break
                    except OSError:
                        time.sleep(0.2)
                measure("mitmproxy", process, f"http://127.0.0.1:{port}/", "/v1/chat/completions", count, options)


main()
