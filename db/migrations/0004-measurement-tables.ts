import type { Migration } from './index.ts'

/** A measurement keeps the tables that explain it and what a reader must know of its quality; earlier ones have neither. */
export const measurementTables: Migration = {
  version: 4,
  name: 'measurement tables',
  up: (database) =>
    database.exec(`
      ALTER TABLE measurements ADD COLUMN tables TEXT CHECK (tables IS NULL OR json_valid(tables));
      ALTER TABLE measurements ADD COLUMN quality TEXT CHECK (quality IS NULL OR json_valid(quality));`),
}
