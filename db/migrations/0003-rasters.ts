import type { Migration } from './index.ts'

/** Layers may be grids of cells: another kind, and what the grid comes to. The table is made anew, for its check names the kinds. */
export const rasters: Migration = {
  version: 3,
  name: 'rasters',
  up: (database) => {
    const around = database
      .prepare<[], { sql: string }>(
        "SELECT sql FROM sqlite_schema WHERE tbl_name = 'layers' AND type <> 'table' AND sql IS NOT NULL",
      )
      .all()
    database.exec(`
      CREATE TABLE layers_new (
        id TEXT NOT NULL PRIMARY KEY, plan_id TEXT NOT NULL REFERENCES plans, position INTEGER NOT NULL, role TEXT NOT NULL,
        name TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('polygon', 'line', 'point', 'raster')), gpkg_table TEXT NOT NULL,
        features INTEGER NOT NULL CHECK (features >= 0), area_m2 REAL, length_m REAL, sha256 TEXT NOT NULL,
        source_path TEXT NOT NULL, source_sha256 TEXT NOT NULL, source_crs TEXT NOT NULL,
        crs_reason TEXT NOT NULL CHECK (json_valid(crs_reason)), encoding TEXT, notes TEXT NOT NULL CHECK (json_valid(notes)),
        unknown_classes TEXT NOT NULL CHECK (json_valid(unknown_classes)),
        raster TEXT CHECK (raster IS NULL OR json_valid(raster))
      ) STRICT;
      INSERT INTO layers_new SELECT *, NULL FROM layers;
      DROP TABLE layers;
      ALTER TABLE layers_new RENAME TO layers;`)
    // Its index and its guards, word for word as they were.
    for (const { sql } of around) database.exec(sql)
  },
}
