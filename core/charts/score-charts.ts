import { inChosenSigns } from '../model/digit-signs.ts'
import type { ChecklistResult } from '../checklist/result.ts'
import type { Checklist } from '../checklist/schema.ts'
import { judgedPercent } from '../review/words.ts'
import { bilingual, inLang, type Bilingual } from '../text.ts'
import type { TableReader } from '../tables/shown-table.ts'
import { baseOption, labelStyle, type Chart, type ChartTheme } from './chart.ts'
import { axisNumber, drawnShort, drawnWords, isTwofold, joined, picked } from './words.ts'

const ROW_PX = 34
const RADAR_PX = 330
const MOST_SWINGS = 15

/** What the total would be with one thing taken lower and higher. */
export interface Swing {
  id: string
  low: { total: number | null }
  high: { total: number | null }
  /** Largest difference from the total as it is, points. */
  swing: number
  /** The suggested opinion would be another. */
  flips: boolean
}

/** What is moved: weights by a share, or items by one level. */
export type SwingOf = 'weight' | 'level'

const SIDES: Record<SwingOf, { low: Bilingual; high: Bilingual }> = {
  weight: { low: bilingual('权重减小', 'Weight smaller'), high: bilingual('权重增大', 'Weight larger') },
  level: { low: bilingual('降一级', 'One level lower'), high: bilingual('升一级', 'One level higher') },
}

/** One dimension with what it scored; null where nothing of it is judged. */
export interface DimensionScore {
  id: string
  title: string
  /** The title as the drawing says it. */
  drawn: Bilingual
  score: number | null
  /** Share of the applicable weight that is judged, 0..1. */
  judged: number
}

/** Scores by dimension in the checklist's order; dimensions without an applicable item are left out. */
export const dimensionScores = (checklist: Checklist, result: ChecklistResult, { lang }: TableReader): DimensionScore[] =>
  checklist.dimensions.flatMap(({ id, title }) => {
    const found = result.dimensions.find((dimension) => dimension.id === id)
    if (found === undefined || found.weight === 0) return []
    return [{ id, title: inLang(title, lang), drawn: title, score: found.score, judged: found.judgedWeight / found.weight }]
  })

const points = (score: number, decimals = 1) => inChosenSigns(score.toFixed(decimals))

function describeScores(scores: readonly DimensionScore[], reader: TableReader): string {
  const judged = scores.flatMap(({ title, score }) => (score === null ? [] : [{ title, score }]))
  const ordered = judged.toSorted((a, b) => b.score - a.score)
  const [best, worst] = [ordered[0], ordered.at(-1)]
  if (best === undefined || worst === undefined) return picked(reader, '尚无已判定的维度。', 'No dimension is judged yet.')
  return picked(
    reader,
    `得分最高的是${best.title}（${points(best.score)}），最低的是${worst.title}（${points(worst.score)}）。`,
    `Highest: ${best.title} (${points(best.score)}); lowest: ${worst.title} (${points(worst.score)}).`,
  )
}

function openRemark(scores: readonly DimensionScore[], reader: TableReader): string | null {
  const open = scores.filter(({ score }) => score === null).map(({ title }) => title)
  if (open.length === 0) return null
  const names = joined(open, reader)
  return picked(reader, `${names}尚无已判定的条目，未画出。`, `Nothing of ${names} is judged yet: not drawn.`)
}

/** Scores by dimension as a web, 0 in the middle and 100 on the rim. Null with fewer than three judged dimensions: two make no area. */
export function scoreRadar(scores: readonly DimensionScore[], reader: TableReader, theme: ChartTheme): Chart | null {
  const judged = scores.filter(({ score }) => score !== null)
  if (judged.length < 3) return null
  const option = {
    ...baseOption(theme),
    radar: {
      indicator: judged.map(({ drawn, score }) => ({
        name: `${drawnShort(reader, drawn, { zh: 14, en: isTwofold(reader) ? 26 : 14 })} ${points(score ?? 0)}`,
        min: 0,
        max: 100,
      })),
      radius: '64%',
      splitNumber: 4,
      axisName: labelStyle(theme),
      axisLine: { lineStyle: { color: theme.line } },
      splitLine: { lineStyle: { color: theme.line } },
      splitArea: { show: false },
    },
    series: [
      {
        type: 'radar' as const,
        symbolSize: 6,
        lineStyle: { color: theme.accent, width: 2 },
        itemStyle: { color: theme.accent },
        areaStyle: { color: theme.accent, opacity: 0.16 },
        data: [{ value: judged.map(({ score }) => score ?? 0), name: drawnWords(reader, bilingual('得分', 'Score')) }],
      },
    ],
  }
  return {
    kind: 'radar',
    option,
    heightPx: RADAR_PX,
    description: describeScores(scores, reader),
    remark: openRemark(scores, reader),
  }
}

