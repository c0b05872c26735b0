"""Starts the OTLP/HTTP receiver, sends it spans of model calls, stops it, and tells what that took.

Usage: otlp_load.py RUNG STORE.db REQUESTS SPANS [CONNECTIONS]

Every span is a trace of its own, as an instrumented program without agents sends it. Bodies are made before the clock starts.
Needs opentelemetry-proto from PyPI. Prints: spans, seconds from the first byte to the last answer, CPU seconds of the receiver
from its start to its end, answers that were not 200.
"""

import hashlib
import http.client
import resource
import signal
import subprocess
import sys
import threading
import time
import urllib.parse

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

START = 1_790_000_000 * 10**9 - 90 * 86_400 * 10**9


def attribute(attributes, key, value):
    """Adds an attribute of the value's type."""
    item = attributes.add()
    item.key = key
    if isinstance(value, str):
        item.value.string_value = value
    elif isinstance(value, int):
        item.value.int_value = value
    else:
        item.value.double_value = value


def body(number, spans):
    """One request of that many spans."""
    request = ExportTraceServiceRequest()
    resource = request.resource_spans.add()
    attribute(resource.resource.attributes, "service.name", f"agent-{number % 20}")
    attribute(resource.resource.attributes, "deployment.environment.name", "production")
    scope = resource.scope_spans.add()
    for index in range(spans):
        digest = hashlib.sha256(f"{number} {index}".encode()).digest()
        span = scope.spans.add()
        span.trace_id = digest[:16]
        span.span_id = digest[16:24]
        span.name = "chat m-1"
        span.kind = 3
        span.start_time_unix_nano = START + (number * spans + index) * 1_000_000
        span.end_time_unix_nano = span.start_time_unix_nano + 740_000_000
        attribute(span.attributes, "gen_ai.operation.name", "chat")
        attribute(span.attributes, "gen_ai.provider.name", "openai")
        attribute(span.attributes, "gen_ai.request.model", "m-1")
        attribute(span.attributes, "gen_ai.response.model", "m-1-2026")
        attribute(span.attributes, "gen_ai.usage.input_tokens", 812)
        attribute(span.attributes, "gen_ai.usage.output_tokens", 164)
        attribute(span.attributes, "gen_ai.usage.cost", 0.0125)
        attribute(span.attributes, "enduser.id", f"user-{index % 50}")
    return request.SerializeToString()


def receiver(rung, store):
    """The receiver on a free port, and its address."""
    process = subprocess.Popen(
        [rung, "serve", "--evidence", store, "--listen", "127.0.0.1:0", "--allow-unsigned"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in process.stdout:
        if line.startswith("listening on "):
            return process, urllib.parse.urlsplit(line.split()[-1])
    raise SystemExit("the receiver did not start")


def main(rung, store, requests, spans, connections=8):
    bodies = [body(number, spans) for number in range(requests)]
    refused = []
    lock = threading.Lock()

    def send():
        link = http.client.HTTPConnection(place.hostname, place.port, timeout=120)
        while True:
            with lock:
                if not bodies:
                    break
                data = bodies.pop()
            while True:
                link.request("POST", "/v1/traces", data, {"content-type": "application/x-protobuf"})
                answer = link.getresponse()
                answer.read()
                if answer.status == 200:
                    break
                refused.append(answer.status)
                time.sleep(float(answer.headers.get("retry-after", "1")))
        link.close()

    process, place = receiver(rung, store)
    threads = [threading.Thread(target=send) for _ in range(connections)]
    begin = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - begin
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(requests * spans, round(seconds, 3), round(used.ru_utime + used.ru_stime, 3), len(refused))


main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))
