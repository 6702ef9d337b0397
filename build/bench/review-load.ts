import fs from 'node:fs'
import path from 'node:path'
import type { LayerColumns } from '#core/geo/columns.ts'
import { planarFrame } from '#core/geo/frame.ts'
import type { PlanFacts } from '#core/indicators/measure-plan.ts'
import type { Manifest } from '#core/model/manifest.ts'
import { readColumnsFile } from '#backend/store/columns-file.ts'

/** A city that review-city.ts has written. */
export function loadCity(folder: string): { plan: PlanFacts; layers: LayerColumns[]; parameters: Record<string, number> } {
  const { heads, manifest } = JSON.parse(fs.readFileSync(path.join(folder, 'city.json'), 'utf8')) as {
    heads: Pick<LayerColumns, 'role' | 'name' | 'kind' | 'frame' | 'sha256'>[]
    manifest: Manifest
  }
  const layers = heads.map((head, at): LayerColumns => {
    const columns = readColumnsFile(path.join(folder, `${at}.columns`))
    if (!columns) throw new Error(`layer ${at} was not written`)
    return { ...head, ...columns }
  })
  const plan = {
    cityName: manifest.city?.name ?? null,
    cityKind: manifest.city?.kind ?? null,
    population: manifest.city?.population ?? null,
    populationYear: manifest.city?.populationYear ?? null,
    baseYear: manifest.baseYear ?? null,
    targetYear: manifest.targetYear ?? null,
    frame: planarFrame(0, 0),
    manifest,
  }
  return { plan, layers, parameters: manifest.parameters ?? {} }
}

/** What a task took: seconds by the clock and of processors, and the largest memory of this process so far. */
export async function taken(task: () => unknown): Promise<{ wallS: number; cpuS: number; peakMb: number }> {
  const [start, before] = [performance.now(), process.cpuUsage()]
  await task()
  const { user, system } = process.cpuUsage(before)
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024)
  return { wallS: (performance.now() - start) / 1000, cpuS: (user + system) / 1e6, peakMb }
}
