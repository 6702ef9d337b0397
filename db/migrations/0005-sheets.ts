import { opGuards } from './guards.ts'
import type { Migration } from './index.ts'

const GUARDS = opGuards(
  'sheets',
  () => `'sheet'`,
  (row) => `${row}.id`,
)

/** Plan sheets: pictures and PDF pages laid under a plan. Guarded like all state; how they are shown is a preference and is not. */
export const sheets: Migration = {
  version: 5,
  name: 'sheets',
  up: (database) => {
    database.exec(`
      CREATE TABLE sheets (
        id TEXT NOT NULL PRIMARY KEY, plan_id TEXT NOT NULL REFERENCES plans, name TEXT NOT NULL CHECK (length(name) > 0),
        file_sha256 TEXT NOT NULL CHECK (length(file_sha256) = 64),
        kind TEXT NOT NULL CHECK (kind IN ('pdf', 'png', 'jpeg', 'tiff')), page INTEGER NOT NULL CHECK (page > 0),
        width REAL NOT NULL CHECK (width > 0), height REAL NOT NULL CHECK (height > 0),
        placing TEXT NOT NULL CHECK (json_valid(placing)), placed_by TEXT NOT NULL, placed_at TEXT NOT NULL
      ) STRICT;
      CREATE INDEX sheets_by_plan ON sheets (plan_id);
      CREATE TABLE sheet_display (
        sheet_id TEXT NOT NULL PRIMARY KEY, visible INTEGER NOT NULL CHECK (visible IN (0, 1)),
        above INTEGER NOT NULL CHECK (above IN (0, 1)),
        opacity REAL NOT NULL CHECK (opacity BETWEEN 0 AND 1)
      ) STRICT;
      DROP TRIGGER op_leaves_ticket;
      CREATE TRIGGER op_leaves_ticket AFTER INSERT ON op
      WHEN NEW.entity IN ('plan', 'layer', 'review', 'item_entry', 'finding', 'sheet')
      BEGIN INSERT INTO op_pending VALUES (NEW.entity, NEW.entity_id, NEW.kind); END;
      ${GUARDS}`)
  },
}
