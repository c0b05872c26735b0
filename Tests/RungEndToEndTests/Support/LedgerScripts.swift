/// A verifier of the ledger's files that shares nothing with the program: hashlib, and Ed25519 from the package cryptography.
enum LedgerScripts {
    /// Checks what its arguments name and prints one line for each thing that holds; fails at the first that does not.
    ///
    /// `key VKEY` sets the key; then `checkpoint FILE`, `receipt FILE`, `growth FILE EARLIER`, `tiles FOLDER`, `attestation FILE`.
    static let verifier = #"""
        import base64, hashlib, json, os, sys
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        def sha(data): return hashlib.sha256(data).digest()
        def leaf(data): return sha(b"\x00" + data)
        def node(left, right): return sha(b"\x01" + left + right)

        def mth(hashes):
            if not hashes: return sha(b"")
            if len(hashes) == 1: return hashes[0]
            k = 1
            while k * 2 < len(hashes): k *= 2
            return node(mth(hashes[:k]), mth(hashes[k:]))

        def root_of(index, size, hash, path):
            # straight from the recursive definition in RFC 6962, 2.1.1, read backwards
            if size == 1:
                assert not path
                return hash
            k = 1
            while k * 2 < size: k *= 2
            if index < k: return node(root_of(index, k, hash, path[:-1]), path[-1])
            return node(path[-1], root_of(index - k, size - k, hash, path[:-1]))

        def roots_of_growth(old, new, path, whole, old_root):
            # RFC 6962, 2.1.2, read backwards: (root of the old part, root of the whole)
            if old == new:
                if whole: assert not path; return old_root, old_root
                assert len(path) == 1
                return path[0], path[0]
            k = 1
            while k * 2 < new: k *= 2
            if old <= k:
                a, b = roots_of_growth(old, k, path[:-1], whole, old_root)
                return a, node(b, path[-1])
            a, b = roots_of_growth(old - k, new - k, path[:-1], False, old_root)
            return node(path[-1], a), node(path[-1], b)

        def checkpoint(text):
            body, signatures = text.rsplit("\n\n", 1)
            body += "\n"
            origin, size, root = body.split("\n")[:3]
            signed = False
            for line in signatures.splitlines():
                dash, name, blob = line.split(" ")
                assert dash == "\u2014"
                blob = base64.b64decode(blob, validate=True)
                if name == KEY_NAME and blob[:4] == KEY_ID:
                    KEY.verify(blob[4:], body.encode())
                    signed = True
            assert signed, "not signed by the key"
            return origin, int(size), base64.b64decode(root, validate=True)

        def receipt(path):
            text = open(path, encoding="utf-8").read()
            head, note = text.split("\n\n", 1)
            lines = head.split("\n")
            assert lines[0] == "c2sp.org/tlog-proof@v1"
            extra = json.loads(base64.b64decode(lines[1].removeprefix("extra "), validate=True))
            index = int(lines[2].removeprefix("index "))
            origin, size, root = checkpoint(note)
            entry = extra["entry"].encode()
            assert root_of(index, size, leaf(entry), [base64.b64decode(l) for l in lines[3:]]) == root
            fields = json.loads(entry)
            assert fields["sequence"] == index
            record = extra.get("record")
            if record is None: return "entry"
            salt, payload = base64.b64decode(record["salt"]), record["payload"].encode()
            assert len(salt) == 16
            if "commitment" in fields:
                assert fields["commitment"] == "sha256:" + sha(salt + payload).hex()
            else:
                batch = fields["batch"]
                path = [bytes.fromhex(h.removeprefix("sha256:")) for h in record["path"]]
                found = root_of(record["index"], sum(batch["kinds"].values()), leaf(salt + payload), path)
                assert "sha256:" + found.hex() == batch["root"]
            return json.loads(payload)["kind"]

        def growth(path, earlier):
            head, note = open(path, encoding="utf-8").read().split("\n\n", 1)
            lines = head.split("\n")
            old = int(lines[0].removeprefix("old "))
            origin, size, root = checkpoint(note)
            before = checkpoint(open(earlier, encoding="utf-8").read())
            assert before[:2] == (origin, old)
            a, b = roots_of_growth(old, size, [base64.b64decode(l) for l in lines[1:]], True, before[2])
            assert a == before[2] and b == root

        def tile_path(level, index, width):
            text = "%03d" % (index % 1000)
            while index >= 1000:
                index //= 1000
                text = "x%03d/" % (index % 1000) + text
            return "tile/%s/%s%s" % (level, text, "" if width == 256 else ".p/%d" % width)

