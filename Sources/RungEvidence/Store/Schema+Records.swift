/// The tables of records. `record` counts all records of all kinds together, so that an entry of the ledger needs only
/// the number of its first one; `origin` is 0 for recorded and 1 for imported.
extension Schema {
    static let recordTables = registryTables + operationTables + runTables

    private static let registryTables = """
        CREATE TABLE registry_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          agents INTEGER, digest BLOB, principals INTEGER, prompt_versions INTEGER
        ) STRICT;
        CREATE TABLE principal_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          at INTEGER, can_build INTEGER, id TEXT, left_at INTEGER, snapshot INTEGER, team TEXT, type INTEGER
        ) STRICT;
        CREATE INDEX principal_records_by_id ON principal_records (id);
        CREATE TABLE agent_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          at INTEGER, audience TEXT, author_id TEXT, autonomy INTEGER, baseline REAL, card_digest BLOB, config_digest INTEGER,
          department TEXT, deputy_id TEXT, id TEXT, intents TEXT, limits TEXT, oversight_rate REAL, owner_id TEXT,
          prompts TEXT, purpose TEXT, risk_tier INTEGER, snapshot INTEGER, state INTEGER, success_metric TEXT, team TEXT,
          tools TEXT, user_facing INTEGER
        ) STRICT;
        CREATE INDEX agent_records_by_id ON agent_records (id);
        CREATE TABLE prompt_version_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          at INTEGER, author_id TEXT, label TEXT, parent_id INTEGER, prompt_id TEXT, reason TEXT, template_id TEXT, text TEXT,
          variables TEXT, version INTEGER
        ) STRICT;
        CREATE INDEX prompt_version_records_by_version ON prompt_version_records (version, prompt_id);
        CREATE TABLE template_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          at INTEGER, author_id TEXT, id TEXT
        ) STRICT;
        CREATE INDEX template_records_by_id ON template_records (id);

        """

    private static let operationTables = """
        CREATE TABLE release_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          agent_id INTEGER, config_digest INTEGER, content_digest BLOB, id TEXT, prompt_version_id INTEGER,
          released_at INTEGER, requested_by TEXT
        ) STRICT;
        CREATE INDEX release_records_by_id ON release_records (id);
        CREATE INDEX release_records_by_agent ON release_records (agent_id, released_at);
        CREATE TABLE release_end_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          at INTEGER, principal_id TEXT, reason TEXT, release_id TEXT
        ) STRICT;
        CREATE INDEX release_end_records_by_release ON release_end_records (release_id);
        CREATE TABLE act_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          at INTEGER, digest INTEGER, id TEXT, principal_id TEXT, second_id TEXT, step INTEGER, subject_id TEXT,
          subject_kind INTEGER, verdict INTEGER
        ) STRICT;
        CREATE INDEX act_records_by_id ON act_records (id);
        CREATE INDEX act_records_by_subject ON act_records (subject_id);
        CREATE TABLE override_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          after_ref TEXT, agent_id INTEGER, at INTEGER, before_ref TEXT, id TEXT, interaction_id TEXT, principal_id TEXT,
          reason_code INTEGER
        ) STRICT;
        CREATE INDEX override_records_by_id ON override_records (id);
        CREATE INDEX override_records_by_interaction ON override_records (interaction_id);
        CREATE TABLE interaction_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          agent_id INTEGER, at INTEGER, config_digest INTEGER, context_version_id INTEGER, cost REAL, environment INTEGER,
          experiment_id INTEGER, explanation_ref TEXT, failure_reason INTEGER, feedback_offered INTEGER, id TEXT,
          latency_ms REAL, memory_ref TEXT, model_id INTEGER, outcome INTEGER, principal_id INTEGER,
          prompt_version_id INTEGER, trace_id TEXT
        ) STRICT;
        CREATE INDEX interaction_records_by_id ON interaction_records (id);
        CREATE INDEX interaction_records_by_experiment ON interaction_records (experiment_id) WHERE experiment_id IS NOT NULL;
        CREATE TABLE usage_count_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          admission_checked INTEGER, agent_id INTEGER, attempts INTEGER, counted INTEGER, counted_by INTEGER, day INTEGER,
          environment INTEGER
        ) STRICT;
        CREATE INDEX usage_count_records_by_day ON usage_count_records (agent_id, environment, day, counted_by);
        CREATE TABLE case_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          agent_id INTEGER, at INTEGER, cause_at INTEGER, change_id TEXT, decided_at INTEGER, decided_by TEXT, id TEXT,
          idea_id TEXT, opened_at INTEGER, owner_id TEXT, plan_at INTEGER, reason TEXT, scan_id TEXT, severity INTEGER,
          type INTEGER
        ) STRICT;
        CREATE INDEX case_records_by_id ON case_records (id);
        CREATE TABLE scan_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          at INTEGER, id TEXT, records INTEGER, type INTEGER
        ) STRICT;
        CREATE INDEX scan_records_by_id ON scan_records (id);
        CREATE TABLE idea_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          expected_benefit TEXT, id TEXT, opened_at INTEGER, problem TEXT, proposer_id TEXT, scan_id TEXT
        ) STRICT;
        CREATE INDEX idea_records_by_id ON idea_records (id);
        CREATE TABLE idea_decision_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          at INTEGER, decided_by TEXT, decision INTEGER, idea_id TEXT, reason TEXT
        ) STRICT;
        CREATE INDEX idea_decision_records_by_idea ON idea_decision_records (idea_id);
        CREATE TABLE experiment_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          at INTEGER, concluded_at INTEGER, conclusion INTEGER, hypothesis TEXT, id TEXT, principal_id TEXT,
          started_at INTEGER, team TEXT
        ) STRICT;
        CREATE INDEX experiment_records_by_id ON experiment_records (id);

        """

