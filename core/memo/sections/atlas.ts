import { extentOf } from '../../map/paper.ts'
import { ATLAS_RULES } from '../atlas/atlas-rules.ts'
import { atlasFigure, atlasLayers, mapSizeMm } from '../atlas/draw.ts'
import { planPages, usualScaleFor, WHOLE_SHARE, windowAt } from '../atlas/pages.ts'
import { middleOf, type BoxM } from '../atlas/places.ts'
import { atlasSubjects, type AtlasSubject } from '../atlas/subjects.ts'
import { findingSheet, isIn, PAGE_RULES, scaleText, unitSheet, type Sheet } from '../atlas/sheets.ts'
import { atlasUnits, type AtlasUnit } from '../atlas/units.ts'
import type { SheetLayer } from '../../map-sheet/sheet-layer.ts'
import { cell, centreCell, headCells, muted, paragraph, rightCell, run, type MemoContext, type MemoSection } from '../context.ts'
import type { Block } from '../document.ts'
import { planName } from '../plan-words.ts'
import { drawnName } from './map.ts'
import { listText } from '../words.ts'

const { page: PAGE, overview: OVERVIEW } = ATLAS_RULES

/**
 * The atlas: the whole plan on a page that folds out, then one map page for each place with findings and one for each district, all true
 * to scale. Only where it is chosen: it is long.
 */
export const atlas: MemoSection = {
  id: 'atlas',
  title: { zh: '图册', en: 'Atlas' },
  compose(memo) {
    const { say } = memo
    const layers = atlasLayers(memo)
    const extentM = extentOf(layers.map(({ columns }) => columns))
    if (extentM === null) return [paragraph(run(say('没有可以绘制的图层。', 'There is no layer that can be drawn.')))]
    const subjects = atlasSubjects(memo)
    const placed = subjects.flatMap((member) => (member.boxM === null ? [] : [{ member, boxM: member.boxM }]))
    const found = planPages(placed, extentM, PAGE_RULES, ATLAS_RULES.mostFindingPages)
    const units = atlasUnits(memo, subjects)
    const sheets = [
      ...found.pages.map((page) => findingSheet(page, extentM, subjects, layers, memo)),
      ...units.slice(0, ATLAS_RULES.mostUnitPages).map((unit) => unitSheet(unit, layers, memo)),
    ]
    const scale = usualScaleFor(extentM, { ...PAGE_RULES, mapMm: mapSizeMm(...overviewSize()), placeShare: WHOLE_SHARE })
    const left = {
      findings: found.leftOut,
      nowhere: subjects.filter(({ boxM }) => boxM === null),
      units: units.slice(ATLAS_RULES.mostUnitPages),
    }
    return [
      ...introduction(sheets.length, left, memo),
      index(scale, sheets, memo),
      overview(extentM, scale, layers, subjects, memo),
      ...sheets.flatMap((sheet, at) => {
        memo.report?.(at + 1, sheets.length + 1)
        return sheetBlocks(sheet, at + 2, subjects, memo)
      }),
    ]
  },
}

function introduction(
  pages: number,
  left: { findings: readonly AtlasSubject[]; nowhere: readonly AtlasSubject[]; units: readonly AtlasUnit[] },
  memo: MemoContext,
): Block[] {
  const { say } = memo
  const { mostFindingPages, mostUnitPages } = ATLAS_RULES
  const names = (all: readonly string[]) => {
    const rest = all.length - ATLAS_RULES.mostNamed
    const named = listText(all.slice(0, ATLAS_RULES.mostNamed), memo.lang)
    return rest <= 0 ? named : say(`${named} 等 ${all.length} 个`, `${named} and others, ${all.length} in all`)
  }
  const remarks = [
    ...(left.nowhere.length === 0
      ? []
      : [
          say(
            `没有图上位置、只列于意见表：${names(left.nowhere.map(({ called }) => called))}。`,
            `Without a place on the map, in the table of findings only: ${names(left.nowhere.map(({ called }) => called))}.`,
          ),
        ]),
    ...(left.findings.length === 0
      ? []
      : [
          say(
            `意见页以 ${mostFindingPages} 页为限，未收入：${names(left.findings.map(({ called }) => called))}。`,
            `There are at most ${mostFindingPages} pages of findings; left out: ${names(left.findings.map(({ called }) => called))}.`,
          ),
        ]),
    ...(left.units.length === 0
      ? []
      : [
          say(
            `分区页以 ${mostUnitPages} 页为限，未收入：${names(left.units.map(({ name }) => name))}。`,
            `There are at most ${mostUnitPages} pages of districts; left out: ${names(left.units.map(({ name }) => name))}.`,
          ),
        ]),
  ]
  return [
    paragraph(
      run(
        say(
          `总图 1 页（A3 折页）与分图 ${pages} 页。各图按图上所注比例尺绘制，按原大打印（不缩放）时可直接量取；位置相近的意见合为一页。`,
          `One overview (A3, to fold out) and ${pages} pages. Every map is true to the scale that it states when printed at its own size; findings that share a place share a page.`,
        ),
      ),
    ),
    ...remarks.map((remark) => paragraph(muted(remark))),
  ]
}

