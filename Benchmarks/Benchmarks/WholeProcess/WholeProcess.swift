/// Measures whole processes against the budgets, each in turn with a baseline, and prints a Markdown table.
@main
enum WholeProcess {
    static func main() {
        do {
            let options = try Options(Array(CommandLine.arguments.dropFirst()))
            let bench = try Workbench(options)
            var table = ReportTable()
            if options.wants(.version) { table.add(try VersionMeasure(bench).rows()) }
            if options.wants(.recorded) { table.add(try RecordedMeasure(bench).rows()) }
            if options.wants(.multiplexed) { table.add(try MultiplexedMeasure(bench).rows()) }
            if options.wants(.junit) { table.add(try JUnitMeasure(bench).rows()) }
            if options.wants(.ingest) { table.add(try IngestMeasure(bench).rows()) }
            if options.wants(.receive) { table.add(try ReceiveMeasure(bench).rows()) }
            print(table.markdown)
            bench.remove()
        } catch {
            Console.say("whole-process: \(error)")
            Console.leave(with: 1)
        }
    }
}
