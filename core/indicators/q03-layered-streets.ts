import type { LayerColumns } from '../geo/columns.ts'
import type { Bilingual } from '../text.ts'
import { onlyWhere, totalOf } from './amounts.ts'
import { defineIndicator } from './indicator.ts'
import { box } from '../geo/sketch.ts'
import { linkingStreets, linkingTable } from './nature-ways.ts'
import { kilometres, lengthsByKind, lineLengths, type LineKinds } from './line-kinds.ts'
import { draft, measured, missing } from './outcomes.ts'
import { topEvidence } from './top-evidence.ts'
import { lengthBasis } from './words.ts'

/** The four layers of a Nature Way; words inside longer words come after them. */
const LAYER_WORDS: readonly (readonly string[])[] = [
  ['emergent', '露生', '露头', '超高', '大乔木', '高大乔木', '上层乔木'],
  ['understory', 'understorey', '林下', '下木', '小乔木', '亚乔木', '中层'],
  ['shrub', '灌木', '地被灌丛'],
  ['canopy', '林冠', '冠层', '中乔木', '乔木'],
]

const NUMBERS = {
  four: { zh: '4 层', en: '4 layers' },
  three: { zh: '3 层', en: '3 layers' },
  two: { zh: '2 层', en: '2 layers' },
  one: { zh: '1 层', en: '1 layer' },
  none: { zh: '没有植被', en: 'No planting' },
  unknown: { zh: '未注明', en: 'Not stated' },
} as const
type Layers = keyof typeof NUMBERS
const BY_NUMBER: readonly Layers[] = ['none', 'one', 'two', 'three', 'four']

/** Share of the main streets that are planted in three or four layers. */
export const layeredStreets = defineIndicator({
  id: 'Q03',
  version: 2,
  title: { zh: '自然之路多层植被', en: 'Layered streets' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: 'L(植被不少于 3 层的主要街道) ÷ L(主要街道)；四层为露生、林冠、林下、灌木，未注明的按未达到计。',
    en: 'L(main streets with 3 layers or more) ÷ L(main streets); emergent, canopy, understory and shrub; streets that state none do not pass.',
  },
  source: 'NParks Nature Ways (four layers; 130 km in 2020 to 300 km in 2030)',
  seed: ['S042'],
  needs: ['street'],
  isSlow: true,
  uses: ['landuse_plan'],
  parameters: {
    wantedLayers: {
      default: 3,
      min: 1,
      max: 4,
      unit: 'count',
      title: { zh: '植被层数要求', en: 'Layers wanted' },
      source: 'Domain rule Q03 (three of the four layers of a Nature Way)',
    },
    habitatReachM: {
      default: 100,
      min: 0,
      max: 2000,
      unit: 'm',
      title: { zh: '道路端点距生境（连接两处生境的自然之路）', en: 'Ends of a street from habitat (Nature Ways that link two)' },
      source: 'NParks Nature Ways lead from one area of biodiversity to another; the distance is interpolated by this project',
    },
    linkedPatchHa: {
      default: 1,
      min: 0.01,
      max: 1000,
      unit: 'ha',
      title: { zh: '所连生境的最小面积', en: 'Smallest habitat that counts as linked' },
      source: 'As the patches of N03: 1 ha (interpolated)',
    },
  },
  detailTitles: {
    streetM: { zh: '主要街道', en: 'Main streets', unit: 'km' },
    layeredM: { zh: '其中多层植被', en: 'Of them, layered', unit: 'km' },
    linkingM: { zh: '其中连接两处生境', en: 'Of them, linking two habitats', unit: 'km' },
    unknownM: { zh: '未注明植被层次', en: 'Layers not stated', unit: 'km' },
  },
  compute(plan, { wantedLayers, habitatReachM, linkedPatchHa }) {
    const basis = lengthBasis(plan.basis)
    const work = draft(
      `植被不少于 ${wantedLayers} 层的主要街道长度除以主要街道总长，未注明的按未达到计。${basis.zh}`,
      `The length of main streets with ${wantedLayers} layers of planting or more was divided by all of them; those that state none do not pass. ${basis.en}`,
    )
    const streets = plan.layer('street')
    if (!streets) return missing(work, NO_LAYER, ['street'])
    const numberOf = layersOf(streets)
    const lengths = lineLengths(streets)
    const streetM = totalOf(lengths)
    const unknownM = totalOf(lengths, (line) => numberOf(line) === undefined)
    const layered = onlyWhere(lengths, (line) => (numberOf(line) ?? 0) >= wantedLayers)
    if (streetM > 0) work.details = { streetM, layeredM: totalOf(layered), unknownM }
    if (streetM === unknownM) return missing(work, NOT_STATED, ['street'])
    if (unknownM > 0) work.notes.push(SOME_UNKNOWN)
    Object.assign(work, topEvidence(streets, layered, kilometres))
    const planted = [...layered.keys()].filter((line) => (layered[line] ?? 0) > 0)
    const linking = linkingStreets(plan, streets, planted, { reachM: habitatReachM, minimumM2: linkedPatchHa })
    if (linking) work.details['linkingM'] = linking.reduce((sum, { street }) => sum + (lengths[street] ?? 0), 0)
    const tables = [
      lengthsByKind(streets, kinds(streets), TABLE),
      ...(linking && linking.length > 0 ? [linkingTable(streets, linking)] : []),
    ]
    return measured({ ...work, tables, quality: { seenShare: 1 - unknownM / streetM } }, totalOf(layered) / streetM, 'ratio')
  },
  featuresOf(plan, _, { table, row }) {
    const streets = plan.layer('street')
    if (!streets) return []
    if (table === 'linking') {
      return topEvidence(
        streets,
        onlyWhere(lineLengths(streets), (line) => String(streets.fid[line]) === row),
        kilometres,
      ).evidence
    }
    const { kindOf } = kinds(streets)
    return topEvidence(
      streets,
      onlyWhere(lineLengths(streets), (line) => kindOf(line) === row),
      kilometres,
    ).evidence
  },
  examples: [
    {
      title: 'of 1,000 m, 100 m state 4 layers and 150 m name three of them; 250 m state nothing',
      layers: {
        street: [
          { line: [[0, 0], [100, 0]], attributes: { vegLayers: '4' } }, // prettier-ignore
          { line: [[0, 0], [150, 0]], attributes: { vegLayers: '大乔木、小乔木、灌木' } }, // prettier-ignore
          { line: [[0, 0], [500, 0]], attributes: { vegLayers: 'canopy, shrub' } }, // prettier-ignore
          { line: [[0, 0], [250, 0]], attributes: { vegLayers: null } }, // prettier-ignore
        ],
      },
      answer: 0.25,
      details: { streetM: 1000, layeredM: 250, unknownM: 250 },
    },
    {
      title: 'two layers are enough where that is asked; 3层 is a number',
      layers: {
        street: [
          { line: [[0, 0], [100, 0]], attributes: { vegLayers: '3层' } }, // prettier-ignore
          { line: [[0, 0], [100, 0]], attributes: { vegLayers: '乔木+灌木' } }, // prettier-ignore
          { line: [[0, 0], [200, 0]], attributes: { vegLayers: '无' } }, // prettier-ignore
        ],
      },
      parameters: { wantedLayers: 2 },
      answer: 0.5,
    },
    {
      title: 'of two layered streets one leads from a wood to a park, the other ends among houses',
      layers: {
        landuse_plan: [
          { polygon: [box(-200, -100, 200, 200)], attributes: { class: '0301' } },
          { polygon: [box(500, -100, 200, 200)], attributes: { class: '1401' } },
          { polygon: [box(0, -100, 500, 200)], attributes: { class: '0701' } },
        ],
        street: [
          { line: [[0, 0], [500, 0]], attributes: { name: '林荫道', vegLayers: '4' } }, // prettier-ignore
          { line: [[0, 50], [300, 50]], attributes: { name: '樱花路', vegLayers: '3' } }, // prettier-ignore
          { line: [[0, 90], [200, 90]], attributes: { vegLayers: '1' } }, // prettier-ignore
        ],
      },
      answer: 0.8,
      details: { streetM: 1000, layeredM: 800, linkingM: 500 },
    },
    {
      title: 'streets that state nothing leave the question open',
      layers: { street: [{ line: [[0, 0], [100, 0]], attributes: { name: '人民路' } }] }, // prettier-ignore
      answer: 'missing',
      details: { unknownM: 100 },
    },
  ],
})

