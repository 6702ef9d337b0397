import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { AppError } from '#core/errors.ts'
import { rehearsalParcels } from '../import/rehearsal-parcels.ts'
import { openSource } from './index.ts'
import { openLightly } from './open-source.ts'

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-open-'))
afterAll(() => fs.rmSync(dir, { recursive: true }))
const options = { encoding: null, report: () => undefined }

/** What opening comes to: the layers' kinds and counts, or the refusal. */
async function outcome(open: typeof openSource, file: string): Promise<unknown> {
  try {
    const source = await open(file, options)
    source.close()
    return source.layers.map(({ kind, count, extent }) => ({ kind, count, extent }))
  } catch (error) {
    if (error instanceof AppError) return error.toWire()
    throw error
  }
}

it('opens with one reader loaded what is opened with all of them', async () => {
  for (const [extension, bytes] of rehearsalParcels()) fs.writeFileSync(path.join(dir, `parcels${extension}`), bytes)
  fs.mkdirSync(path.join(dir, 'folder.SHP'))
  fs.copyFileSync(path.join(dir, 'parcels.shp'), path.join(dir, 'folder.SHP', 'inside.shp'))
  fs.writeFileSync(path.join(dir, 'points.csv'), 'x,y\n1,2\n')
  fs.writeFileSync(path.join(dir, 'short.shp'), 'short')
  const names = ['parcels.shp', 'folder.SHP', 'points.csv', 'short.shp', 'missing.shp', 'missing/parcels.shp', 'parcels.cpg']
  for (const name of names) {
    const file = path.join(dir, name)
    expect([name, await outcome(openLightly, file)]).toEqual([name, await outcome(openSource, file)])
  }
  expect(await outcome(openLightly, path.join(dir, 'parcels.shp'))).toMatchObject([{ kind: 'polygon', count: 128 * 128 }])
})
