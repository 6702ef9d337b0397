import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { AppError } from '#core/errors.ts'
import type { Settings } from '#core/contract/procedures.ts'
import type { FileToken } from '#core/model/ids.ts'
import { launchNode } from '../launch-node.ts'
import { createBasemapService } from './basemap-service.ts'
import { pngTile, writeMbtiles, writePmtiles } from './fixture-archives.ts'
import { openTileArchive } from './tile-archive.ts'

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-basemap-'))
const at = (name: string): string => path.join(dir, name)
const red = pngTile(200, 0, 0)
const green = pngTile(0, 200, 0)

let settings: Settings = { lang: 'zh', theme: 'system', areaUnit: 'ha', reviewer: '' }
const service = createBasemapService({
  dir: at('basemaps'),
  planOf: () => {
    throw new Error('no plan here')
  },
  tempDir: at('temp'),
  launchChild: launchNode,
  tokens: { paths: (token) => (token === 'gone' ? undefined : token.split('|').map(at)) },
  settings: { get: () => settings, set: (patch) => (settings = { ...settings, ...patch }) },
  log: { bug: () => 'ref' },
})
afterAll(() => {
  service.close()
  fs.rmSync(dir, { recursive: true, force: true })
})
const choose = (name: string) => service.choose(name as FileToken)

writeMbtiles(at('photo.mbtiles'), [[0, 0, 0, red], [2, 1, 3, green]], { attribution: '<a href="x">测绘院</a>' }) // prettier-ignore
writeMbtiles(at('vector.mbtiles'), [[0, 0, 0, gzipSync('tile')]])
writePmtiles(at('photo.pmtiles'), red, 2)
writePmtiles(at('vector.pmtiles'), gzipSync('tile'), 1)
fs.writeFileSync(at('broken.mbtiles'), fs.readFileSync(at('photo.mbtiles')).subarray(0, 5000))
fs.writeFileSync(at('notes.mbtiles'), 'no tiles at all')

describe('the basemap', () => {
  it('is copied into the catalogue, told with its levels, and answered tile by tile from the north', async () => {
    const info = await choose('photo.mbtiles')
    expect(info).toMatchObject({ name: 'photo', kind: 'mbtiles', minZoom: 0, maxZoom: 2, attribution: '测绘院', opacity: 0.6 })
    fs.rmSync(at('photo.mbtiles'))
    expect(fs.readdirSync(at('basemaps'))).toEqual([`${info.id}.mbtiles`])
    expect(await service.tile(info.id, 2, 1, 3)).toEqual({ type: 'image/png', bytes: Uint8Array.from(green) })
    expect(await service.tile(info.id, 2, 1, 0)).toBeNull()
    expect(await service.tile('another', 0, 0, 0)).toBeNull()
    expect(service.fade(0.25)).toMatchObject({ id: info.id, opacity: 0.25 })
    expect(settings.basemap?.opacity).toBe(0.25)
  })

  it('is replaced by another file, read again after its process has ended, and removed without a trace', async () => {
    const info = await choose('photo.pmtiles')
    expect(info).toMatchObject({ kind: 'pmtiles', minZoom: 0, maxZoom: 0, attribution: 'Map office' })
    expect(fs.readdirSync(at('basemaps'))).toEqual([`${info.id}.pmtiles`])
    service.close()
    expect(await service.tile(info.id, 0, 0, 0)).toEqual({ type: 'image/png', bytes: Uint8Array.from(red) })
    service.remove()
    expect([service.get(), fs.readdirSync(at('basemaps')), fs.readdirSync(at('temp'))]).toEqual([null, [], []])
  })

  it.each([
    ['vector.mbtiles', 'basemap.vector-tiles'],
    ['vector.pmtiles', 'basemap.vector-tiles'],
    ['broken.mbtiles', 'basemap.unreadable'],
    ['notes.mbtiles', 'basemap.unreadable'],
    ['photo.pmtiles|vector.pmtiles', 'basemap.unreadable'],
    ['gone', 'import.files-gone'],
  ])('%s is refused, and leaves what was there', async (name, code) => {
    await expect(choose(name)).rejects.toMatchObject({ code })
    expect(service.get()).toBeNull()
    expect(fs.existsSync(at('basemaps')) ? fs.readdirSync(at('basemaps')) : []).toEqual([])
  })

  it('damaged anywhere, ends in tiles or in a typed error', async () => {
    writeMbtiles(at('small.mbtiles'), [[0, 0, 0, red]])
    let seed = 11
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below
    const refused: unknown[] = []
    for (const source of ['small.mbtiles', 'photo.pmtiles'])
      for (let mutant = 0; mutant < 100; mutant++) {
        const bytes = fs.readFileSync(at(source))
        for (let i = 0; i <= random(4); i++) bytes[random(Math.min(bytes.length, 400))] = random(256)
        fs.writeFileSync(at('mutant'), mutant % 5 === 0 ? bytes.subarray(0, random(bytes.length)) : bytes)
        try {
          const archive = await openTileArchive(at('mutant'), 'mutant')
          await archive.tile(0, 0, 0).catch((error: unknown) => refused.push(error))
          archive.close()
        } catch (error) {
          refused.push(error)
        }
      }
    expect(refused.length).toBeGreaterThan(20)
    expect(refused.filter((error) => !(error instanceof AppError))).toEqual([])
  })
})
