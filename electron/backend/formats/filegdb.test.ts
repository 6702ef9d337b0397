import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { AppError } from '#core/errors.ts'
import { inspectPaths } from '../inspect/inspect.ts'
import { readAll, scratch, square, zipBytes } from './fixture-writers.ts'

const files = scratch()
afterAll(files.remove)

const torture = path.join(process.env.GREENPRINT_DATA ?? path.resolve(import.meta.dirname, '../../../../shared/data'), 'torture')
const isThere = existsSync(torture)
if (!isThere) process.stderr.write(`skipped: no test data at ${torture} (set GREENPRINT_DATA)\n`)
const source = path.join(torture, 'qgis/test_gdb.gdb')
const LAYERS = [
  ['polys', 'polygon', 2],
  ['lines', 'line', 3],
  ['points', 'point', 5],
]

describe('a file that is called .gdb', () => {
  it('is refused in words', async () => {
    await expect(readAll(files.write('x.gdb', 'x'))).rejects.toMatchObject({ code: 'import.vector-broken' })
    mkdirSync(path.join(files.dir, 'empty.gdb'))
    await expect(readAll(path.join(files.dir, 'empty.gdb'))).rejects.toBeInstanceOf(AppError)
  })
})

/** Written by GDAL itself, for no test suite has one with a list of codes. */
const hasWriter = spawnSync('ogr2ogr', ['--version']).status === 0
if (!hasWriter) process.stderr.write('skipped: no ogr2ogr to write a geodatabase with\n')

describe.skipIf(!hasWriter)('coded-value domains', () => {
  const SCHEMA = `
    INSERT INTO gpkg_extensions VALUES ('gpkg_data_columns', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec121/#extension_schema', 'read-write'),
      ('gpkg_data_column_constraints', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec121/#extension_schema', 'read-write');
    CREATE TABLE gpkg_data_columns(table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT, mime_type TEXT, constraint_name TEXT);
    CREATE TABLE gpkg_data_column_constraints(constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
      min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT);
    INSERT INTO gpkg_data_columns(table_name, column_name, constraint_name) VALUES ('yd', 'YDDM', 'use'), ('yd', 'kind', 'kinds');
    INSERT INTO gpkg_data_column_constraints(constraint_name, constraint_type, value, description) VALUES
      ('use', 'enum', 'R2', '二类城镇住宅用地'), ('use', 'enum', 'X7', '公园绿地'), ('kinds', 'enum', '1', '现状')`

  it('give codes their names, in a field beside them, from which classes can be taken', async () => {
    const features = ['R2', 'X7', 'X7', 'none'].map((YDDM, at) => ({
      type: 'Feature',
      properties: { YDDM, kind: '1' },
      geometry: { type: 'Polygon', coordinates: [square(at * 10, 0, 5)] },
    }))
    const json = files.write('domain.json', JSON.stringify({ type: 'FeatureCollection', features }))
    const [gpkg, gdb] = ['gpkg', 'gdb'].map((ending) => path.join(files.dir, `domain.${ending}`)) as [string, string]
    spawnSync('ogr2ogr', ['-f', 'GPKG', gpkg, json, '-nln', 'yd'])
    const db = new Database(gpkg)
    db.exec(SCHEMA)
    db.close()
    spawnSync('ogr2ogr', ['-f', 'OpenFileGDB', gdb, gpkg])
    const [read] = await readAll(gdb)
    expect(read?.layer.fields.map(({ name }) => name)).toEqual(['YDDM', 'kind', 'YDMC', 'kind_值域名称'])
    expect(read?.features.map(({ values }) => values)).toEqual([
      ['R2', '1', '二类城镇住宅用地', '现状'],
      ['X7', '1', '公园绿地', '现状'],
      ['X7', '1', '公园绿地', '现状'],
      ['none', '1', null, '现状'],
    ])
    expect(read?.layer.notes.map(({ code }) => code)).toContain('fields.coded-values')
    const { files: inspected } = await inspectPaths([gdb], files.dir)
    expect(inspected[0]?.layers[0]?.fields.value).toMatchObject({ class: 'YDDM', name: 'YDMC' })
    expect(inspected[0]?.layers[0]?.fixes?.find(({ code }) => code === 'fields.by-name')?.change).toEqual({
      fields: { class: 'YDMC' },
    })
  })
})

describe.skipIf(!isThere)('file geodatabases', () => {
  it('are read as one source, with OBJECTID as row, system and aliases', async () => {
    const read = await readAll(source)
    expect(read.map(({ layer }) => [layer.layer, layer.kind, layer.count])).toEqual(LAYERS)
    const [polys, , points] = read
    expect(polys?.layer.crs).toMatchObject({ value: 'EPSG:4326' })
    expect(polys?.features.map(({ row }) => row)).toEqual([1, 2])
    expect(points?.layer.notes.map(({ text }) => text.zh)).toContain('字段别名：text=t')
  })

  it('are found in the folder that holds them and in a zip, named or not, and inspected as one file', async () => {
    const folder = path.join(files.dir, 'delivery')
    cpSync(source, path.join(folder, 'plan.gdb'), { recursive: true })
    writeFileSync(path.join(folder, 'readme.txt'), 'x')
    expect((await readAll(folder)).map(({ layer }) => [layer.layer, layer.kind, layer.count])).toEqual(LAYERS)
    const { files: inspected } = await inspectPaths([folder], folder)
    expect(inspected.map((file) => [file.path, file.layers.length, file.error])).toEqual([['plan.gdb', 3, null]])
    const parts = globSync('*', { cwd: source }).map((name) => ({ name, data: readFileSync(path.join(source, name)) }))
    const inFolder = parts.map(({ name, data }) => ({ name: `交付/规划.gdb/${name}`, data }))
    // Folders have entries of their own in most archives: they are no files, whatever they are called.
    const folders = ['交付/', '交付/规划.gdb/'].map((name) => ({ name, data: Buffer.alloc(0) }))
    const named = await readAll(files.write('plan.zip', zipBytes([...folders, ...inFolder])))
    expect(named.map(({ layer }) => [layer.layer, layer.kind, layer.count])).toEqual(LAYERS)
    expect(named.flatMap(({ layer }) => layer.notes.map(({ code }) => code))).not.toContain('container.member-failed')
    const bare = await readAll(files.write('bare.zip', zipBytes(parts)))
    expect(bare.map(({ layer }) => [layer.layer, layer.kind, layer.count])).toEqual(LAYERS)
  })

  it('that lack tables are refused, and nothing beside them is touched', async () => {
    const broken = path.join(files.dir, 'broken.gdb')
    cpSync(source, broken, { recursive: true })
    for (const file of globSync('a0000000[1-9a-f].gdbtable', { cwd: broken })) writeFileSync(path.join(broken, file), 'x')
    const before = globSync('*', { cwd: broken }).toSorted()
    await expect(readAll(broken)).rejects.toBeInstanceOf(AppError)
    expect(globSync('*', { cwd: broken }).toSorted()).toEqual(before)
    rmSync(broken, { recursive: true })
  })
})
