@testable import RungEvidence

/// The contract of the views, written down a second time: what measures, dashboards and auditors may rely on.
///
/// A change of a view that does not change this table too is an accident; a change of this table breaks queries that others
/// keep. It is not made from the catalog on purpose.
enum ContractTable {
    /// One column as the contract has it.
    struct Column: Equatable, CustomStringConvertible {
        var view: String
        var name: String
        /// TEXT, INTEGER, REAL, or TIME for text that holds a time.
        var type: String
        var isNullable: Bool

        var description: String { "\(view).\(name) \(type)\(isNullable ? "?" : "")" }
    }

    /// Every column of every view, in their order within the view.
    static let columns: [Column] = {
        var view = ""
        return text.split(separator: "\n").flatMap { line -> [Column] in
            var rest = line
            if !line.hasPrefix(" "), let colon = line.firstIndex(of: ":") {
                view = String(line[..<colon])
                rest = line[line.index(after: colon)...]
            }
            return rest.split(separator: ",").compactMap { item in
                let words = item.split(separator: " ")
                guard words.count == 2 else { return nil }
                return Column(
                    view: view, name: String(words[0]), type: words[1].filter { $0 != "?" }, isNullable: words[1].hasSuffix("?"))
            }
        }
    }()

    /// Names of the views.
    static let views = Set(columns.map(\.view))

    /// What the catalog declares, in the same form.
    static func columns(of view: View) -> [Column] {
        view.columns.map { column in
            Column(
                view: view.name, name: column.name, type: column.unit == "time" ? "TIME" : column.type.rawValue,
                isNullable: column.isNullable)
        }
    }

    /// Columns whose times may lie at or after the cut-off.
    static let promises: Set<String> = ["due_at", "expires_at", "outcome_due_at", "scenario_due_at", "triage_due_at"]

