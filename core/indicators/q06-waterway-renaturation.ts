import { numberAt, type LayerColumns } from '../geo/columns.ts'
import type { Bilingual } from '../text.ts'
import { onlyWhere, totalOf } from './amounts.ts'
import { defineIndicator } from './indicator.ts'
import { kilometres, lengthColumn, lengthsByKind, lineLengths, type LineKinds } from './line-kinds.ts'
import { draft, measured, missing } from './outcomes.ts'
import { topEvidence } from './top-evidence.ts'
import { wordedField } from './worded-field.ts'
import { lengthBasis } from './words.ts'

/** In the order in which they are looked for: “not hardened” holds the word “hardened”. */
const BANK_WORDS = {
  unhardened: ['unhardened', 'not hardened', '非硬化', '未硬化', '非硬质'],
  hardened: [
    'hardened',
    'hard',
    'concrete',
    'artificial',
    'channelised',
    '硬化',
    '硬质',
    '混凝土',
    '浆砌',
    '渠化',
    '直立挡墙',
    '挡墙',
    '暗渠',
    '三面光',
  ],
  natural: ['natural', 'soft', 'vegetated', '自然', '生态', '软质', '草坡', '土质'],
}

const BANKS = {
  hardened: { zh: '硬化岸线', en: 'Hardened' },
  natural: { zh: '自然或生态岸线', en: 'Natural or vegetated' },
  unknown: { zh: '未注明岸线类型', en: 'Bank not stated' },
} as const
type Bank = keyof typeof BANKS

/** Share of hardened channel that is to become a natural one again. */
export const waterwayRenaturation = defineIndicator({
  id: 'Q06',
  version: 1,
  title: { zh: '水系再自然化', en: 'Waterway renaturation' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: 'L(规划再自然化的硬化河道) ÷ L(硬化河道)。',
    en: 'L(hardened channel to be renatured) ÷ L(hardened channel).',
  },
  source: 'Seed article L129 (Singapore: naturalising hardened waterways)',
  seed: ['S040'],
  needs: ['waterway'],
  uses: [],
  parameters: {},
  detailTitles: {
    hardenedM: { zh: '硬化河道', en: 'Hardened channel', unit: 'km' },
    renaturedM: { zh: '其中规划再自然化', en: 'Of it, to be renatured', unit: 'km' },
    unknownM: { zh: '未注明岸线类型（未计入）', en: 'Bank not stated (left out)', unit: 'km' },
  },
  compute(plan) {
    const basis = lengthBasis(plan.basis)
    const work = draft(
      `规划再自然化的硬化河道长度除以全部硬化河道长度（按岸线类型）。${basis.zh}`,
      `The length of hardened channel to be renatured was divided by all hardened channel, told by the type of bank. ${basis.en}`,
    )
    const waterways = plan.layer('waterway')
    if (!waterways) return missing(work, NO_LAYER, ['waterway'])
    const { kindOf } = banks(waterways)
    const lengths = lineLengths(waterways)
    const renatured = renaturedLengths(waterways)
    const hardenedM = totalOf(lengths, (line) => kindOf(line) === 'hardened')
    const unknownM = totalOf(lengths, (line) => kindOf(line) === 'unknown')
    const renaturedM = totalOf(renatured, (line) => kindOf(line) === 'hardened')
    if (totalOf(lengths) > 0) work.details = { hardenedM, renaturedM, unknownM }
    if (hardenedM === 0) return missing(work, unknownM > 0 ? NOT_STATED : NOTHING_HARD, ['waterway'])
    if (unknownM > 0) work.notes.push(SOME_UNKNOWN)
    Object.assign(
      work,
      topEvidence(
        waterways,
        onlyWhere(lengths, (line) => kindOf(line) === 'hardened'),
        (lengthM, line) => noteOf(lengthM, (renatured[line] ?? 0) > 0),
      ),
    )
    const tables = [
      lengthsByKind(waterways, banks(waterways), TABLE, [
        { column: lengthColumn('renaturedM', '规划再自然化', 'To be renatured'), amounts: renatured },
      ]),
    ]
    const seenShare = 1 - unknownM / totalOf(lengths)
    return measured({ ...work, tables, quality: { seenShare } }, renaturedM / hardenedM, 'ratio')
  },
  featuresOf(plan, _, { row, column }) {
    const waterways = plan.layer('waterway')
    if (!waterways) return []
    const { kindOf } = banks(waterways)
    const amounts = column === 'renaturedM' ? renaturedLengths(waterways) : lineLengths(waterways)
    return topEvidence(
      waterways,
      onlyWhere(amounts, (line) => kindOf(line) === row),
      kilometres,
    ).evidence
  },
  examples: [
    {
      title: '1 of 4 km of hardened channel; a natural brook and one without a type do not count',
      layers: {
        waterway: [
          { line: [[0, 0], [1000, 0]], attributes: { bankType: '硬化', renatured: true } }, // prettier-ignore
          { line: [[0, 0], [0, 3000]], attributes: { bankType: 'concrete', renatured: false } }, // prettier-ignore
          { line: [[0, 0], [500, 0]], attributes: { bankType: '自然岸线', renatured: true } }, // prettier-ignore
          { line: [[0, 0], [0, 500]], attributes: { bankType: null, renatured: true } }, // prettier-ignore
        ],
      },
      answer: 0.25,
      details: { hardenedM: 4000, renaturedM: 1000, unknownM: 500 },
    },
    {
      title: 'nothing is planned',
      layers: { waterway: [{ line: [[0, 0], [30, 40]], attributes: { bankType: '浆砌石直立挡墙', renatured: null } }] }, // prettier-ignore
      answer: 0,
      details: { hardenedM: 50, renaturedM: 0 },
    },
    {
      title: 'where no bank is hardened there is nothing to renature',
      layers: { waterway: [{ line: [[0, 0], [30, 40]], attributes: { bankType: '非硬化' } }] }, // prettier-ignore
      answer: 'missing',
    },
  ],
})

const NO_LAYER: Bilingual = { zh: '没有河道水系图层。', en: 'There is no layer of waterways.' }
const NOT_STATED: Bilingual = {
  zh: '河道未注明岸线类型，无法判断哪些已硬化。',
  en: 'The waterways state no type of bank, so that nothing tells which are hardened.',
}
const NOTHING_HARD: Bilingual = { zh: '没有硬化河道，此项不适用。', en: 'No channel is hardened; the item does not apply.' }
const SOME_UNKNOWN: Bilingual = {
  zh: '部分河道未注明岸线类型，未计入。',
  en: 'Some waterways state no type of bank and were left out.',
}
const TABLE = {
  id: 'by_bank',
  title: { zh: '河道长度按岸线类型', en: 'Waterways by type of bank' },
  rowTitle: { zh: '岸线类型', en: 'Bank' },
}

function banks(waterways: LayerColumns): LineKinds<Bank> {
  const bankOf = wordedField(waterways, 'bankType', BANK_WORDS)
  return {
    titles: BANKS,
    kindOf: (line) => {
      const bank = bankOf(line) ?? 'unknown'
      return bank === 'unhardened' ? 'natural' : bank
    },
  }
}

const renaturedLengths = (waterways: LayerColumns): Float64Array =>
  onlyWhere(lineLengths(waterways), (line) => numberAt(waterways, 'renatured', line) === 1)

const noteOf = (lengthM: number, isRenatured: boolean): Bilingual => {
  const { zh, en } = kilometres(lengthM)
  return isRenatured
    ? { zh: `${zh}，规划再自然化`, en: `${en}, to be renatured` }
    : { zh: `${zh}，仍硬化`, en: `${en}, stays hardened` }
}
