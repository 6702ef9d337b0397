import type { GeometryFindings } from '#core/geo/geometry-findings.ts'
import type { Note } from '#core/model/plan.ts'
import { bilingual, type Bilingual } from '#core/text.ts'
import type { GpkgRepair } from '../store/gpkg-writer.ts'

/** What the geometry library says of an invalid polygon, by how its sentence begins. The order matters: the first that fits counts. */
const INVALID: readonly { key: string; says: RegExp; words: Bilingual }[] = [
  { key: 'selfIntersections', says: /^(Ring )?Self-intersection/i, words: bilingual('自相交', 'self-intersections') },
  { key: 'nestedRings', says: /nested/i, words: bilingual('环嵌套', 'nested rings') },
  { key: 'holesOutside', says: /Hole lies outside/i, words: bilingual('内环在外环之外', 'holes outside their shell') },
  { key: 'duplicateRings', says: /Duplicate Rings/i, words: bilingual('重复环', 'duplicate rings') },
  { key: 'disconnected', says: /disconnected/i, words: bilingual('内部不连通', 'disconnected interiors') },
  { key: 'otherInvalid', says: /./, words: bilingual('其他无效几何', 'otherwise invalid') },
]

const COUNTED: Record<keyof GeometryFindings, Bilingual> = {
  spikes: bilingual('尖刺', 'spikes'),
  slivers: bilingual('狭长碎面（平均宽度不足 0.5 米）', 'slivers (less than 0.5 m wide on average)'),
  turnedHoles: bilingual('内环方向与外环相同', 'holes that run like their shell'),
  unclosedRings: bilingual('未闭合环', 'unclosed rings'),
  duplicatePoints: bilingual('重复点', 'duplicate points'),
}

/** One sentence with every kind of oddity that a layer's geometry had, and how often; nothing when there was none. */
export function geometryNote(found: GeometryFindings, repairs: readonly GpkgRepair[]): Note[] {
  const invalid = new Map<string, number>()
  for (const { reason, detail } of repairs) {
    const kind = reason === 'invalid' ? INVALID.find(({ says }) => says.test(detail)) : undefined
    if (kind) invalid.set(kind.key, (invalid.get(kind.key) ?? 0) + 1)
  }
  const items = [
    ...INVALID.map(({ key, words }) => ({ key, words, count: invalid.get(key) ?? 0 })),
    ...Object.entries(COUNTED).map(([key, words]) => ({ key, words, count: found[key as keyof GeometryFindings] })),
  ].filter(({ count }) => count > 0)
  if (items.length === 0) return []
  const serious = items.some(({ key }) => invalid.has(key) || key === 'spikes' || key === 'slivers')
  return [
    {
      severity: serious ? 'warning' : 'info',
      code: 'geometry.report',
      params: Object.fromEntries(items.map(({ key, count }) => [key, count])),
      text: bilingual(
        `几何检查：${items.map(({ words, count }) => `${words.zh} ${count}`).join('，')}。`,
        `Geometry check: ${items.map(({ words, count }) => `${words.en} ${count}`).join(', ')}.`,
      ),
    },
  ]
}