function index(scale: number, sheets: readonly Sheet[], { say }: MemoContext): Block {
  const rows = [{ content: say('方案总图（A3）', 'The whole plan (A3)'), scale }, ...sheets]
  return {
    kind: 'table',
    caption: say('图册目录', 'Pages of the atlas'),
    head: headCells(say('图号', 'No.'), say('内容', 'What it shows'), say('比例尺', 'Scale')),
    rows: rows.map(({ content, scale: own }, at) => [centreCell(String(at + 1)), cell(content), rightCell(scaleText(own))]),
    widths: [10, 70, 20],
  }
}

const overviewSize = () => {
  const { widthMm, heightMm, marginMm } = OVERVIEW
  return [[widthMm, heightMm], { paper: 'A3', orientation: 'landscape', marginMm }] as const
}

function overview(
  extentM: BoxM,
  scale: number,
  layers: readonly SheetLayer[],
  subjects: readonly AtlasSubject[],
  memo: MemoContext,
): Block {
  const { say } = memo
  const [figureMm, page] = overviewSize()
  const name = planName(memo.result, memo.lang)
  const figure = atlasFigure(memo, {
    id: 'atlas-1',
    title: drawnName(memo),
    caption: say(`图册 1　方案总图，${scaleText(scale)}`, `Atlas 1. The whole plan, ${scaleText(scale)}`),
    alt: say(
      `${name}总图，比例尺 ${scaleText(scale)}，标出 ${subjects.filter(({ boxM }) => boxM !== null).length} 条意见的位置。`,
      `Map of the whole of ${name}, scale ${scaleText(scale)}, with the places of ${subjects.filter(({ boxM }) => boxM !== null).length} findings.`,
    ),
    layers,
    findings: subjects,
    centreM: middleOf(extentM),
    scale,
    figureMm,
    mostVertices: OVERVIEW.mostVertices,
    page,
  })
  return { kind: 'map', figure }
}

function sheetBlocks(sheet: Sheet, number: number, subjects: readonly AtlasSubject[], memo: MemoContext): Block[] {
  const { say } = memo
  const { figureMm } = sheet
  const seen = windowAt(sheet.centreM, sheet.scale, mapSizeMm(figureMm))
  const shown = subjects.filter((one) => sheet.own.includes(one) || (one.middleM !== null && isIn(seen, one.middleM)))
  const place = `${sheet.title}${say('，', ', ')}${scaleText(sheet.scale)}`
  const figure = atlasFigure(memo, {
    id: `atlas-${number}`,
    title: sheet.drawnTitle,
    caption: say(`图册 ${number}　${place}`, `Atlas ${number}. ${place}`),
    alt: sheet.alt,
    layers: sheet.layers,
    findings: shown,
    centreM: sheet.centreM,
    scale: sheet.scale,
    figureMm,
    mostVertices: PAGE.mostVertices,
  })
  return [
    { kind: 'page-break' },
    {
      kind: 'heading',
      level: 2,
      text: say(`图册 ${number}　${sheet.title}`, `Atlas ${number}. ${sheet.title}`),
      id: `atlas-${number}`,
      hasNumber: true,
    },
    { kind: 'facts', rows: sheet.facts },
    { kind: 'map', figure },
  ]
}
