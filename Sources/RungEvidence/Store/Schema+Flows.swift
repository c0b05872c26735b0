/// How agents reach other systems and each other.
extension Schema {
    static let flowTables = """
        CREATE TABLE tool_call_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          agent_id INTEGER, at INTEGER, credential INTEGER, effect INTEGER, id TEXT, interaction_id TEXT, system_id INTEGER,
          tool INTEGER, trace_id TEXT
        ) STRICT;
        CREATE INDEX tool_call_records_by_id ON tool_call_records (id);
        CREATE TABLE system_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          at INTEGER, id INTEGER, type INTEGER
        ) STRICT;
        CREATE INDEX system_records_by_id ON system_records (id);
        CREATE TABLE contract_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          at INTEGER, from_agent INTEGER, id INTEGER, members TEXT, open INTEGER, to_agent INTEGER
        ) STRICT;
        CREATE INDEX contract_records_by_id ON contract_records (id);
        CREATE TABLE handoff_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          at INTEGER, contract_id INTEGER, credential INTEGER, from_agent INTEGER, grant INTEGER, id TEXT, message INTEGER,
          to_agent INTEGER, trace_id TEXT
        ) STRICT;
        CREATE INDEX handoff_records_by_id ON handoff_records (id);
        CREATE TABLE flow_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          agents TEXT, at INTEGER, complex INTEGER, id INTEGER
        ) STRICT;
        CREATE INDEX flow_records_by_id ON flow_records (id);
        CREATE TABLE flow_step_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          agent_id INTEGER, at INTEGER, conclusion TEXT, evidence_ref TEXT, flow_id INTEGER, input TEXT, parent_id TEXT,
          span_id TEXT, trace_id TEXT
        ) STRICT;
        CREATE INDEX flow_step_records_by_span ON flow_step_records (trace_id, span_id);

        """
}