    private static let text = """
        principals: principal_id TEXT, kind TEXT, team TEXT?, active INTEGER, left_at TIME?, can_build INTEGER
        duties: duty TEXT, primary_id TEXT?, deputy_id TEXT?, last_act_at TIME?
        agents: agent_id TEXT, department TEXT?, team TEXT?, owner_id TEXT?, deputy_id TEXT?, state TEXT, purpose TEXT?,
          audience TEXT?, limits TEXT?, success_metric TEXT?, baseline REAL?, risk_tier TEXT?, autonomy TEXT?, user_facing INTEGER,
          oversight_rate REAL?, oversight_seen REAL?, objectives INTEGER, budget_enforced INTEGER, card_digest TEXT?
        acts: act_id TEXT, subject_kind TEXT, subject_id TEXT, step TEXT, principal_id TEXT, second_id TEXT?, author_id TEXT?,
          at TIME, verdict TEXT?, digest TEXT?
        ideas: idea_id TEXT, source TEXT, proposer_id TEXT?, problem TEXT?, expected_benefit TEXT?, opened_at TIME, due_at TIME,
          decided_at TIME?, decided_by TEXT?
        experiments: experiment_id TEXT, team TEXT, principal_id TEXT?, hypothesis TEXT?, started_at TIME, concluded_at TIME?,
          conclusion TEXT?, trials INTEGER
        prompt_versions: prompt_version_id TEXT, author_id TEXT?, reason TEXT?, parent_id TEXT?, first_version INTEGER,
          template_id TEXT?, created_at TIME
        releases: release_id TEXT, agent_id TEXT, prompt_version_id TEXT, config_digest TEXT, content_digest TEXT, released_at TIME,
          requested_by TEXT?, ended_at TIME?
        usage_days: agent_id TEXT, environment TEXT, day_at TIME, logged INTEGER, counted INTEGER?, counted_by TEXT?,
          attempts INTEGER, admission_checked INTEGER
        interactions: interaction_id TEXT, at TIME, environment TEXT, agent_id TEXT, principal_id TEXT?, prompt_version_id TEXT?,
          prompt_text_stored INTEGER, config_digest TEXT?, model_id TEXT?, release_id TEXT?, outcome TEXT?, failure_reason TEXT?,
          cost REAL?, latency_ms REAL?, trace_id TEXT?, context_version_id TEXT?, memory_ref TEXT?, explanation_ref TEXT?,
          feedback_offered INTEGER
        interaction_days: agent_id TEXT, environment TEXT, day_at TIME, first_at TIME, total INTEGER, outcome_ok INTEGER,
          text_stored INTEGER, versioned INTEGER, released INTEGER, trace_complete INTEGER, explained INTEGER,
          feedback_offered INTEGER, with_memory INTEGER, corrected INTEGER, corrected_recorded INTEGER
        context_days: agent_id TEXT, environment TEXT, day_at TIME, context_version_id TEXT, first_at TIME, total INTEGER
        scans: scan_id TEXT, kind TEXT, at TIME, records INTEGER
        tool_calls: call_id TEXT, at TIME, agent_id TEXT, system_id TEXT?, effect TEXT, authenticated INTEGER, ledger_index INTEGER?
        systems: system_id TEXT, kind TEXT, declared_at TIME
        handoffs: handoff_id TEXT, at TIME, from_agent TEXT, to_agent TEXT?, from_department TEXT?, to_department TEXT?,
          contract_valid INTEGER, authenticated INTEGER
        flow_runs: trace_id TEXT, flow_id TEXT?, at TIME, complex INTEGER, agents INTEGER, complete INTEGER, steps INTEGER,
          reasoned_steps INTEGER
        decisions: decision_id TEXT, at TIME, agent_id TEXT?, department TEXT?, verb TEXT?, scope TEXT, consequential INTEGER,
          origin TEXT, asked_for TEXT?, human_response TEXT?, responder_id TEXT?, inputs_ref TEXT?, evidence_ref TEXT?,
          rule_version TEXT?, rule_check TEXT?, confidence REAL?, release_id TEXT?, principal_id TEXT?, ledger_index INTEGER?,
          proof_ok INTEGER, outcome_ref TEXT?, outcome_due_at TIME
        predictions: prediction_id TEXT, kind TEXT, stated_at TIME, due_at TIME, low REAL?, high REAL?, span_limit REAL?, actual REAL?
        overrides: override_id TEXT, at TIME, agent_id TEXT, interaction_id TEXT?, reason_code TEXT?, before_ref TEXT?,
          after_ref TEXT?, screened INTEGER, matched INTEGER
        feedback: feedback_id TEXT, at TIME, agent_id TEXT, interaction_id TEXT?, prompt_version_id TEXT?, negative INTEGER,
          linked INTEGER, due_at TIME, triaged_at TIME?, screened INTEGER
        cases: case_id TEXT, kind TEXT, agent_id TEXT?, opened_at TIME, by_rule INTEGER, severity TEXT?, owner_id TEXT?, due_at TIME,
          cause_at TIME?, plan_at TIME?, decided_at TIME?, decided_by TEXT?, reason TEXT?, change_id TEXT?, idea_id TEXT?,
          scenario_due_at TIME, scenario_at TIME?
        changes: change_id TEXT, origin TEXT, agent_id TEXT?, owner_id TEXT?, opened_at TIME, due_at TIME, closed_at TIME?,
          result TEXT?, reason TEXT?, release_id TEXT?, days_open REAL
        thresholds: threshold_id TEXT, change_id TEXT?, changed_at TIME?, by_rule INTEGER?, inside_envelope INTEGER?,
          before_value REAL?, after_value REAL?, effect REAL?, reversal_ref TEXT?
        suites: suite_id TEXT, agent_id TEXT?, flow_id TEXT?, intents_declared INTEGER, intents_covered INTEGER, judged INTEGER,
          judge_kappa REAL?, judge_labels INTEGER, judge_checked_at TIME?
        scenarios: scenario_id TEXT, suite_id TEXT, origin TEXT, recorded_at TIME
        runs: run_id TEXT, kind TEXT, suite_id TEXT?, agent_id TEXT?, prompt_version_id TEXT?, config_digest TEXT?, finished_at TIME,
          passed INTEGER, trials INTEGER, repeated INTEGER, unstable INTEGER, seconds REAL?
        comparisons: comparison_id TEXT, release_id TEXT, phase TEXT, preregistered INTEGER, n INTEGER, against_predecessor INTEGER,
          margin REAL?, margin_limit REAL?, low REAL?, high REAL?, finished_at TIME
        drift_checks: check_id TEXT, agent_id TEXT, kind TEXT, prompt_version_id TEXT?, at TIME, day_at TIME, n INTEGER,
          breach INTEGER, triage_due_at TIME, triaged_at TIME?
        audits: audit_id TEXT, kind TEXT, at TIME, age_days REAL, retrieved INTEGER, leak_free INTEGER, rebuilt INTEGER,
          faithful INTEGER
        scores: agent_id TEXT, at TIME, basis TEXT, n INTEGER, low REAL?, high REAL?
        capacity: department TEXT, period_start TIME, outcomes REAL, staff REAL
        ledger_events: event_id TEXT, kind TEXT, at TIME, principal_id TEXT?, ledger_index INTEGER?, verified INTEGER
        checkpoints: checkpoint_id TEXT, at TIME, held_outside INTEGER, consistent INTEGER, gap_days REAL
        waivers: waiver_id TEXT, requested_by TEXT, approver_id TEXT?, reason TEXT?, scope TEXT?, granted_at TIME, expires_at TIME?,
          days_long REAL?, closed_at TIME?
        """
}