/** Scores by dimension as bars out of 100, with the share that is judged written at their ends. */
export function scoreBars(scores: readonly DimensionScore[], reader: TableReader, theme: ChartTheme): Chart | null {
  const judged = scores.filter(({ score }) => score !== null)
  if (judged.length === 0) return null
  const percent = (share: number) => `${judgedPercent(share, reader.lang)}%`
  const option = {
    ...baseOption({ ...theme, patterns: false }),
    grid: { left: isTwofold(reader) ? 178 : 108, right: isTwofold(reader) ? 140 : 120, top: 8, bottom: 30 },
    xAxis: {
      type: 'value' as const,
      min: 0,
      max: 100,
      axisLabel: labelStyle(theme, theme.soft),
      splitLine: { lineStyle: { color: theme.line, width: 0.6 } },
    },
    yAxis: {
      type: 'category' as const,
      inverse: true,
      data: judged.map(({ drawn }) => drawnWords(reader, drawn, '\n')),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: theme.soft } },
      axisLabel: { ...labelStyle(theme), width: isTwofold(reader) ? 168 : 98, overflow: 'break' as const },
    },
    series: [
      {
        type: 'bar' as const,
        barWidth: 16,
        itemStyle: { color: theme.accent },
        label: { show: true, position: 'right' as const, ...labelStyle(theme) },
        data: judged.map(({ score, judged: share }) => ({
          value: score ?? 0,
          label: {
            formatter:
              share >= 1
                ? points(score ?? 0)
                : `${points(score ?? 0)}${drawnWords(
                    reader,
                    bilingual(`（已评 ${percent(share)}）`, isTwofold(reader) ? '(judged)' : ` (${percent(share)} judged)`),
                    '',
                  )}`,
          },
        })),
      },
    ],
  }
  const heightPx = judged.length * ROW_PX + 40
  return { kind: 'bars', option, heightPx, description: describeScores(scores, reader), remark: openRemark(scores, reader) }
}

/**
 * Tornado: how far the total moves when one weight (or level) is taken smaller (`low`) or larger (`high`), widest first. Null where
 * nothing moves.
 * @param total the total as it is, 0..100; @param titles what the swings' ids are called; @param drawn the same in both languages, for a
 * drawing that says both
 */
export function tornadoChart(
  { total, swings }: { total: number | null; swings: readonly Swing[] },
  titles: ReadonlyMap<string, string>,
  reader: TableReader,
  theme: ChartTheme,
  of: SwingOf = 'weight',
  drawn?: ReadonlyMap<string, Bilingual>,
): Chart | null {
  const shown = swings.slice(0, MOST_SWINGS)
  if (total === null || shown.length === 0) return null
  const title = (id: string) => titles.get(id) ?? id
  const label = (id: string) =>
    drawnShort(reader, drawn?.get(id) ?? bilingual(title(id), title(id)), { zh: reader.lang === 'zh' ? 11 : 22, en: 22 })
  const away = (value: number | null) => (value === null ? null : value - total)
  const side = (which: 'low' | 'high', colour: string, name: string) => ({
    type: 'bar' as const,
    name,
    barWidth: 14,
    // Both ends of a row lie on one line: they go to different sides.
    barGap: '-100%',
    itemStyle: sideStyle(which, colour, theme),
    data: shown.map((swing) => away(swing[which].total)),
  })
  const option = {
    ...baseOption({ ...theme, patterns: false }),
    legend: { bottom: 0, itemWidth: 18, itemHeight: 11, textStyle: labelStyle(theme), icon: 'rect' },
    grid: { left: 148, right: 36, top: 8, bottom: 64 },
    xAxis: {
      type: 'value' as const,
      name: drawnWords(reader, bilingual('总分变化（分）', 'Change of the total (points)')),
      nameLocation: 'middle' as const,
      nameGap: 24,
      nameTextStyle: labelStyle(theme, theme.soft),
      axisLabel: { ...labelStyle(theme, theme.soft), formatter: (value: number) => axisNumber(value, reader) },
      splitLine: { lineStyle: { color: theme.line, width: 0.6 } },
    },
    yAxis: {
      type: 'category' as const,
      inverse: true,
      data: shown.map(({ id, flips }) => `${flips ? '▲ ' : ''}${label(id)}`),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: theme.soft }, onZero: false },
      axisLabel: { ...labelStyle(theme), width: 138, overflow: 'break' as const },
    },
    series: [
      side('low', theme.info, drawnWords(reader, SIDES[of].low)),
      side('high', theme.accent, drawnWords(reader, SIDES[of].high)),
    ],
  }
  return {
    kind: 'tornado',
    option,
    heightPx: shown.length * ROW_PX + 76,
    description: describeSwings(shown, title, reader, of),
    remark: leftOut(swings.length - shown.length, reader),
  }
}

/** In grey print one side is hollow, the other full: patterns of two dark colours look alike there. */
const sideStyle = (which: 'low' | 'high', colour: string, { patterns, paper, ink }: ChartTheme) => {
  if (!patterns) return { color: colour }
  return { color: which === 'low' ? paper : colour, borderColor: ink, borderWidth: 1 }
}

const leftOut = (count: number, reader: TableReader): string | null =>
  count <= 0 ? null : picked(reader, `另有 ${count} 项影响更小，见下表。`, `${count} more with less effect stand in the table.`)

function describeSwings(swings: readonly Swing[], title: (id: string) => string, reader: TableReader, of: SwingOf): string {
  const [first] = swings
  if (first === undefined) return ''
  const flips = swings.filter((swing) => swing.flips).map(({ id }) => title(id))
  const most = picked(
    reader,
    `影响最大的是${title(first.id)}，总分最多变化 ${points(first.swing, 2)} 分。`,
    `Most effect: ${title(first.id)}, the total moves by up to ${points(first.swing, 2)} points.`,
  )
  const opinion =
    flips.length === 0
      ? picked(reader, '建议结论都不改变。', ' The suggested opinion stays the same.')
      : picked(
          reader,
          `改变${joined(flips, reader)}的${of === 'weight' ? '权重' : '等级'}会改变建议结论（▲）。`,
          ` The ${of} of ${joined(flips, reader)} would change the suggested opinion (▲).`,
        )
  return `${most}${opinion}`
}
