import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { AppError } from '#core/errors.ts'
import { inspectPaths } from '../inspect/inspect.ts'
import { readAll, scratch, zipBytes } from './fixture-writers.ts'

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
    const named = await readAll(files.write('plan.zip', zipBytes(inFolder)))
    expect(named.map(({ layer }) => [layer.layer, layer.kind, layer.count])).toEqual(LAYERS)
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
