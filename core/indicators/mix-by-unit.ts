import { squareCells, type Cells } from '../geo/cells.ts'
import type { LayerColumns } from '../geo/columns.ts'
import { perGeometry, perLayer } from '../geo/edited.ts'
import type { ResultTable } from '../model/result-table.ts'
import { classGroup } from '../reference/land-classes.ts'
import { LAND_USE_MIX, mixFunction } from '../reference/land-use-mix.ts'
import type { Bilingual } from '../text.ts'
import { normalisedEntropy } from './entropy.ts'
import { hillNumber } from './hill.ts'
import type { PlanData } from './indicator.ts'
import { areaByUnitAndKind, kindOfParcels, unitTable } from './per-unit.ts'
import { adminFeatures, LEVEL_WORDS, type AdminLevel } from './study-area.ts'
import { metres } from './words.ts'

const FUNCTIONS = LAND_USE_MIX.functions
const isConstruction = classGroup('construction')

/** Levels whose units can be mixed, the smallest first. */
const LEVELS = ['unit', 'cluster', 'district'] as const

export const LEVEL_TITLES = {
  unit: { zh: '详规单元', en: 'the plan units' },
  cluster: { zh: '功能组团', en: 'the clusters' },
  district: { zh: '区县', en: 'the districts' },
} as const

/** The function of every parcel of construction land, −1 for all other land. */
export const mixKinds = perLayer((parcels) => kindOfParcels(parcels, (code) => (isConstruction(code) ? mixFunction(code) : -1)))

/** Units in which uses are mixed: of the admin layer, or square cells. */
export interface MixUnits {
  layer: LayerColumns
  features: readonly number[]
  kind: (typeof LEVELS)[number] | 'cell'
  title: Bilingual
  notes: Bilingual[]
}

const cellsOf = new Map<number, (parcels: LayerColumns) => Cells>()

/** Square cells over parcels. An edit that touches no other cells keeps the very same ones, so that tables over them are patched. */
const keptCells = (wantedM: number) =>
  perGeometry(
    (layer) => squareCells(layer, wantedM),
    (ofEarlier, layer) => {
      const found = squareCells(layer, wantedM)
      return found.cellM === ofEarlier.cellM && isSameGround(found.cells, ofEarlier.cells) ? ofEarlier : found
    },
  )

const isSameGround = ({ xy }: LayerColumns, { xy: other }: LayerColumns): boolean =>
  xy.length === other.length && xy.every((mm, at) => mm === other[at])

/** The smallest units that are drawn; square cells when none are. */
export function mixUnits(plan: PlanData, parcels: LayerColumns, wantedM: number): MixUnits {
  const admin = plan.layer('admin')
  for (const kind of LEVELS) {
    const features = admin ? adminFeatures(admin, kind) : []
    if (admin && features.length > 0) return { layer: admin, features, kind, title: LEVEL_TITLES[kind], notes: [] }
  }
  const ofSize = cellsOf.get(wantedM) ?? keptCells(wantedM)
  cellsOf.set(wantedM, ofSize)
  const { cells, cellM } = ofSize(parcels)
  const size = metres(cellM)
  const title = { zh: `边长 ${size.zh} 的方格`, en: `square cells of ${size.en}` }
  const notes = [
    {
      zh: `行政区图层没有单元、组团或区县，以边长 ${size.zh} 的方格代替。`,
      en: `The admin layer holds no units, clusters or districts; square cells of ${size.en} were used.`,
    },
  ]
  return { layer: cells, features: [...cells.fid.keys()], kind: 'cell', title, notes }
}

/** Construction land of one unit by function, and how mixed it is. */
export interface UnitMix {
  unit: number
  /** Normalised entropy over the functions considered, 0 … 1. */
  mix: number
  /** Effective number of uses for q = 0, 1 and 2. */
  hill: readonly [number, number, number]
  areaM2: number
  /** By function, in the order of the reference list. */
  amounts: Float64Array
}

const sumsOf = perLayer((parcels) => perLayer((units) => areaByUnitAndKind(parcels, units, mixKinds(parcels), FUNCTIONS.length)))

/** The mix of every unit that has construction land. A fold of the overlaps of parcels and units. */
export function mixByUnit(parcels: LayerColumns, { layer, features }: Pick<MixUnits, 'layer' | 'features'>): UnitMix[] {
  const sums = sumsOf(parcels)(layer)
  return features.flatMap((unit) => {
    const amounts = sums.subarray(unit * FUNCTIONS.length, (unit + 1) * FUNCTIONS.length)
    const areaM2 = amounts.reduce((sum, value) => sum + value, 0)
    if (areaM2 === 0) return []
    const hill = [hillNumber(amounts, 0), hillNumber(amounts, 1), hillNumber(amounts, 2)] as const
    return [{ unit, mix: normalisedEntropy(amounts, FUNCTIONS.length), hill, areaM2, amounts }]
  })
}

/** One table per level that is drawn: entropy, effective numbers of uses and land by function. */
export const mixTables = (parcels: LayerColumns, admin: LayerColumns): ResultTable[] =>
  LEVELS.flatMap((level) => {
    const features = adminFeatures(admin, level)
    return features.length === 0 ? [] : [mixTable(parcels, admin, level, features)]
  })

function mixTable(parcels: LayerColumns, admin: LayerColumns, level: AdminLevel, features: readonly number[]): ResultTable {
  const mixes = new Map(mixByUnit(parcels, { layer: admin, features }).map((mix) => [mix.unit, mix]))
  const word = LEVEL_WORDS[level]
  const head = {
    id: `by_${level}`,
    title: { zh: `各${word.zh}功能混合度`, en: `Land-use mix by ${word.en}` },
    columns: [
      { key: 'mix', title: { zh: '混合度', en: 'Mix' }, unit: 'index' as const },
      { key: 'hill1', title: { zh: '有效功能数 q＝1', en: 'Effective uses, q = 1' }, unit: 'index' as const },
      { key: 'hill2', title: { zh: '有效功能数 q＝2', en: 'Effective uses, q = 2' }, unit: 'index' as const },
      { key: 'hill0', title: { zh: '功能种数', en: 'Uses' }, unit: 'index' as const },
      { key: 'areaM2', title: { zh: '建设用地', en: 'Construction land' }, unit: 'ha' as const },
      ...FUNCTIONS.map(({ id, zh, en }) => ({ key: id, title: { zh, en }, unit: 'ha' as const })),
    ],
  }
  return unitTable(admin, level, head, ({ feature }) => {
    const mix = mixes.get(feature)
    if (!mix) return [null, null, null, null, 0, ...FUNCTIONS.map(() => 0)]
    return [mix.mix, mix.hill[1], mix.hill[2], mix.hill[0], mix.areaM2, ...mix.amounts]
  })
}
