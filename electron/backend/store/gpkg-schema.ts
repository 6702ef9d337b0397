import type { GeometryKind } from '#core/model/roles.ts'

/** The coordinate system that the feature tables of a GeoPackage are in. */
export interface GpkgCrs {
  /** Row id in `gpkg_spatial_ref_sys`: the EPSG code, or −1 for metres without a place on Earth. */
  srsId: number
  name: string
  organization: string
  code: number
  /** OGC WKT 1; "undefined" for −1. */
  wkt: string
}

/** "GPKG" as a big-endian integer: how SQLite files say what they are. */
export const GPKG_APPLICATION_ID = 0x47504b47
/** GeoPackage 1.3.0: the newest whose triggers every GDAL and QGIS in offices accepts without a warning. */
export const GPKG_USER_VERSION = 10300

/** The file never changes after its import, so its tables carry one fixed date and equal inputs give equal bytes. */
export const LAST_CHANGE = '1970-01-01T00:00:00.000Z'

/** Our own table inside the plan's GeoPackage: which table plays which role, and where it came from. */
export const LAYERS_TABLE = 'greenprint_layers'

/** And what the import changed in single features. */
export const REPAIRS_TABLE = 'greenprint_repairs'

export const GPKG_DDL = `
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE ${LAYERS_TABLE} (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, role TEXT NOT NULL, table_name TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
  kind TEXT NOT NULL, sha256 TEXT NOT NULL, source_path TEXT NOT NULL, source_sha256 TEXT NOT NULL, source_crs TEXT NOT NULL,
  crs TEXT NOT NULL, encoding TEXT);
CREATE TABLE ${REPAIRS_TABLE} (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, table_name TEXT NOT NULL, feature_fid INTEGER, source_row INTEGER NOT NULL,
  reason TEXT NOT NULL, detail TEXT NOT NULL, area_delta_m2 REAL NOT NULL);
`

/** Lists our own tables among the contents, so that other tools open the file without a warning. After the CRS rows. */
export const REGISTER_OWN_TABLES = `
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) VALUES
  ('${LAYERS_TABLE}', 'attributes', '${LAYERS_TABLE}', 'Roles and sources of the layers of a Greenprint plan', '${LAST_CHANGE}', 0),
  ('${REPAIRS_TABLE}', 'attributes', '${REPAIRS_TABLE}', 'What the import changed in single features', '${LAST_CHANGE}', 0);
`

const WGS84_WKT =
  'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],' +
  'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,' +
  'AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]'

/** The system of data without a place on Earth. */
export const LOCAL_CRS: GpkgCrs = {
  srsId: -1,
  name: 'Undefined Cartesian SRS',
  organization: 'NONE',
  code: -1,
  wkt: 'undefined',
}

/** The three systems that every GeoPackage must list. */
export const REQUIRED_CRS: readonly GpkgCrs[] = [
  LOCAL_CRS,
  { srsId: 0, name: 'Undefined geographic SRS', organization: 'NONE', code: 0, wkt: 'undefined' },
  { srsId: 4326, name: 'WGS 84 geodetic', organization: 'EPSG', code: 4326, wkt: WGS84_WKT },
]

/** Geometry type of a table; points are single unless the source has clusters. */
export const geometryTypeName = (kind: GeometryKind, multiPoint: boolean): string =>
  kind === 'polygon' ? 'MULTIPOLYGON' : kind === 'line' ? 'MULTILINESTRING' : multiPoint ? 'MULTIPOINT' : 'POINT'

/** A name as an SQL identifier; the only way a source's name reaches SQL. */
export const quoted = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`

/**
 * The index triggers of GeoPackage 1.3 (newer sets make GDAL 3.6 warn). Created after the bulk load: they are for the
 * tools of others, since Greenprint never edits the file.
 */
export function rtreeTriggers(table: string): string {
  const t = quoted(table)
  const index = quoted(`rtree_${table}_geom`)
  const name = (suffix: string) => quoted(`rtree_${table}_geom_${suffix}`)
  const box = 'NEW."fid", ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"), ST_MinY(NEW."geom"), ST_MaxY(NEW."geom")'
  const put = `INSERT OR REPLACE INTO ${index} VALUES (${box});`
  const full = '(NEW."geom" NOTNULL AND NOT ST_IsEmpty(NEW."geom"))'
  const empty = '(NEW."geom" ISNULL OR ST_IsEmpty(NEW."geom"))'
  return `
CREATE TRIGGER ${name('insert')} AFTER INSERT ON ${t} WHEN (new."geom" NOT NULL AND NOT ST_IsEmpty(NEW."geom"))
  BEGIN ${put} END;
CREATE TRIGGER ${name('update1')} AFTER UPDATE OF "geom" ON ${t} WHEN OLD."fid" = NEW."fid" AND ${full}
  BEGIN ${put} END;
CREATE TRIGGER ${name('update2')} AFTER UPDATE OF "geom" ON ${t} WHEN OLD."fid" = NEW."fid" AND ${empty}
  BEGIN DELETE FROM ${index} WHERE id = OLD."fid"; END;
CREATE TRIGGER ${name('update3')} AFTER UPDATE ON ${t} WHEN OLD."fid" != NEW."fid" AND ${full}
  BEGIN DELETE FROM ${index} WHERE id = OLD."fid"; ${put} END;
CREATE TRIGGER ${name('update4')} AFTER UPDATE ON ${t} WHEN OLD."fid" != NEW."fid" AND ${empty}
  BEGIN DELETE FROM ${index} WHERE id IN (OLD."fid", NEW."fid"); END;
CREATE TRIGGER ${name('delete')} AFTER DELETE ON ${t} WHEN old."geom" NOT NULL
  BEGIN DELETE FROM ${index} WHERE id = OLD."fid"; END;`
}
