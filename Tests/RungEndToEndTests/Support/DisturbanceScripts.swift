import Foundation

/// Clients of the replay server that misbehave, and those beside them that must not notice.
enum DisturbanceScripts {
    /// Whether this machine lets a program have a thousand connections and more.
    static let canOpenThousands: Bool = {
        var limit = rlimit()
        #if canImport(Glibc)
            let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let kind = RLIMIT_NOFILE
        #endif
        return getrlimit(kind, &limit) == 0 && limit.rlim_max >= 4_096
    }()

    /// Cases that disturb, and some that only ask.
    static let cases = ["disconnect", "garbage", "idle", "large", "slow", "calm1", "calm2", "calm3", "calm4", "calm5"]

    /// Writes a cassette under each path given: a hundred questions, whose answers are those of that cassette alone, and for those who want
    /// them three times a body of 10 MiB to fetch and one to send for another.
    static let cassettes = """
        import hashlib, json, os, sys
        def line(value): return json.dumps(value, separators=(",", ":")) + "\\n"
        for path in sys.argv[1:]:
            name = os.path.basename(path)[:-6]
            bodies = path[:-6] + ".bodies"
            os.makedirs(bodies, exist_ok=True)
            def large(letter):
                data = ('{"%s":"%s"}' % (name, letter * (10 << 20))).encode()
                digest = hashlib.sha256(data).hexdigest()
                open(os.path.join(bodies, digest), "wb").write(data)
                return {"file": "sha256:" + digest}
            count = 0
            def exchange(asked, answered):
                global count
                count += 1
                return line({"kind": "exchange", "name": "x.%d" % count,
                    "request": {"method": "POST", "url": "https://world.example/ask", "headers": ["content-type: application/json"], "body": asked},
                    "response": {"status": 200, "headers": ["content-type: application/json"], "body": [answered]}})
            with open(path, "w") as file:
                file.write(line({"kind": "cassette", "format": 1, "scenario": name, "recorder": "test", "normalizers": [],
                    "recordedAt": "2026-11-01T00:00:00Z"}))
                if name in ("crowd", "disconnect", "large", "slow"):
                    down = large("d")
                    for _ in range(3): file.write(exchange({"json": {"give": "large"}}, down))
                    file.write(exchange(large("u"), down))
                for i in range(100): file.write(exchange({"json": {"q": i}}, {"json": {"a": "%s %d" % (name, i)}}))
        """

    /// The mischief, each kind as a function; `ask(i)` asks the question with that number and checks the answer.
    static let client = """
        import http.client, json, os, random, resource, socket, struct, sys, time, urllib.parse
        class World:
            def __init__(self, url, name):
                parts = urllib.parse.urlsplit(url)
                self.place, self.path, self.name = (parts.hostname, parts.port), parts.path + "/ask", name
            def socket(self, buffer=None):
                client = socket.socket()
                if buffer: client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
                client.settimeout(240)
                client.connect(self.place)
                return client
            def head(self, length, extra=""):
                return ("POST %s HTTP/1.1\\r\\nhost: x\\r\\ncontent-type: application/json\\r\\ncontent-length: %d\\r\\n%s\\r\\n"
                    % (self.path, length, extra)).encode()
            def post(self, body):
                connection = http.client.HTTPConnection(*self.place, timeout=240)
                connection.request("POST", self.path, body, {"content-type": "application/json"})
                answer = connection.getresponse()
                data = answer.read()
                connection.close()
                return answer.status, data
            def ask(self, i):
                status, data = self.post(json.dumps({"q": i}).encode())
                expected = json.dumps({"a": "%s %d" % (self.name, i)}, separators=(",", ":")).encode()
                assert (status, data) == (200, expected), (status, data[:300], expected)
            def large(self, letter): return ('{"%s":"%s"}' % (self.name, letter * (10 << 20))).encode()
            def disconnect(self):
                for _ in range(3):
                    client, body = self.socket(4096), b'{"give":"large"}'
                    client.sendall(self.head(len(body)) + body)
                    assert client.recv(100).startswith(b"HTTP/1.1 200 ")
                    # The rest is refused with a reset, while the server is still sending.
                    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    client.close()
            def slow(self):
                client, body = self.socket(4096), b'{"give":"large"}'
                client.sendall(self.head(len(body), "connection: close\\r\\n") + body)
                received = bytearray()
                while True:
                    piece = client.recv(32768)
                    if not piece: break
                    received += piece
                    time.sleep(0.001)
                assert bytes(received).split(b"\\r\\n\\r\\n", 1)[1] == self.large("d")
            def upload(self):
                status, data = self.post(self.large("u"))
                assert status == 200 and data == self.large("d"), (status, data[:300])
            def idle(self, count=1000):
                hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
                resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
                self.held = [self.socket() for _ in range(count)]
            def garbage(self):
                noise = random.Random(7)
                pieces = [bytes(noise.randrange(256) for _ in range(noise.randrange(1, 4000))) for _ in range(40)]
                pieces += [b"\\r\\n" * 500, b"GET", b"POST / HTTP/9.9\\r\\n\\r\\n", b"POST %s HTTP/1.1\\r\\ncontent-length: -5\\r\\n\\r\\n" % self.path.encode(),
                    b"POST %s HTTP/1.1\\r\\ntransfer-encoding: chunked\\r\\n\\r\\nzz\\r\\n" % self.path.encode(),
                    b"GET / HTTP/1.1\\r\\nx: " + b"y" * 200000, self.head(1 << 40), self.head(100) + b"{",
                    self.head(20, "content-encoding: gzip\\r\\n") + b"no gzip at all here!", b"\\x16\\x03\\x01\\x02\\x00\\x01\\x00"]
                for piece in pieces:
                    client = self.socket()
                    try:
                        client.sendall(piece)
                        client.shutdown(socket.SHUT_WR)
                        while client.recv(65536): pass
                    except OSError: pass
                    client.close()
            def disturb(self, kind):
                if kind == "large": self.upload()
                elif not kind.startswith("calm"): getattr(self, kind)()
        """

    /// An agent whose case says how it disturbs the server before, and while, it asks its questions.
    static let agent =
        client + "\n" + """
            trial = json.loads(sys.stdin.readline())
            world = World(os.environ["RUNG_REPLAY_URL"], trial["case"])
            for i in range(50): world.ask(i)
            world.disturb(trial["case"])
            for i in range(50, 100): world.ask(i)
            print(json.dumps({"type": "result", "trial": trial["trial"], "output": "fine"}))
            """

    /// All kinds at once from one process against one trial, with clients beside them that ask; `--repeat` gives them what they want.
    static let crowd =
        client + "\n" + """
            import threading
            failures = []
            def run(work):
                try: work()
                except BaseException as error: failures.append(repr(error)[:500])
            def asking():
                world = World(os.environ["RUNG_REPLAY_URL"], "crowd")
                for i in range(100): world.ask(i)
            def disturbing(kind): return lambda: World(os.environ["RUNG_REPLAY_URL"], "crowd").disturb(kind)
            held = World(os.environ["RUNG_REPLAY_URL"], "crowd")
            run(held.idle)
            works = [disturbing(kind) for kind in ["disconnect", "garbage", "large", "slow", "garbage"]] + [asking] * 8
            threads = [threading.Thread(target=run, args=(work,)) for work in works]
            for thread in threads: thread.start()
            for thread in threads: thread.join()
            print(failures or "fine")
            """
}
