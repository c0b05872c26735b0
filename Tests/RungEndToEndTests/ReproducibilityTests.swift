import Testing

@Suite struct ReproducibilityTests {
    /// Half of the trials fail, by their seed, so that a wrong seed is seen in verdicts too.
    static let agent = #"""
        seed=${request#*\"seed\":}; seed=${seed%%[,\}]*}
        [ $((seed % 2)) = 0 ] && answer ok || answer "odd $seed"
        """#

    @Test func theSameInputsAndSeedGiveTheSameBytesButForIdsAndTimes() async throws {
        let bench = Folder.Bench(agent: Self.agent, cases: 12, suite: "trials: 2\nrequire: any\nconcurrency: 4")
        try await Folder.withBench(bench) { folder in
            var texts: [String] = []
            for concurrency in ["1", "4", "9"] {
                try await Rung.run("test", "--json", "r.json", "--concurrency", concurrency, in: folder)
                texts.append(Masked.text(try folder.read("r.json")))
            }
            #expect(texts[0].contains(#""actual":"odd "#))
            #expect(texts[0] == texts[1])
            #expect(texts[1] == texts[2])
        }
    }

    @Test func anotherSeedGivesOtherSeedsToAllTrialsAndAnotherPlan() async throws {
        try await Folder.withBench(.init(suite: "seed: 7\ntrials: 2")) { folder in
            var seeds: [[String]] = []
            for words in [[], ["--seed", "7"], ["--seed", "8"], ["--seed", "18446744073709551615"]] {
                _ = try await Program.run([Rung.path, "test", "--json", "r.json"] + words, in: folder.path)
                let results = try folder.results("r.json")
                seeds.append(results.cases.flatMap { $0.trials.map(\.seed) })
                if words.last == "18446744073709551615" { #expect(results.run.seed == .max) }
            }
            #expect(seeds[0].count == 6)
            #expect(Set(seeds[0]).count == 6)
            #expect(seeds[0] == seeds[1])
            #expect(Set(seeds[1]).isDisjoint(with: seeds[2]))
            #expect(Set(seeds[2]).isDisjoint(with: seeds[3]))
        }
    }

    @Test func aSelectionChangesNoSeedOfTheCasesThatAreLeft() async throws {
        try await Folder.withBench(.init(cases: 5)) { folder in
            try await Rung.run("test", "--json", "all.json", in: folder)
            try await Rung.run("test", "--json", "one.json", "--filter", "c04", in: folder)
            let all = try folder.results("all.json").cases.first { $0.id == "c04" }
            #expect(try folder.results("one.json").cases.first?.trials.map(\.seed) == all?.trials.map(\.seed))
        }
    }

    @Test func assessingTheSameEvidenceTwiceGivesTheSameBytes() async throws {
        try await Folder.withExample { folder in
            try await Rung.run("test", "recorded", in: folder, environment: ["RUNG_CLOCK": "2026-09-20T12:00:00Z"])
            let one = try await Rung.run("assess", "--as-of", "2026-10-01", "--format", "json", in: folder)
            let two = try await Rung.run("assess", "--as-of", "2026-10-01T23:59:59Z", "--format", "json", in: folder)
            #expect(one.status == 0)
            #expect(one.stdout.contains("\"stage\""))
            #expect(one.stdout == two.stdout)
        }
    }
}
