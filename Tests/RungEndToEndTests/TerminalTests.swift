import Testing

@Suite struct TerminalTests {
    @Test(arguments: ["80", ""])
    func noLineIsLongerThanAConsoleOf80Columns(_ columns: String) async throws {
        try await Folder.withExample { folder in
            let environment = columns.isEmpty ? [:] : ["COLUMNS": columns]
            for words in [["test"], ["test", "helpdesk", "--prompt", "helpdesk=v2"], ["test", "--filter", "none"]] {
                let run = try await Program.run([Rung.path] + words, in: folder.path, environment: environment)
                let long = run.stderr.split(separator: "\n").filter { $0.count > 80 }
                #expect(long.isEmpty)
                #expect(run.stderr.contains("gate: "))
                #expect(!run.stderr.contains("\u{1B}"))
                #expect(!run.stderr.contains("\r"))
            }
            let assessed = try await Rung.run("assess", in: folder, environment: environment)
            #expect(assessed.status == 0)
            #expect(assessed.stdout.contains(": stage 1 "))
            #expect(assessed.stdout.split(separator: "\n").filter { $0.count > 80 }.isEmpty)
            #expect(!assessed.stdout.contains("\u{1B}"))
        }
    }

    @Test(arguments: [["--help"], ["test", "--help"], ["assess", "--help"], ["import", "tau-bench", "--help"]])
    func helpKeepsItsParagraphsWithinTheWidth(_ words: [String]) async throws {
        try await Folder.with { folder in
            let help = try await Program.run([Rung.path] + words, in: folder.path, environment: ["COLUMNS": "80"])
            #expect(help.status == 0)
            #expect(help.stderr.isEmpty)
            #expect(help.stdout.contains("\nOPTIONS:\n"))
            let lines = help.stdout.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.filter { $0.count > 80 && !$0.hasPrefix("USAGE") }.isEmpty)
            // A line of at most two words amid a paragraph means that text with its own line breaks was broken again.
            let overview = lines.drop { !$0.hasPrefix("OVERVIEW") }.prefix { !$0.hasPrefix("USAGE") }
            for (line, next) in zip(overview, overview.dropFirst()) where !line.isEmpty && !next.isEmpty {
                #expect(line.count > 40, "\(line)")
            }
        }
    }

    @Test(arguments: [[:], ["NO_COLOR": "1"], ["TERM": "dumb"]] as [[String: String]])
    func aTerminalGetsALiveLineAndColoursUnlessNobodyWantsThem(_ environment: [String: String]) async throws {
        try await Folder.withBench(.init(agent: "sleep 0.3; answer ok", cases: 4, suite: "concurrency: 1")) { folder in
            let shown = try await Python.run(
                """
                import fcntl, os, pty, struct, subprocess, sys, termios
                ours, theirs = pty.openpty()
                fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
                child = subprocess.Popen([sys.argv[1], "test"], stdin=theirs, stdout=subprocess.DEVNULL, stderr=theirs)
                os.close(theirs)
                while True:
                    try: data = os.read(ours, 65536)
                    except OSError: break
                    if not data: break
                    sys.stdout.buffer.write(data)
                sys.exit(child.wait())
                """, Rung.path, in: folder, environment: ["TERM": "xterm"].merging(environment) { $1 })
            #expect(shown.status == 0)
            #expect(shown.stdout.contains(/[123]\/4 trials/))
            #expect(shown.stdout.contains("\r\u{1B}[K"))
            #expect(shown.stdout.contains("gate: pass"))
            #expect(shown.stdout.contains(/\u{1B}\[[0-9;]*m/) == environment.isEmpty)
            // Whatever follows a live line first takes it away.
            for rest in shown.stdout.replacing("\r\n", with: "\n").split(separator: "/4 trials").dropFirst() {
                #expect(rest.prefix { $0 != "\n" }.contains("\r\u{1B}[K"))
            }
        }
    }

    @Test func elsewhereThereAreQuietPlainLines() async throws {
        try await Folder.withBench(.init(agent: "sleep 0.2; answer ok", cases: 3)) { folder in
            let run = try await Rung.run("test", in: folder, environment: ["TERM": "xterm", "CLICOLOR_FORCE": "1"])
            #expect(!run.stderr.contains("\u{1B}"))
            #expect(!run.stderr.contains("/3 trials"))
            #expect(run.stderr.hasPrefix("s: 3 cases, 3 trials (run r-"))
        }
    }

    @Test func whatAgentsWriteToStandardErrorIsShownOnlyWhenAskedFor() async throws {
        try await Folder.withBench(.init(agent: "echo loud >&2; answer ok", cases: 1)) { folder in
            let quiet = try await Rung.run("test", in: folder)
            #expect(quiet.status == 0)
            #expect(!quiet.stderr.contains("loud"))
            let loud = try await Rung.run("test", in: folder, environment: ["RUNG_AGENT_LOG": "1"])
            #expect(loud.stderr.contains("loud\n"))
            #expect(loud.stderr.contains("[a "))
        }
    }
}
