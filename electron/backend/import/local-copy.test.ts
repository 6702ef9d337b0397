import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import type { StatFs } from '#db/filesystem.ts'
import { crsWkt } from '#core/crs/crs.ts'
import { manifestSchema } from '#core/model/manifest.ts'
import { box, writeGeoJson, writeShapefile } from './fixture-files.ts'
import { localSource } from './local-copy.ts'
import { sourceOpener } from './open-sources.ts'
import { openRaster } from './raster-layer.ts'

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-share-test-'))
afterAll(() => fs.rmSync(dir, { recursive: true, force: true }))
const share: StatFs = () => ({ type: 0xfe534d42 })
const local: StatFs = () => ({ type: 0xef53 })
const encode = (text: string) => new TextEncoder().encode(text)

function writePlan(): string {
  const stem = path.join(dir, 'land')
  writeShapefile(stem, [box(0, 0, 10)], { name: encode('CODE'), values: [encode('0701')] }, null, 'UTF-8')
  return `${stem}.shp`
}

/** Bytes, times and rights of everything below a folder. */
const stateOf = (folder: string) =>
  fs
    .readdirSync(folder)
    .toSorted()
    .map((name) => {
      const file = path.join(folder, name)
      const { mtimeMs, mode, size, ino } = fs.statSync(file)
      return [name, mtimeMs, mode, size, ino, createHash('sha256').update(fs.readFileSync(file)).digest('hex')]
    })

/** What this process holds open; nothing where the system does not tell. */
function openFiles(): string[] {
  if (!fs.existsSync('/proc/self/fd')) return []
  return fs.readdirSync('/proc/self/fd').flatMap((fd) => {
    const link = `/proc/self/fd/${fd}`
    return fs.existsSync(link) ? [fs.readlinkSync(link)] : []
  })
}

describe('a source on a network share', () => {
  it('is read from a copy with its companions, which is removed', () => {
    const file = writePlan()
    const { path: copy, remove } = localSource(file, 'land.shp', share)
    expect(path.dirname(copy)).not.toBe(dir)
    expect(fs.readdirSync(path.dirname(copy)).toSorted()).toEqual(['land.cpg', 'land.dbf', 'land.shp', 'land.shx'])
    remove()
    expect(fs.existsSync(path.dirname(copy))).toBe(false)
  })

  it('a folder is copied whole, but no link leads out of the copy', () => {
    const folder = path.join(dir, 'set')
    fs.mkdirSync(path.join(folder, 'deep'), { recursive: true })
    fs.writeFileSync(path.join(folder, 'deep', 'a.txt'), 'a')
    fs.symlinkSync('/etc', path.join(folder, 'link'))
    const { path: copy, remove } = localSource(folder, 'set', share)
    expect(fs.readdirSync(copy)).toEqual(['deep'])
    remove()
  })

  it('that is read-only gives a copy that its owner can write and remove', () => {
    const folder = path.join(dir, 'fixed')
    fs.mkdirSync(path.join(folder, 'plan.gdb'), { recursive: true })
    fs.writeFileSync(path.join(folder, 'plan.gdb', 'a00000001.gdbtable'), 'a', { mode: 0o444 })
    fs.chmodSync(path.join(folder, 'plan.gdb'), 0o555)
    const { path: copy, remove } = localSource(folder, 'fixed', share)
    const modes = [path.join(copy, 'plan.gdb'), path.join(copy, 'plan.gdb', 'a00000001.gdbtable')]
    expect(modes.map((name) => fs.statSync(name).mode & 0o200)).toEqual([0o200, 0o200])
    remove()
    expect(fs.existsSync(copy)).toBe(false)
    expect(fs.statSync(path.join(folder, 'plan.gdb')).mode & 0o777).toBe(0o555)
    fs.chmodSync(path.join(folder, 'plan.gdb'), 0o755)
  })

  it('on a local disk is read where it lies', () => {
    const file = writePlan()
    expect(localSource(file, 'land.shp', local).path).toBe(file)
  })

  it('a missing one is said to be missing', () => {
    expect(() => localSource(path.join(dir, 'none.shp'), 'none.shp', share)).toThrow(
      expect.objectContaining({ code: 'import.file-missing' }),
    )
  })

  it('grids are read from a copy too, with what tells where they lie, and the copy is removed', async () => {
    const folder = fs.mkdtempSync(path.join(dir, 'grids-'))
    fs.writeFileSync(path.join(folder, 'canopy.asc'), 'ncols 2\nnrows 1\nxllcorner 500000\nyllcorner 2500000\ncellsize 10\n1 2\n')
    fs.writeFileSync(path.join(folder, 'canopy.prj'), crsWkt('EPSG:4547') ?? '')
    const before = stateOf(folder)
    const copies = () => fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith('greenprint-share-')).length
    const had = copies()
    const wanted = { role: 'canopy' as const, path: 'canopy.asc' }
    const manifest = manifestSchema.parse({ greenprint: 'plan-manifest/1', name: 'Test', layers: [wanted] })
    const grid = await openRaster(manifest, wanted, { dir: folder, confined: true }, share)
    expect(grid.crs).toBe('EPSG:4547')
    const values: number[] = []
    for await (const strip of grid.source.strips(1)) values.push(...strip.values)
    expect(values).toEqual([1, 2])
    expect(copies()).toBe(had + 1)
    expect(openFiles().filter((file) => path.dirname(file) === folder)).toEqual([])
    grid.source.close()
    expect(copies()).toBe(had)
    expect(stateOf(folder)).toEqual(before)
  })

  it.each([
    ['share', share],
    ['disk', local],
  ])('on a %s stays as it is: nothing is written, touched or held open', async (_, statfs) => {
    const folder = fs.mkdtempSync(path.join(dir, 'sources-'))
    writeShapefile(path.join(folder, 'land'), [box(0, 0, 10)], { name: encode('CODE'), values: [encode('0701')] }, null, 'UTF-8')
    writeGeoJson(path.join(folder, 'parks.geojson'), [{ polygon: [box(0, 0, 5)] }], 4547)
    const db = new Database(path.join(folder, 'other.gpkg'))
    db.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (a)')
    db.close()
    fs.chmodSync(path.join(folder, 'parks.geojson'), 0o444)
    const before = stateOf(folder)
    const opener = sourceOpener({ dir: folder, confined: true }, () => undefined, statfs)
    const manifest = manifestSchema.parse({
      greenprint: 'plan-manifest/1',
      name: 'Test',
      layers: ['land.shp', 'parks.geojson', 'other.gpkg'].map((file) => ({ role: 'green', path: file })),
    })
    for (const layer of manifest.layers) {
      const source = await opener.open(layer).catch(() => undefined)
      for (const opened of source?.layers ?? []) expect([...opened.features()].length).toBeGreaterThan(0)
      // A local file may be open for reading; a database never is, since reading one means to lock it.
      const inPlace = openFiles().filter((file) => path.dirname(file) === folder)
      expect(statfs === share ? inPlace : inPlace.filter((file) => file.endsWith('.gpkg'))).toEqual([])
    }
    opener.close()
    expect(stateOf(folder)).toEqual(before)
  })
})