    /// Trials and cases have no index: a run's are found from the record number of its start.
    private static let runTables = """
        CREATE TABLE run_start_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          baseline TEXT, cases INTEGER, filter TEXT, id INTEGER, plan_digest BLOB, resumed_trials INTEGER, seed INTEGER,
          started_at INTEGER, suites TEXT, trials INTEGER
        ) STRICT;
        CREATE INDEX run_start_records_by_id ON run_start_records (id);
        CREATE INDEX run_start_records_by_plan ON run_start_records (plan_digest);
        CREATE TABLE run_subject_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          agent_id INTEGER, config_digest INTEGER, prompt_version_id INTEGER, run INTEGER, suite_id INTEGER
        ) STRICT;
        CREATE INDEX run_subject_records_by_run ON run_subject_records (run);
        CREATE TABLE grade_list_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL, grades TEXT
        ) STRICT;
        CREATE TABLE trial_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          case_index INTEGER, fault TEXT, grade_list INTEGER, grades TEXT, trial_index INTEGER, retried TEXT, run INTEGER,
          seed INTEGER, transcript BLOB, usage TEXT, verdict INTEGER
        ) STRICT;
        CREATE TABLE case_result_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          case_index INTEGER, critical INTEGER, digest BLOB, id TEXT, intent INTEGER, note TEXT, subject INTEGER,
          trials INTEGER, unstable INTEGER, verdict INTEGER
        ) STRICT;
        CREATE TABLE run_end_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          duration_ms REAL, finished_at INTEGER, gate TEXT, reason TEXT, run INTEGER, status INTEGER, suites TEXT, total TEXT
        ) STRICT;
        CREATE INDEX run_end_records_by_run ON run_end_records (run);
        CREATE TABLE run_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          agent_id INTEGER, config_digest INTEGER, experiment_id INTEGER, finished_at INTEGER, id INTEGER, intents TEXT,
          passed INTEGER, prompt_version_id INTEGER, repeated INTEGER, seconds REAL, suite_digest BLOB, suite_id INTEGER,
          trials INTEGER, type INTEGER, unstable INTEGER
        ) STRICT;
        CREATE INDEX run_records_by_id ON run_records (id);
        CREATE TABLE suite_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          agent_id INTEGER, at INTEGER, flow_id TEXT, id INTEGER, judged INTEGER
        ) STRICT;
        CREATE INDEX suite_records_by_id ON suite_records (id);

        """
}
