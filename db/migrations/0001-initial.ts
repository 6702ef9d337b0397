import { opGuards } from './guards.ts'
import type { Migration } from './index.ts'

/** Ids of the state tables as the operation log writes them: UTF-8 bytes of the text key. */
const KEYS: Record<string, { entity: string; key: (row: string) => string }> = {
  plans: { entity: 'plan', key: (row) => `${row}.id` },
  layers: { entity: 'layer', key: (row) => `${row}.id` },
  reviews: { entity: 'review', key: (row) => `${row}.id` },
  item_entries: { entity: 'item_entry', key: (row) => `${row}.review_id || '/' || ${row}.item` },
  findings: { entity: 'finding', key: (row) => `${row}.id` },
}

/** Rows that are written once and stay: update, delete, gaps and OR REPLACE are refused. */
const appendOnly = (table: string): string => `
  CREATE TRIGGER ${table}_u BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, 'append-only'); END;
  CREATE TRIGGER ${table}_d BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, 'append-only'); END;
  CREATE TRIGGER ${table}_i BEFORE INSERT ON ${table} WHEN EXISTS (SELECT 1 FROM ${table} WHERE seq = NEW.seq)
    OR NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM ${table}) BEGIN SELECT RAISE(ABORT, 'append-only'); END;`

const state = `
  CREATE TABLE plans (
    id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, name_zh TEXT, city_name TEXT, city_kind TEXT, population REAL,
    population_year INTEGER, plan_level TEXT NOT NULL, base_year INTEGER, target_year INTEGER, crs TEXT NOT NULL,
    frame TEXT NOT NULL CHECK (json_valid(frame)), extent TEXT NOT NULL CHECK (json_valid(extent)),
    gpkg_sha256 TEXT NOT NULL CHECK (length(gpkg_sha256) = 64), manifest TEXT NOT NULL CHECK (json_valid(manifest)),
    imported_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE layers (
    id TEXT NOT NULL PRIMARY KEY, plan_id TEXT NOT NULL REFERENCES plans, position INTEGER NOT NULL, role TEXT NOT NULL,
    name TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('polygon', 'line', 'point')), gpkg_table TEXT NOT NULL,
    features INTEGER NOT NULL CHECK (features >= 0), area_m2 REAL, length_m REAL, sha256 TEXT NOT NULL,
    source_path TEXT NOT NULL, source_sha256 TEXT NOT NULL, source_crs TEXT NOT NULL,
    crs_reason TEXT NOT NULL CHECK (json_valid(crs_reason)), encoding TEXT, notes TEXT NOT NULL CHECK (json_valid(notes)),
    unknown_classes TEXT NOT NULL CHECK (json_valid(unknown_classes))
  ) STRICT;
  CREATE INDEX layers_by_plan ON layers (plan_id, position);
  CREATE TABLE reviews (
    id TEXT NOT NULL PRIMARY KEY, plan_id TEXT NOT NULL REFERENCES plans, checklist_id TEXT NOT NULL,
    checklist_version TEXT NOT NULL, reviewer TEXT NOT NULL, started_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX reviews_by_plan ON reviews (plan_id, started_at);
  CREATE TABLE item_entries (
    review_id TEXT NOT NULL REFERENCES reviews, item TEXT NOT NULL, level INTEGER CHECK (level BETWEEN 0 AND 4),
    not_applicable INTEGER NOT NULL CHECK (not_applicable IN (0, 1)), reason TEXT NOT NULL, document TEXT, page INTEGER,
    entered_by TEXT NOT NULL, entered_at TEXT NOT NULL, PRIMARY KEY (review_id, item)
  ) STRICT;
  CREATE TABLE findings (
    id TEXT NOT NULL PRIMARY KEY, review_id TEXT NOT NULL REFERENCES reviews, number INTEGER NOT NULL CHECK (number > 0),
    item TEXT, severity TEXT NOT NULL CHECK (severity IN ('must', 'should', 'note')), text TEXT NOT NULL, action TEXT NOT NULL,
    evidence TEXT NOT NULL CHECK (json_valid(evidence)), withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    entered_by TEXT NOT NULL, entered_at TEXT NOT NULL, UNIQUE (review_id, number)
  ) STRICT;`

