import { featureAreas } from '../geo/feature-areas.ts'
import { hasShape } from '../geo/edited.ts'
import { numberAt, textAt, type LayerColumns } from '../geo/columns.ts'
import { box } from '../geo/sketch.ts'
import type { DistanceMethod } from '../model/measurement.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { countedLayers, totalOf, type CountedLayer } from './counted.ts'
import { drawnGreen, isExisting } from './green-spaces.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { parksOfSize } from './large-parks.ts'
import { draft, measured, missing } from './outcomes.ts'
import type { ParkGates } from './park-gates.ts'
import { gateProxies, metresPerMinute, walkWords } from './park-walk.ts'
import { parkWays, type ParkWays } from './park-ways.ts'
import { topEvidence } from './top-evidence.ts'
import { SMALLEST_PARK, WALK_MINUTES, WALK_SPEED } from './walk-speed.ts'
import { peoplePlaces } from './walk-roads.ts'
import { hectares } from './words.ts'

const MOST_ROWS = 200

/** Share of the new green sites that bring a park within a walk of people who had none. */
export const newGreenAtDeficits = defineIndicator({
  id: 'A07',
  version: 1,
  title: { zh: '新增绿地补短板', en: 'New green where it is lacking' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: '步行 10 分钟范围内有未覆盖人口的新增绿地数 ÷ 新增绿地数；未覆盖指现状公园步行 10 分钟不可达。',
    en: 'New green sites with unserved people within a 10-minute walk ÷ new green sites; unserved: no existing park within a 10-minute walk.',
  },
  source: 'Seed article (145 new or expanded sites in the Paris region); method: interpolated',
  seed: ['S025', 'S035'],
  needs: ['green', 'population'],
  uses: ['road_network', 'park_entrance'],
  parameters: {
    walkSpeedKmh: WALK_SPEED,
    walkMinutes: WALK_MINUTES,
    minimumParkM2: SMALLEST_PARK,
    minimumGainPersons: {
      default: 1,
      min: 1,
      max: 100_000,
      unit: 'persons',
      title: { zh: '至少新覆盖人口', en: 'People gained at least' },
      source: 'Our default (interpolated)',
    },
  },
  detailTitles: {
    sites: { zh: '新增绿地', en: 'New green sites', unit: 'count' },
    helpfulSites: { zh: '其中服务未覆盖人口的', en: 'Of them, near unserved people', unit: 'count' },
    newM2: { zh: '新增绿地面积', en: 'Area of new green', unit: 'ha' },
    unservedPersons: { zh: '现状未覆盖人口', en: 'People unserved today', unit: 'persons' },
    gainedPersons: { zh: '新覆盖人口（不重复计）', en: 'People gained (each once)', unit: 'persons' },
    leftPersons: { zh: '仍未覆盖人口', en: 'People still unserved', unit: 'persons' },
  },
  compute(plan, { walkSpeedKmh, walkMinutes, minimumParkM2, minimumGainPersons }) {
    const found = gainsOf(plan, metresPerMinute(walkSpeedKmh) * walkMinutes, minimumParkM2)
    const words = walkWords(found?.distance ?? 'detour')
    const size = hectares(minimumParkM2)
    const work = draft(
      `状态为规划的绿地（不小于 ${size.zh}）中，步行 ${walkMinutes} 分钟内有不少于 ${minimumGainPersons} 名现状未覆盖居民的个数 ÷ 个数；${words.zh}。`,
      `Of green sites marked as planned (at least ${size.en}), those with at least ${minimumGainPersons} people within ${walkMinutes} minutes whom no existing park serves ÷ all; ${words.en}.`,
    )
    if (!found) return missing(work, NO_GREEN, ['green'])
    if (found.persons <= 0) return missing(work, NOBODY, ['population'])
    if (found.sites.length === 0) return missing(work, NO_SITES, ['green'])
    const isHelpful = (site: number) => (found.gains[site] ?? 0) >= minimumGainPersons
    const helpful = found.sites.filter(isHelpful).length
    const areas = featureAreas(found.parks)
    work.details = {
      sites: found.sites.length,
      helpfulSites: helpful,
      newM2: found.sites.reduce((sum, site) => sum + (areas[site] ?? 0), 0),
      unservedPersons: found.unserved,
      gainedPersons: found.gained,
      leftPersons: found.unserved - found.gained,
    }
    const result = {
      ...work,
      ...topEvidence(found.green, found.gains, gainNote),
      tables: [siteTable(found, areas, walkMinutes, isHelpful)],
      quality: { distance: found.distance, proxies: gateProxies(found.gates) },
    }
    return measured(result, helpful / found.sites.length, 'ratio')
  },
  featuresOf(plan, { walkSpeedKmh, walkMinutes, minimumParkM2 }, { row }) {
    const found = gainsOf(plan, metresPerMinute(walkSpeedKmh) * walkMinutes, minimumParkM2)
    if (!found) return []
    const areas = featureAreas(found.parks)
    return topEvidence(
      found.green,
      areas.map((areaM2, site) => (String(found.green.fid[site]) === row ? areaM2 : 0)),
      hectares,
    ).evidence
  },
  examples: [
    {
      title: 'two new parks: one beside 400 people without a park, one where an existing park serves everybody',
      layers: {
        green: [
          { polygon: [box(-100, 0, 100, 100)], attributes: { status: 'existing' } },
          { polygon: [box(-100, 200, 100, 100)], attributes: { status: 'planned' } },
          { polygon: [box(3000, 0, 100, 100)], attributes: { status: 'planned' } },
        ],
        population: [
          { point: [50, 50], attributes: { persons: 600 } },
          { point: [2900, 50], attributes: { persons: 400 } },
          { point: [9000, 50], attributes: { persons: 100 } },
        ],
      },
      answer: 0.5,
      details: { sites: 2, helpfulSites: 1, unservedPersons: 500, gainedPersons: 400, leftPersons: 100, newM2: 20_000 },
    },
    {
      title: 'along the roads the new park is 900 m away, not 100 m',
      layers: {
        green: [
          { polygon: [box(-100, 0, 100, 100)], attributes: { status: '规划' } },
          { polygon: [box(5000, 0, 100, 100)], attributes: { status: '规划' } },
        ],
        park_entrance: [{ point: [0, 50] }, { point: [5000, 50] }],
        road_network: [
          { line: [[0, 50], [0, -350], [100, -350], [100, 50]] }, // prettier-ignore
          { line: [[4700, 50], [5000, 50]] }, // prettier-ignore
        ],
        population: [
          { point: [100, 50], attributes: { persons: 50 } },
          { point: [4700, 50], attributes: { persons: 50 } },
        ],
      },
      answer: 0.5,
      details: { gainedPersons: 50, leftPersons: 50 },
    },
    {
      title: 'no green is marked as planned',
      layers: {
        green: [{ polygon: [box(0, 0, 100, 100)], attributes: { status: 'existing' } }],
        population: [{ point: [0, 0], attributes: { persons: 1 } }],
      },
      answer: 'missing',
    },
  ],
})

