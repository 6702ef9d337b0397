import { opGuards } from './guards.ts'
import type { Migration } from './index.ts'

/** Kinds of record up to this version; a later one adds to `op_leaves_ticket` in its own migration. */
const KINDS = [
  'remark',
  'attachment',
  'round',
  'option',
  'option_edit',
  'template',
  'checklist',
  'merge',
  'merged_op',
  'resolution',
  'received_checklist',
]

const COLUMNS = `id, review_id, number, item, severity, text, action, evidence, withdrawn, entered_by, entered_at, mark, review_point,
  status, quote, carried`

/**
 * What comes from other offices. Two findings of a review may have the same number when they were made in two places: `origin` then
 * says whose the second one is. Merges, the operations that they brought and what was chosen in conflicts are records.
 */
export const merges: Migration = {
  version: 7,
  name: 'merges',
  up: (database) => {
    database.exec(`
      CREATE TABLE findings_again (
        id TEXT NOT NULL PRIMARY KEY, review_id TEXT NOT NULL REFERENCES reviews, number INTEGER NOT NULL CHECK (number > 0),
        item TEXT, severity TEXT NOT NULL CHECK (severity IN ('must', 'should', 'note')), text TEXT NOT NULL, action TEXT NOT NULL,
        evidence TEXT NOT NULL CHECK (json_valid(evidence)), withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
        entered_by TEXT NOT NULL, entered_at TEXT NOT NULL, mark TEXT CHECK (json_valid(mark)), review_point TEXT,
        status TEXT CHECK (status IN ('answered', 'resolved', 'exception', 'verified')), quote TEXT CHECK (json_valid(quote)),
        carried TEXT CHECK (json_valid(carried)), origin TEXT
      ) STRICT;
      INSERT INTO findings_again (${COLUMNS}) SELECT ${COLUMNS} FROM findings ORDER BY rowid;
      DROP TABLE findings;
      ALTER TABLE findings_again RENAME TO findings;
      CREATE UNIQUE INDEX findings_by_number ON findings (review_id, number, coalesce(origin, ''));
      DROP TRIGGER op_leaves_ticket;
      CREATE TRIGGER op_leaves_ticket AFTER INSERT ON op
      WHEN NEW.entity IN ('plan', 'layer', 'review', 'item_entry', 'finding', 'sheet', ${KINDS.map((kind) => `'${kind}'`).join(', ')})
      BEGIN INSERT INTO op_pending VALUES (NEW.entity, NEW.entity_id, NEW.kind); END;
      ${opGuards(
        'findings',
        () => "'finding'",
        (row) => `${row}.id`,
      )}`)
  },
}
