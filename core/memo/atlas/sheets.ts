import type { SizeMm } from '../../map-sheet/page.ts'
import type { SheetLayer } from '../../map-sheet/sheet-layer.ts'
import { run, strong, type MemoContext } from '../context.ts'
import type { Run } from '../document.ts'
import { memoStyleOf } from '../memo-style.ts'
import { itemTitle, levelText, listText, outcomeText, SEVERITY_WORDS, valueText } from '../words.ts'
import { ATLAS_RULES } from './atlas-rules.ts'
import { mapSizeMm, outlined } from './draw.ts'
import { directionOf, usualScaleFor, WHOLE_SHARE, windowAt, type PageRules, type PlannedPage } from './pages.ts'
import { middleOf, type BoxM } from './places.ts'
import type { AtlasSubject } from './subjects.ts'
import { unitFacts, type AtlasUnit } from './units.ts'

/** Width of the type area, of both styles. */
const WIDTH_MM = 156
const { page: PAGE } = ATLAS_RULES
/** How pages among the text look at their places. */
export const PAGE_RULES: PageRules = {
  mapMm: mapSizeMm([WIDTH_MM, PAGE.leastHeightMm]),
  leastScale: PAGE.leastScale,
  placeShare: ATLAS_RULES.placeShare,
  sharedShare: ATLAS_RULES.sharedShare,
}

/** A page before it is numbered and drawn. */
export interface Sheet {
  title: string
  /** The title as the drawing says it. */
  drawnTitle: string
  /** What the index says is on it. */
  content: string
  facts: { label: string; runs: Run[] }[]
  figureMm: SizeMm
  alt: string
  layers: readonly SheetLayer[]
  own: readonly AtlasSubject[]
  centreM: readonly [number, number]
  scale: number
}

/** "1:10 000", as maps say it. */
export const scaleText = (scale: number): string => `1:${String(scale).replace(/\B(?=(\d{3})+$)/g, ' ')}`

/** Heading, caption and a line of neighbours on the page of a map. */
const AROUND_MM = 34
const LABEL_EMS = 10
const ROW_GAP_MM = 1.8
const MM_PER_PT = 25.4 / 72
/** A line of facts in ems of its type, as it is printed. */
const LINE_EMS = 1.64
/** What Chinese says in a line takes so many with the English below it. */
const BOTH_LANGUAGES = 2.2

/** A figure as high as what stands above it on its page leaves room for; on a page of its own where that is too little. */
function figureSize(rows: readonly { runs: readonly Run[] }[], { options, isPaired = false }: MemoContext): SizeMm {
  const { page, marginsMm, sizesPt } = memoStyleOf(options.style ?? 'technical')
  const sizeMm = sizesPt.facts * MM_PER_PT
  const lineEms = WIDTH_MM / sizeMm - LABEL_EMS - 1
  const lines = linesOf(rows, lineEms) * (isPaired ? BOTH_LANGUAGES : 1)
  const roomMm = page.heightMm - marginsMm.top - marginsMm.bottom - AROUND_MM
  const leftMm = roomMm - lines * sizeMm * LINE_EMS - rows.length * ROW_GAP_MM
  return [
    WIDTH_MM,
    Math.floor(
      leftMm < (isPaired ? PAGE.leastHeightBothMm : PAGE.leastHeightMm) ? PAGE.mostHeightMm : Math.min(PAGE.mostHeightMm, leftMm),
    ),
  ]
}

/** Whether a place lies on a map. */
export const isIn = ([minX, minY, maxX, maxY]: BoxM, [x, y]: readonly [number, number]): boolean =>
  x >= minX && x <= maxX && y >= minY && y <= maxY