const NO_GREEN: Bilingual = { zh: '没有公园与绿地图层。', en: 'There is no layer of parks and green space.' }
const NOBODY: Bilingual = { zh: '没有人口数据。', en: 'There are no data of people.' }
const NO_SITES: Bilingual = {
  zh: '绿地图层中没有标明为规划新增的绿地（状态字段）。',
  en: 'The green layer marks no site as planned (field of status).',
}

const gainNote = (persons: number): Bilingual => ({
  zh: `新覆盖约 ${Math.round(persons)} 人`,
  en: `brings a park to about ${Math.round(persons)} people`,
})

interface Gains {
  green: LayerColumns
  parks: LayerColumns
  sites: number[]
  /** People unserved today within a walk of each site; a person near two sites counts for both. */
  gains: Float64Array
  persons: number
  unserved: number
  gained: number
  distance: DistanceMethod
  gates: ParkGates | undefined
}

function gainsOf(plan: PlanData, walkM: number, minimumM2: number): Gains | undefined {
  const green = drawnGreen(plan)
  if (!green) return undefined
  const parks = parksOfSize(plan, green, minimumM2)
  const sites = Array.from(parks.fid.keys()).filter((site) => hasShape(parks, site) && !isExisting(green.layer, site))
  const people = countedLayers(plan, 'population')
  const sums = { gains: new Float64Array(parks.count), unserved: 0, gained: 0 }
  const isNew = new Uint8Array(parks.count)
  for (const site of sites) isNew[site] = 1
  let [distance, gates]: [DistanceMethod, ParkGates | undefined] = ['detour', undefined]
  for (const one of people) {
    const found = parkWays(plan, one.layer, parks, walkM)
    ;({ distance, gates } = found)
    addGains(one, found.ways, isNew, sums)
  }
  return { green: green.layer, parks, sites, persons: totalOf(people), distance, gates, ...sums }
}

