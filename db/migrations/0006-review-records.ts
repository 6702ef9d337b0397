import { opGuards } from './guards.ts'
import type { Migration } from './index.ts'

/** Kinds of record that this version writes; a later one adds to `op_leaves_ticket` in its own migration. */
const KINDS = ['remark', 'attachment', 'round', 'option', 'option_edit', 'template', 'checklist']

const GUARDS = opGuards(
  'records',
  (row) => `${row}.kind`,
  (row) => `${row}.id`,
)

/**
 * What hangs on a review as whole records: remarks under findings, attachments, rounds, what-if options and their steps, frequent
 * remarks, checklists of the office. They are read by their parent and never searched by their parts, so one guarded table holds all
 * kinds. Findings, reviews and entries get the members that these bring.
 */
export const reviewRecords: Migration = {
  version: 6,
  name: 'review-records',
  up: (database) => {
    database.exec(`
      CREATE TABLE records (
        kind TEXT NOT NULL, id TEXT NOT NULL, parent TEXT NOT NULL, body TEXT NOT NULL CHECK (json_valid(body)),
        PRIMARY KEY (kind, id)
      ) STRICT;
      CREATE INDEX records_by_parent ON records (kind, parent);
      ALTER TABLE findings ADD COLUMN mark TEXT CHECK (json_valid(mark));
      ALTER TABLE findings ADD COLUMN review_point TEXT;
      ALTER TABLE findings ADD COLUMN status TEXT CHECK (status IN ('answered', 'resolved', 'exception', 'verified'));
      ALTER TABLE findings ADD COLUMN quote TEXT CHECK (json_valid(quote));
      ALTER TABLE findings ADD COLUMN carried TEXT CHECK (json_valid(carried));
      ALTER TABLE reviews ADD COLUMN role TEXT CHECK (role = 'expert');
      ALTER TABLE reviews ADD COLUMN blind INTEGER CHECK (blind = 1);
      ALTER TABLE reviews ADD COLUMN submitted_at TEXT;
      ALTER TABLE reviews ADD COLUMN numbers_after INTEGER CHECK (numbers_after > 0);
      ALTER TABLE item_entries ADD COLUMN settled TEXT CHECK (json_valid(settled));
      ALTER TABLE item_entries ADD COLUMN quote TEXT;
      DROP TRIGGER op_leaves_ticket;
      CREATE TRIGGER op_leaves_ticket AFTER INSERT ON op
      WHEN NEW.entity IN ('plan', 'layer', 'review', 'item_entry', 'finding', 'sheet', ${KINDS.map((kind) => `'${kind}'`).join(', ')})
      BEGIN INSERT INTO op_pending VALUES (NEW.entity, NEW.entity_id, NEW.kind); END;
      ${GUARDS}`)
  },
}
