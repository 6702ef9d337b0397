import type { Inspection, Guess } from '#core/model/inspection.ts'
import type { LayerId, PlanId, ReviewId } from '#core/model/ids.ts'
import type { Measurement } from '#core/model/measurement.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import { roleInfo, type GeometryKind, type Role } from '#core/model/roles.ts'
import type { BaseUnit } from '#core/model/units.ts'
import { bilingual } from '#core/text.ts'

export const FAKE_PLAN = 'plan-qinglan' as PlanId
export const FAKE_REVIEW = 'review-qinglan' as ReviewId
export const FAKE_TIME = '2026-03-02T01:20:00.000Z'
const HASH = '5f1d2c0b9a8e7f6d5c4b3a29181706f5e4d3c2b1a0998877665544332211aa00'

/** A small Qinglan: enough for every panel to have something to say. */
export const fakePlan: Plan = {
  id: FAKE_PLAN,
  name: 'Qinglan 2035',
  nameZh: '青岚市国土空间总体规划（2021—2035年）',
  cityName: '青岚',
  cityKind: 'large',
  population: 1_250_000,
  populationYear: 2020,
  planLevel: 'master',
  baseYear: 2020,
  targetYear: 2035,
  crs: 'EPSG:4547',
  frame: { kind: 'equal-area', lonDeg: 114.2, latDeg: 30.5, semiMajorM: 6_378_137, inverseFlattening: 298.257222101 },
  extent: [-9000, -8000, 9000, 8000],
  gpkgSha256: HASH,
  manifest: { greenprint: 'plan-manifest/1', name: 'Qinglan 2035', layers: [{ role: 'landuse_plan', path: 'qinglan.gpkg' }] },
  importedAt: FAKE_TIME,
}

const layer = (role: Role, kind: GeometryKind, features: number, areaM2: number | null): Layer => ({
  id: `layer-${role}` as LayerId,
  planId: FAKE_PLAN,
  role,
  name: role,
  kind,
  table: role,
  features,
  areaM2,
  lengthM: kind === 'line' ? 182_400 : null,
  sha256: HASH,
  sourcePath: 'qinglan.gpkg',
  sourceSha256: HASH,
  sourceCrs: 'EPSG:4547',
  crsReason: bilingual('GeoPackage 中的坐标系定义', 'From the CRS definition of the GeoPackage'),
  encoding: 'UTF-8',
  notes: [],
  unknownClasses: {},
})

export const fakeLayers: Layer[] = [
  layer('landuse_plan', 'polygon', 5111, 294_443_000),
  layer('eco_redline', 'polygon', 5, 31_020_000),
  layer('green', 'polygon', 653, 43_750_000),
  layer('greenway', 'line', 7, null),
  layer('rail_station', 'point', 17, null),
]

export const layerTitle = (role: Role) => roleInfo(role).title

const measured = (
  id: string,
  value: number,
  unit: BaseUnit,
  method: [string, string],
  rest: Partial<Measurement> = {},
): Measurement => ({
  id,
  version: 1,
  outcome: { kind: 'value', value, unit },
  method: bilingual(...method),
  basis: 'ellipsoidal',
  parameters: {},
  details: {},
  evidence: [],
  evidenceTotal: 0,
  inputs: {},
  notes: [],
  ...rest,
})

/** What an analysis of the small city finds. */
export const fakeMeasurements: Measurement[] = [
  measured(
    'B01',
    85_000,
    'm2',
    [
      '规划建设用地与永久基本农田、生态保护红线叠加，不足 200 m² 的碎图斑不计。',
      'Planned construction land overlaid with both lines; slivers below 200 m² left out.',
    ],
    {
      details: { pbfOverlapM2: 0, redlineOverlapM2: 85_000, unexplained: true },
      evidence: [
        {
          layer: 'landuse_plan',
          fid: 4901,
          note: bilingual('压占生态保护红线 4.92 公顷', '4.92 ha inside the redline'),
          value: 49_200,
        },
        {
          layer: 'landuse_plan',
          fid: 4900,
          note: bilingual('压占生态保护红线 3.58 公顷', '3.58 ha inside the redline'),
          value: 35_800,
        },
      ],
      evidenceTotal: 2,
    },
  ),
  measured('N06', 0.088, 'm_per_person', ['绿道总长除以城市人口。', 'Length of greenways over the population of the city.']),
  measured('A04', 11.4, 'm2_per_person', ['公园绿地面积除以城市人口。', 'Area of parks over the population of the city.'], {
    details: { parkM2: 14_250_000, persons: 1_250_000 },
    notes: [bilingual('人口按城市总人口计。', 'The population of the whole city was used.')],
  }),
  {
    ...measured('A03', 0, 'ratio', ['', '']),
    outcome: { kind: 'missing', why: bilingual('缺少人口图层。', 'There is no population layer.'), needs: ['population'] },
  },
]

const guess = <T>(value: T, confidence: number, zh: string, en: string): Guess<T> => ({
  value,
  confidence,
  reason: bilingual(zh, en),
})

/** Files as an import finds them: one sure, one with questions, one refused. */
export const fakeInspection: Inspection = {
  manifest: null,
  files: [
    {
      path: 'plan/ghyd.shp',
      sizeBytes: 8_400_000,
      error: null,
      layers: [
        {
          path: 'plan/ghyd.shp',
          layer: null,
          format: 'shapefile',
          kind: 'polygon',
          geometryTypes: { Polygon: 5102, MultiPolygon: 9 },
          features: 5111,
          extent: [500_000, 3_300_000, 518_000, 3_316_000],
          crs: guess<string | null>(null, 0, '没有 .prj 文件', 'There is no .prj file'),
          encoding: guess<string | null>('GB18030', 0.9, '字段值按 GB18030 可读', 'The values read well as GB18030'),
          role: guess<Role | null>(
            'landuse_plan',
            0.95,
            '字段 YDYHFLDM 为用地用海分类代码',
            'Field YDYHFLDM holds land-use codes',
          ),
          fields: guess<Record<string, string>>(
            { class: 'YDYHFLDM', name: 'YDYHFLMC' },
            0.95,
            '字段名相符',
            'The field names match',
          ),
          sourceFields: [
            { name: 'YDYHFLDM', type: 'text', samples: ['0701', '0901', '1401'] },
            { name: 'YDYHFLMC', type: 'text', samples: ['城镇住宅用地', '商业用地', '公园绿地'] },
          ],
          classes: [
            { source: '0701', count: 1136, code: '0701' },
            { source: 'H9', count: 12, code: null },
          ],
          problems: [
            {
              severity: 'warning',
              text: bilingual('3 个图斑自相交，导入时修复。', '3 patches cross themselves and are repaired on import.'),
            },
          ],
        },
      ],
    },
    {
      path: 'plan/说明.doc',
      sizeBytes: 120_000,
      layers: [],
      error: { code: 'import.unknown-format', params: { file: 'plan/说明.doc' } },
    },
  ],
}