const linesOf = (rows: readonly { runs: readonly Run[] }[], lineEms: number): number =>
  rows.reduce((sum, { runs }) => {
    const words = runs.map(({ text }) => text).join('')
    const ems = Array.from(words).reduce((total, letter) => total + ((letter.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.55), 0)
    return sum + Math.max(1, Math.ceil(ems / lineEms))
  }, 0)

/** The page of findings that share a place. */
export function findingSheet(
  { members, centreM, scale: planned }: PlannedPage<AtlasSubject>,
  wholeM: BoxM,
  subjects: readonly AtlasSubject[],
  layers: readonly SheetLayer[],
  memo: MemoContext,
): Sheet {
  const { say, lang } = memo
  const names = listText(
    members.map(({ called }) => called),
    lang,
  )
  const isMany = members.length > 1
  const own = members.flatMap((member) => subjectFacts(member, isMany, memo))
  const figureMm = figureSize(own, memo)
  // A page with the whole plan uses the room that it has.
  const scale = Math.min(planned, usualScaleFor(wholeM, { ...PAGE_RULES, mapMm: mapSizeMm(figureMm), placeShare: WHOLE_SHARE }))
  const title = isMany ? say(`意见 ${names}`, `Findings ${names}`) : say(`意见 ${names}`, `Finding ${names}`)
  const items = members.flatMap(({ entry }) => (entry === undefined ? [] : [memo.inLang(entry.item.title)]))
  const about = [...new Set(items)]
  return {
    title,
    drawnTitle: memo.isPaired === true ? `意见 ${isMany ? 'Findings' : 'Finding'} ${names}` : title,
    content: about.length === 0 ? title : `${title}${say('：', ': ')}${listText(about, lang)}`,
    facts: [...own, neighbours(members, centreM, scale, figureMm, subjects, memo)],
    figureMm,
    alt: say(
      `${title}的位置图，比例尺 ${scaleText(scale)}。${members.map(({ text }) => text).join('')}`,
      `Map of the place of ${title.toLowerCase()}, scale ${scaleText(scale)}. ${members.map(({ text }) => text).join(' ')}`,
    ),
    layers,
    own: members,
    centreM,
    scale,
  }
}

/** What one finding says, asks for and rests on. */
function subjectFacts({ called, severity, text, action, entry, where }: AtlasSubject, isMany: boolean, memo: MemoContext) {
  const { say } = memo
  const label = (zh: string, en: string) => (isMany ? say(`${called} ${zh}`, `${called}, ${en.toLowerCase()}`) : say(zh, en))
  const measured =
    entry === undefined
      ? []
      : [
          itemTitle(entry.item, memo),
          outcomeText(entry.measurement, entry.item, memo.lang),
          ...(entry.result.level === null ? [] : [levelText(entry.result.level, memo)]),
        ]
  return [
    {
      label: say(`意见 ${called}`, `Finding ${called}`),
      runs: [strong(`${memo.inLang(SEVERITY_WORDS[severity])}${say('：', ': ')}`), run(text)],
    },
    ...(action === '' ? [] : [{ label: label('修改要求', 'Requested change'), runs: [run(action)] }]),
    ...(measured.length === 0 ? [] : [{ label: label('实测值', 'Measured'), runs: [run(measured.join(say('，', ', ')))] }]),
    { label: label('位置', 'Place'), runs: where },
  ]
}

const MOST_NEIGHBOURS = 8

/** Other findings on the same map, the nearest first, with direction and distance of their middles. */
function neighbours(
  members: readonly AtlasSubject[],
  centreM: readonly [number, number],
  scale: number,
  figureMm: SizeMm,
  subjects: readonly AtlasSubject[],
  memo: MemoContext,
) {
  const { say, lang } = memo
  const seen = windowAt(centreM, scale, mapSizeMm(figureMm))
  const near = subjects
    .flatMap((one) => {
      if (one.middleM === null || members.includes(one) || !isIn(seen, one.middleM)) return []
      return [{ one, at: one.middleM, awayM: Math.hypot(one.middleM[0] - centreM[0], one.middleM[1] - centreM[1]) }]
    })
    .toSorted((a, b) => a.awayM - b.awayM)
  const words = near.slice(0, MOST_NEIGHBOURS).map(({ one, at, awayM }) => {
    const away = valueText(Math.round(awayM), 'm', awayM >= 2000 ? 'km' : 'm', lang)
    return awayM < 1
      ? one.called
      : say(
          `${one.called}（${directionOf(centreM, at, 'zh')} ${away}）`,
          `${one.called} (${directionOf(centreM, at, 'en')}, ${away})`,
        )
  })
  const rest = near.length - MOST_NEIGHBOURS
  const more = rest <= 0 ? '' : say(` 等 ${near.length} 条`, ` and others, ${near.length} in all`)
  const none = say('图幅内没有其他意见', 'no other finding on this map')
  return { label: say('相邻意见', 'Neighbours'), runs: [run(words.length === 0 ? none : `${listText(words, lang)}${more}`)] }
}

/** The page of a district. */
export function unitSheet(unit: AtlasUnit, layers: readonly SheetLayer[], memo: MemoContext): Sheet {
  const { say } = memo
  const facts = unitFacts(unit, memo)
  const figureMm = figureSize(facts, memo)
  const scale = usualScaleFor(unit.boxM, { ...PAGE_RULES, mapMm: mapSizeMm(figureMm), placeShare: WHOLE_SHARE })
  return {
    title: unit.name,
    drawnTitle: unit.name,
    content: say(`分区：${unit.name}`, `District: ${unit.name}`),
    facts,
    figureMm,
    alt: say(
      `${unit.name}的规划图，比例尺 ${scaleText(scale)}，范围内有 ${unit.subjects.length} 条意见。`,
      `Plan of ${unit.name}, scale ${scaleText(scale)}, with ${unit.subjects.length} findings in it.`,
    ),
    layers: [...layers, outlined(unit.layer, unit.feature)],
    own: unit.subjects,
    centreM: middleOf(unit.boxM),
    scale,
  }
}
