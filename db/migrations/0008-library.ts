import type { Migration } from './index.ts'

/**
 * Memos of any office as they were read, whether their plans are here or not, and their texts with an index of every three characters in a
 * row. What an inbox has shown is remembered by the hash of its bytes. Neither is a step of the history: no guards.
 */
export const library: Migration = {
  version: 8,
  name: 'library',
  up: (database) => {
    database.exec(`
      CREATE TABLE library (
        id TEXT NOT NULL PRIMARY KEY, sha256 TEXT NOT NULL, source TEXT NOT NULL CHECK (source IN ('exported', 'received', 'opened', 'added')),
        added_by TEXT NOT NULL, added_at TEXT NOT NULL, series TEXT NOT NULL, review_id TEXT, on_date TEXT NOT NULL,
        office TEXT NOT NULL, kind TEXT, opinion TEXT, head TEXT NOT NULL CHECK (json_valid(head)),
        reading BLOB
      ) STRICT;
      CREATE INDEX library_by_file ON library (sha256);
      CREATE INDEX library_by_series ON library (series);
      CREATE TABLE library_texts (
        id INTEGER NOT NULL PRIMARY KEY, memo TEXT NOT NULL REFERENCES library,
        place TEXT NOT NULL CHECK (place IN ('title', 'finding', 'note', 'reason')),
        ref TEXT NOT NULL, item TEXT, severity TEXT CHECK (severity IN ('must', 'should', 'note')),
        text TEXT NOT NULL, folded TEXT NOT NULL
      ) STRICT;
      CREATE INDEX library_texts_by_memo ON library_texts (memo);
      CREATE VIRTUAL TABLE library_index USING fts5 (folded, content='library_texts', content_rowid='id', tokenize='trigram');
      CREATE TRIGGER library_texts_enter AFTER INSERT ON library_texts
      BEGIN INSERT INTO library_index (rowid, folded) VALUES (NEW.id, NEW.folded); END;
      CREATE TRIGGER library_texts_leave AFTER DELETE ON library_texts
      BEGIN INSERT INTO library_index (library_index, rowid, folded) VALUES ('delete', OLD.id, OLD.folded); END;
      CREATE TABLE inbox_seen (
        sha256 TEXT NOT NULL PRIMARY KEY, file_name TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('seen', 'taken', 'dismissed')),
        at TEXT NOT NULL
      ) STRICT;`)
  },
}
