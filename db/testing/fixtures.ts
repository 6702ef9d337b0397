import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { SessionEdit } from '#core/contract/analysis-procedures.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import type { Measurement } from '#core/model/measurement.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import type { Role } from '#core/model/roles.ts'
import type { Actor } from '../actor.ts'
import { openCatalogue, type Catalogue, type CatalogueOptions } from '../catalogue.ts'

export const REVIEWER: Actor = { name: '林青', office: '总体规划科' }

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Folders of one test file, deleted by `removeTempDirs`. Their names hold what real ones do: Chinese, a space, an emoji. */
const made: string[] = []
export function tempDir(): string {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), '绿图 🌳-'))
  made.push(dir)
  return dir
}
export const removeTempDirs = (): void => {
  for (const dir of made.splice(0)) fs.rmSync(dir, { recursive: true, force: true })
}

/** Opens without ballast and automatic copies; a fault in the background fails the test. */
export const openForTest = (dir: string, options: Partial<CatalogueOptions> = {}): Catalogue =>
  openCatalogue(dir, {
    ballastBytes: 0,
    automaticBackups: false,
    onFault: (fault) => {
      throw fault
    },
    ...options,
  })

export const samplePlan = (name = 'Qinglan 2035'): Plan => ({
  id: randomUUID() as PlanId,
  name,
  nameZh: '青岚市国土空间总体规划（2021—2035年）',
  cityName: 'Qinglan',
  cityKind: 'large',
  population: 1_250_000,
  populationYear: 2020,
  planLevel: 'master',
  baseYear: 2020,
  targetYear: null,
  crs: 'EPSG:4547',
  frame: { kind: 'equal-area', lonDeg: 114.05, latDeg: 30.5, semiMajorM: 6_378_137, inverseFlattening: 298.257222101 },
  extent: [-12_000.5, -9000, 12_000, 9000.25],
  gpkgSha256: sha256(name),
  manifest: { greenprint: 'plan-manifest/1', name, layers: [{ role: 'green', path: 'plan/green.shp', encoding: undefined }] },
  importedAt: '2026-03-02T08:00:00.000Z',
})

export const sampleLayer = (planId: PlanId, role: Role, features = 12, areaM2: number | null = 1234.5): Layer => ({
  id: randomUUID() as LayerId,
  planId,
  role,
  name: role,
  kind: 'polygon',
  table: role,
  features,
  areaM2,
  lengthM: null,
  sha256: sha256(role),
  sourcePath: `plan/${role}.shp`,
  sourceSha256: sha256(`source ${role}`),
  sourceCrs: 'EPSG:4547',
  crsReason: { zh: '来自 .prj 文件', en: 'From the .prj file' },
  encoding: 'GB18030',
  notes: [{ severity: 'warning', text: { zh: '修复 2 个要素', en: '2 features repaired' } }],
  unknownClasses: { 其他: 3 },
})

export const sampleMeasurement = (id: string, value = 0.4182, version = 1): Measurement => ({
  id,
  version,
  outcome: { kind: 'value', value, unit: 'ratio' },
  method: { zh: '面积之比', en: 'Ratio of areas' },
  basis: 'ellipsoidal',
  parameters: { walkSpeedKmh: 4.8 },
  details: { greenAreaM2: 1 / 3, none: null },
  evidence: [{ layer: 'green', fid: 7, note: { zh: '公园', en: 'Park' }, value: 10.25 }],
  evidenceTotal: 1,
  inputs: { green: sha256('green') },
  notes: [],
})

/** A catalogue with one plan of three layers and one open review. */
export function withReview(catalogue: Catalogue) {
  const plan = samplePlan()
  const layers = (['landuse_plan', 'green', 'admin'] as const).map((role) => sampleLayer(plan.id, role))
  catalogue.commands.addPlan(plan, layers, REVIEWER)
  const draft = { planId: plan.id, checklistId: 'green-low-carbon', checklistVersion: '1.0.0' }
  return { plan, layers, review: catalogue.commands.openReview(draft, REVIEWER).value }
}

export const entryDraft = (item: string, level: 0 | 1 | 2 | 3 | 4 | null = 3) => ({
  item,
  level,
  notApplicable: false,
  reason: '现场踏勘后确认',
  document: 'text.pdf',
  page: 12,
})

export const findingDraft = (text = '公园入口缺失') => ({
  item: 'A03',
  severity: 'must' as const,
  text,
  action: '补充入口',
  evidence: [{ layer: 'green', fid: 4 }],
})

/** One edit of a what-if option: a parcel deleted. */
export const optionEdit = (fid: number): SessionEdit => ({ change: 'delete', layerId: 'landuse_plan' as LayerId, fid })