const NO_LAYER: Bilingual = { zh: '没有主要街道图层。', en: 'There is no layer of main streets.' }
const NOT_STATED: Bilingual = { zh: '主要街道未注明植被层次。', en: 'The main streets do not state their layers of planting.' }
const SOME_UNKNOWN: Bilingual = {
  zh: '部分主要街道未注明植被层次，按未达到计。',
  en: 'Some main streets do not state their layers of planting and count as not passing.',
}
const TABLE = {
  id: 'by_layers',
  title: { zh: '主要街道按植被层数', en: 'Main streets by layers of planting' },
  rowTitle: { zh: '植被层数', en: 'Layers' },
}

/** The number of layers of every street; undefined where it states nothing. Each distinct text is understood once. */
function layersOf(streets: LayerColumns): (line: number) => number | undefined {
  const column = streets.attributes['vegLayers']
  if (column?.type === 'number') {
    return (line) => {
      const value = column.values[line] ?? NaN
      return value >= 0 && value <= 4 ? Math.floor(value) : undefined
    }
  }
  if (column?.type !== 'text') return () => undefined
  const numbers = column.dictionary.map(layersIn)
  return (line) => numbers[column.codes[line] ?? -1]
}

/** "4", "3层", "无", or the names of layers. */
function layersIn(text: string): number | undefined {
  let rest = text.normalize('NFKC').trim().toLowerCase()
  const number = /^([0-4])(?:\.0+)?\s*(?:层|layers?)?$/u.exec(rest)?.[1]
  if (number !== undefined) return Number(number)
  if (/^(无|没有|none|no)$/u.test(rest)) return 0
  let layers = 0
  for (const words of LAYER_WORDS) {
    const found = words.filter((word) => rest.includes(word)).toSorted((one, other) => other.length - one.length)
    if (found.length > 0) layers += 1
    for (const word of found) rest = rest.replaceAll(word, '|')
  }
  return layers > 0 ? layers : undefined
}

function kinds(streets: LayerColumns): LineKinds<Layers> {
  const numberOf = layersOf(streets)
  return { titles: NUMBERS, kindOf: (line) => BY_NUMBER[numberOf(line) ?? -1] ?? 'unknown' }
}