/** Derived from the state, kept because deriving it takes minutes; and what left the office, kept for life. */
const besideState = `
  CREATE TABLE measurements (
    plan_id TEXT NOT NULL REFERENCES plans, indicator TEXT NOT NULL, version INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (json_valid(outcome)), method TEXT NOT NULL CHECK (json_valid(method)), basis TEXT NOT NULL,
    parameters TEXT NOT NULL CHECK (json_valid(parameters)), details TEXT NOT NULL CHECK (json_valid(details)),
    evidence TEXT NOT NULL CHECK (json_valid(evidence)), evidence_total INTEGER NOT NULL,
    inputs TEXT NOT NULL CHECK (json_valid(inputs)), notes TEXT NOT NULL CHECK (json_valid(notes)), measured_at TEXT NOT NULL,
    PRIMARY KEY (plan_id, indicator, version)
  ) STRICT;
  CREATE TABLE review_summaries (
    review_id TEXT NOT NULL PRIMARY KEY REFERENCES reviews, total REAL, coverage REAL NOT NULL CHECK (coverage BETWEEN 0 AND 1)
  ) STRICT;
  CREATE TABLE memos (
    id TEXT NOT NULL PRIMARY KEY, review_id TEXT NOT NULL, format TEXT NOT NULL CHECK (format IN ('pdf', 'html', 'json', 'gpkg')),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64), seal TEXT NOT NULL, exported_by TEXT NOT NULL, exported_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX memos_by_review ON memos (review_id, exported_at);
  CREATE TABLE settings (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL CHECK (json_valid(value))) STRICT;`

const log = `
  CREATE TABLE op_txn (
    seq INTEGER PRIMARY KEY, txn BLOB NOT NULL UNIQUE CHECK (length(txn) = 16),
    kind TEXT NOT NULL CHECK (kind IN ('command', 'undo', 'redo')), target BLOB REFERENCES op_txn (txn),
    title_zh TEXT NOT NULL, title_en TEXT NOT NULL, actor TEXT NOT NULL, at TEXT NOT NULL,
    CHECK ((kind = 'command') = (target IS NULL))
  ) STRICT;
  CREATE TABLE op (
    seq INTEGER PRIMARY KEY, op_id BLOB NOT NULL UNIQUE CHECK (length(op_id) = 16), txn BLOB NOT NULL REFERENCES op_txn (txn),
    actor TEXT NOT NULL, office TEXT NOT NULL, hlc INTEGER NOT NULL, entity TEXT NOT NULL, entity_id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('create', 'update', 'delete')), before TEXT, after TEXT, undo_of BLOB,
    CHECK ((kind = 'create') = (before IS NULL)), CHECK ((kind = 'delete') = (after IS NULL))
  ) STRICT;
  CREATE INDEX op_by_txn ON op (txn, seq);
  CREATE INDEX op_by_entity ON op (entity, entity_id, seq);
  CREATE INDEX op_findings ON op (json_extract(after, '$.reviewId'), json_extract(after, '$.number'))
    WHERE entity = 'finding' AND after IS NOT NULL;
  CREATE TABLE op_pending (entity TEXT NOT NULL, entity_id BLOB NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (entity, entity_id)) STRICT;
  CREATE TRIGGER op_leaves_ticket AFTER INSERT ON op WHEN NEW.entity IN (${Object.values(KEYS)
    .map(({ entity }) => `'${entity}'`)
    .join(', ')})
  BEGIN INSERT INTO op_pending VALUES (NEW.entity, NEW.entity_id, NEW.kind); END;`

const audit = `
  CREATE TABLE audit (
    seq INTEGER PRIMARY KEY, at TEXT NOT NULL, mono INTEGER NOT NULL, boot TEXT NOT NULL, actor TEXT NOT NULL,
    action TEXT NOT NULL, object TEXT, label TEXT NOT NULL, result TEXT NOT NULL, detail TEXT NOT NULL,
    alg TEXT NOT NULL CHECK (alg IN ('sha256', 'sm3')), prev BLOB NOT NULL CHECK (length(prev) = 32), hash BLOB NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE audit_seal (seq INTEGER PRIMARY KEY, head BLOB NOT NULL, sig BLOB, where_to TEXT NOT NULL) STRICT;
  CREATE TRIGGER audit_seal_u BEFORE UPDATE ON audit_seal BEGIN SELECT RAISE(ABORT, 'append-only'); END;
  CREATE TRIGGER audit_seal_d BEFORE DELETE ON audit_seal BEGIN SELECT RAISE(ABORT, 'append-only'); END;
  CREATE TRIGGER audit_seal_i BEFORE INSERT ON audit_seal WHEN EXISTS (SELECT 1 FROM audit_seal WHERE seq = NEW.seq)
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;`

/** The catalogue's first shape: state, what is derived from it, the operation log and the audit log. */
export const initial: Migration = {
  version: 1,
  name: 'initial',
  up: (database) => {
    database.exec(state + besideState + log + audit)
    const guards = Object.entries(KEYS).map(([table, { entity, key }]) => opGuards(table, () => `'${entity}'`, key))
    database.exec(guards.join(''))
    database.exec(['audit', 'op', 'op_txn'].map(appendOnly).join(''))
  },
}