function addGains(
  { layer, amounts }: CountedLayer,
  { from, to, placed }: ParkWays,
  isNew: Uint8Array,
  sums: { gains: Float64Array; unserved: number; gained: number },
): void {
  const { offset, share } = peoplePlaces(layer)
  const persons = new Float64Array(share.length)
  for (let feature = 0; feature < layer.count; feature += 1) {
    for (let place = offset[feature] ?? 0; place < (offset[feature + 1] ?? 0); place += 1) {
      if (placed[place] === 1) persons[place] = (amounts[feature] ?? 0) * (share[place] ?? 0)
    }
  }
  for (let way = 0; way < from.length; way += 1) if (isNew[to[way] ?? 0] === 0) persons[from[way] ?? 0] = 0
  const isGained = new Uint8Array(persons.length)
  for (let way = 0; way < from.length; way += 1) {
    const [site, place] = [to[way] ?? 0, from[way] ?? 0]
    if (isNew[site] === 0) continue
    sums.gains[site] = (sums.gains[site] ?? 0) + (persons[place] ?? 0)
    isGained[place] = 1
  }
  for (const [place, here] of persons.entries()) {
    sums.unserved += here
    if (isGained[place] === 1) sums.gained += here
  }
}

function siteTable(
  { green, sites, gains }: Gains,
  areas: Float64Array,
  minutes: number,
  isHelpful: (site: number) => boolean,
): ResultTable {
  const largest = sites.toSorted((one, other) => (gains[other] ?? 0) - (gains[one] ?? 0)).slice(0, MOST_ROWS)
  return {
    id: 'sites',
    kind: 'list',
    title: { zh: '新增绿地与新覆盖人口', en: 'New green sites and the people they gain' },
    rowTitle: { zh: '绿地', en: 'Site' },
    columns: [
      { key: 'area', title: { zh: '面积', en: 'Area' }, unit: 'ha' },
      {
        key: 'gain',
        title: { zh: `步行 ${minutes} 分钟内未覆盖人口`, en: `Unserved people within ${minutes} minutes` },
        unit: 'persons',
      },
      { key: 'verdict', title: { zh: '补短板', en: 'Helps' }, unit: null },
      { key: 'year', title: { zh: '建成或计划年份', en: 'Year built or planned' }, unit: null },
    ],
    rows: largest.map((site) => {
      const fid = green.fid[site] ?? 0
      const name = textAt(green, 'name', site)
      return {
        key: String(fid),
        title: { zh: name ?? `绿地 ${fid}`, en: name ?? `Site ${fid}` },
        cells: [
          areas[site] ?? 0,
          gains[site] ?? 0,
          isHelpful(site) ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' },
          yearOf(green, site),
        ],
        place: { layer: 'green', fid },
      }
    }),
  }
}

/** The year that the layer names for a site; null where it names none, or no year of this age. */
function yearOf(green: LayerColumns, site: number): Bilingual | null {
  const year = numberAt(green, 'year', site)
  return year !== undefined && Number.isInteger(year) && year >= 1900 && year <= 2200
    ? { zh: `${year} 年`, en: String(year) }
    : null
}
