import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { gini, twoStepAccess, within } from '#core/network/access.ts'
import { connectivity, decayRate, type HabitatGraph } from '#core/network/connectivity.ts'
import { graphOf } from '#core/network/graph.ts'
import { openSource } from '../formats/index.ts'

/** Figures that other programs computed from open data; never part of the repository. */
const data = path.resolve(process.env['GREENPRINT_DATA'] ?? path.join(import.meta.dirname, '../../../../shared/data'), 'ref')
const isThere = fs.existsSync(path.join(data, 'EXPECTED.md'))
if (!isThere) console.log(`skipped: the reference data is not at ${data}`)

interface Patch {
  areaHa: number
  x: number
  y: number
}

/** Area in hectares and centroid of every patch, in the plane of the file. */
async function patchesOf(file: string): Promise<Patch[]> {
  const source = await openSource(path.join(data, 'makurhini', file), { encoding: null, report: () => {} })
  const patches = [...(source.layers[0]?.features() ?? [])].flatMap(({ geometry }) => (geometry ? [patchOf(geometry.parts)] : []))
  source.close()
  return patches
}

function patchOf(parts: readonly (readonly Float64Array[])[]): Patch {
  const origin = parts[0]?.[0]?.slice(0, 2) ?? [0, 0]
  const [originX = 0, originY = 0] = origin
  let [twice, x, y] = [0, 0, 0]
  for (const rings of parts) {
    for (const [index, ring] of rings.entries()) {
      let own = { twice: 0, x: 0, y: 0 }
      for (let at = 0; at + 3 < ring.length; at += 2) {
        const [ax, ay] = [(ring[at] ?? 0) - originX, (ring[at + 1] ?? 0) - originY]
        const [bx, by] = [(ring[at + 2] ?? 0) - originX, (ring[at + 3] ?? 0) - originY]
        const cross = ax * by - bx * ay
        own = { twice: own.twice + cross, x: own.x + (ax + bx) * cross, y: own.y + (ay + by) * cross }
      }
      const sign = (own.twice > 0 ? 1 : -1) * (index === 0 ? 1 : -1)
      ;[twice, x, y] = [twice + sign * own.twice, x + sign * own.x, y + sign * own.y]
    }
  }
  return { areaHa: twice / 2 / 10_000, x: originX + x / (3 * twice), y: originY + y / (3 * twice) }
}

/** Every patch linked with every other by the distance of their centroids; areas in hectares. */
function complete(patches: readonly Patch[], landscapeHa: number, longestM = Infinity): HabitatGraph {
  const links = patches.flatMap((one, from) =>
    patches.slice(from + 1).flatMap((other, after) => {
      const length = Math.hypot(one.x - other.x, one.y - other.y)
      return length <= longestM ? [{ from, to: from + 1 + after, length }] : []
    }),
  )
  const graph = graphOf(patches.length, {
    from: links.map(({ from }) => from),
    to: links.map(({ to }) => to),
    length: links.map(({ length }) => length),
  })
  return { graph, areaM2: patches.map(({ areaHa }) => areaHa), landscapeM2: landscapeHa }
}

const off = (actual: number, wanted: number) => Math.abs(actual / wanted - 1)

describe.skipIf(!isThere)('connectivity agrees with another program', () => {
  it.each([
    [1, 50_823.83],
    [2, 53_727.93],
    [3, 39_049.32],
    [4, 40_469.85],
  ])('equivalent connected area of forest patches, year %i', async (year, expected) => {
    const habitat = complete(await patchesOf(`list_forest_patches_${year}.gpkg`), 279_164.3)
    expect(off(connectivity(habitat, decayRate(0.05, 10_000)).ecaM2, expected)).toBeLessThan(0.001)
  })

  it('PC and IIC of 404 patches, within the difference of two definitions of a centroid', async () => {
    const patches = await patchesOf('habitat_nodes.gpkg')
    expect(patches.length).toBe(404)
    const [region] = await patchesOf('TMVS.gpkg')
    const landscapeHa = region?.areaHa ?? NaN
    const found = connectivity(complete(patches, landscapeHa), decayRate(0.5, 10_000))
    expect(off(found.pc, 0.02801041)).toBeLessThan(0.025)
    expect(off(found.pcNumerator, 2.135845e11)).toBeLessThan(0.025)
    // what a definition of distance cannot change: the patches' own areas
    const own = patches.reduce((sum, { areaHa }) => sum + areaHa ** 2, 0)
    const checked = JSON.parse(fs.readFileSync(path.join(data, 'makurhini', 'independent_check.json'), 'utf8')) as Record<
      string,
      { PCnum: number; intra: number; IICnum: number }
    >
    const ten = checked['10000']
    expect(off(own, ((ten?.intra ?? 0) / 100) * (ten?.PCnum ?? 0))).toBeLessThan(1e-4)
    expect(off(found.pcNumerator, ten?.PCnum ?? 0)).toBeLessThan(0.001)
    const linked = connectivity(complete(patches, landscapeHa, 10_000), decayRate(0.5, 10_000))
    expect(off(linked.iic, 0.02677957)).toBeLessThan(0.025)
    expect(off(linked.iicNumerator, ten?.IICnum ?? 0)).toBeLessThan(0.001)
  })
})

describe.skipIf(!isThere)('access agrees with another program', () => {
  const rows = (text: string) => {
    const [head = '', ...lines] = text.replaceAll('"', '').trim().split('\n')
    const names = head.split(',')
    return lines.map((line) => Object.fromEntries(line.split(',').map((value, at) => [names[at] ?? '', value])))
  }

  it('two steps over five cells of Belo Horizonte, and the inequality among them', () => {
    const folder = path.join(data, 'accessibility')
    const land = new Map(rows(fs.readFileSync(path.join(folder, 'land_use_data.csv'), 'utf8')).map((row) => [row['id'], row]))
    const packed = fs.readFileSync(path.join(folder, 'travel_matrix.csv.gz'))
    const trips = rows(zlib.gunzipSync(packed).toString('utf8'))
    const cells = ['89a88cdb57bffff', '89a88cdb597ffff', '89a88cdb5b3ffff', '89a88cdb5cfffff', '89a88cd909bffff']
    const amount = (id: string | undefined, name: string) => Number(land.get(id)?.[name])
    const [jobs, people] = [cells.map((id) => amount(id, 'jobs')), cells.map((id) => amount(id, 'population'))]
    const among = trips
      .map((trip) => ({
        from: cells.indexOf(trip['from_id'] ?? ''),
        to: cells.indexOf(trip['to_id'] ?? ''),
        minutes: Number(trip['travel_time']),
      }))
      .filter(({ from, to }) => from >= 0 && to >= 0)
    const ways = { from: among.map(({ from }) => from), to: among.map(({ to }) => to), cost: among.map(({ minutes }) => minutes) }
    const { perGroup } = twoStepAccess(jobs, people, ways, within(45))
    expect([...perGroup].map((value) => Number(value.toFixed(4)))).toEqual([0.0152, 0.1491, 0.1491, 0.1068, 0])
    const reached = cells.map((id) =>
      trips
        .filter((trip) => trip['from_id'] === id && Number(trip['travel_time']) <= 30)
        .reduce((sum, trip) => sum + amount(trip['to_id'], 'jobs'), 0),
    )
    expect(gini(reached, people)).toBeCloseTo(0.1386, 4)
  })
})
