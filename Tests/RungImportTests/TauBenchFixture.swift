/// Runs of a made-up library desk in tau-bench's form.
enum TauBenchFixture {
    static let action = #"{"name":"renew_loan","kwargs":{"loan":"L-7","days":14}}"#

    static func run(
        task: String = "3", trial: String = "0", reward: String = "1.0", instruction: String = "Renew your loan.",
        actions: String = action, trajectory: String = #"{"role":"user","content":"Please renew L-7."}"#, more: String = ""
    ) -> String {
        #"{"task_id":\#(task),"trial":\#(trial),"reward":\#(reward),"info":{"task":{"user_id":"ada","instruction":"\#(instruction)","#
            + #""actions":[\#(actions)],"outputs":[]}},"traj":[\#(trajectory)]\#(more)}"#
    }

    static func call(_ id: String, _ name: String = "renew_loan", arguments: String = #"{\"loan\": \"L-7\"}"#) -> String {
        #"{"role":"assistant","content":null,"tool_calls":[{"id":"\#(id)","type":"function","#
            + #""function":{"name":"\#(name)","arguments":"\#(arguments)"}}]}"#
    }

    static func result(_ id: String, _ content: String, name: String = "renew_loan") -> String {
        #"{"role":"tool","tool_call_id":"\#(id)","name":"\#(name)","content":"\#(content)"}"#
    }
}