        def tiles(folder):
            read = lambda name: open(os.path.join(folder, name), "rb").read()
            origin, size, root = checkpoint(read("checkpoint").decode())
            level, count, below = 0, size, None
            while count > 0:
                hashes = []
                for index in range((count + 255) // 256):
                    width = min(256, count - index * 256)
                    data = read(tile_path(level, index, width))
                    assert len(data) == 32 * width
                    hashes += [data[i:i + 32] for i in range(0, len(data), 32)]
                if level == 0: leaves = hashes
                else: assert hashes == [mth(below[i * 256:i * 256 + 256]) for i in range(count)]
                below, level, count = hashes, level + 1, count // 256
            assert mth(leaves) == root
            entries = []
            for index in range((size + 255) // 256):
                data = read(tile_path("entries", index, min(256, size - index * 256)))
                while data:
                    length = data[0] << 8 | data[1]
                    entries.append(data[2:2 + length])
                    data = data[2 + length:]
            assert [leaf(e) for e in entries] == leaves
            previous = None
            for number, entry in enumerate(entries):
                fields = json.loads(entry)
                assert fields["sequence"] == number and fields["previous"] == previous
                previous = "sha256:" + leaf(entry).hex()
            return size

        def attestation(path):
            types = []
            for line in open(path, encoding="utf-8"):
                envelope = json.loads(line)
                payload, kind = base64.b64decode(envelope["payload"]), envelope["payloadType"]
                pae = b"DSSEv1 %d %s %d %s" % (len(kind.encode()), kind.encode(), len(payload), payload)
                for signature in envelope["signatures"]: KEY.verify(base64.b64decode(signature["sig"]), pae)
                statement = json.loads(payload)
                assert kind == "application/vnd.in-toto+json" and statement["_type"] == "https://in-toto.io/Statement/v1"
                assert all(len(s["digest"]["sha256"]) == 64 for s in statement["subject"]) and statement["subject"]
                types.append(statement["predicateType"])
            return ",".join(types)

        words = sys.argv[1:]
        while words:
            verb = words.pop(0)
            if verb == "key":
                name, ident, material = words.pop(0).split("+", 2)
                material = base64.b64decode(material, validate=True)
                assert sha(name.encode() + b"\n" + material)[:4].hex() == ident and material[0] == 1
                KEY_NAME, KEY_ID, KEY = name, bytes.fromhex(ident), Ed25519PublicKey.from_public_bytes(material[1:])
            elif verb == "checkpoint": print("checkpoint", checkpoint(open(words.pop(0), encoding="utf-8").read())[1])
            elif verb == "receipt": print("receipt", receipt(words.pop(0)))
            elif verb == "growth": growth(words.pop(0), words.pop(0)); print("growth")
            elif verb == "tiles": print("tiles", tiles(words.pop(0)))
            elif verb == "attestation": print("attestation", attestation(words.pop(0)))
            else: sys.exit("unknown verb " + verb)
        """#

    /// A witness: signs the checkpoint in `argv[1]` with a time, writes its line to `argv[2]` and prints its public key.
    static let witness = #"""
        import base64, hashlib, struct, sys
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
        secret = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
        public = secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        ident = hashlib.sha256(b"witness.test/w1\n\x04" + public).digest()[:4]
        body = open(sys.argv[1], encoding="utf-8").read().rsplit("\n\n", 1)[0] + "\n"
        signature = secret.sign(b"cosignature/v1\ntime 1790000000\n" + body.encode())
        blob = base64.b64encode(ident + struct.pack(">Q", 1790000000) + signature).decode()
        open(sys.argv[2], "w", encoding="utf-8").write("\u2014 witness.test/w1 " + blob + "\n")
        print("witness.test/w1+" + ident.hex() + "+" + base64.b64encode(b"\x04" + public).decode())
        """#

    static let canRun = Python.has("cryptography")
}

extension Folder {
    /// An environment whose home is a folder in this one, so that keys stay from command to command.
    var home: [String: String] { ["HOME": path + "/home"] }
    /// Where the key is then.
    static let keyFile = "home/.config/rung/signing-key"

    /// Makes the example with a key, runs a suite in it, and hands it to `body`.
    static func withSignedExample<Value>(_ body: (Folder) async throws -> Value) async throws -> Value {
        try await with { folder in
            for words in [["init"], ["test", "recorded"]] {
                let output = try await Program.run([Rung.path] + words, in: folder.path, environment: folder.home)
                guard output.status == 0 else { throw Program.Failure(description: output.stderr) }
            }
            return try await body(folder)
        }
    }

    /// Runs `rung ledger` with the key of the folder.
    func ledger(_ words: String..., environment: [String: String] = [:]) async throws -> Output {
        try await Program.run(
            [Rung.path, "ledger"] + words, in: path, environment: home.merging(environment) { $1 })
    }
}
