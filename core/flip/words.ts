import { formatValue, readableValue, type AreaUnit, type UnitId } from '../model/units.ts'
import { roleInfo } from '../model/roles.ts'
import { landClass } from '../reference/land-classes.ts'
import { LANGS, type Bilingual, type Lang } from '../text.ts'
import type { ChangeSize } from './change.ts'
import { MOVE_TITLES } from './flip-rules.ts'
import type { FlipResult, Found, FoundChange, Gain, NothingFound, SideEffect } from './result.ts'

/** How people read the figures of an item: the unit that the checklist names, and the office's unit of area. */
export interface Reading {
  unit: UnitId
  areaUnit: AreaUnit
}

const inBoth = (say: (lang: Lang) => string): Bilingual => {
  const [zh = '', en = ''] = LANGS.map(say)
  return { zh, en }
}

/** "0.42 公顷", "350 m", "3 处". */
export const sizeWords = ({ unit, value }: ChangeSize, areaUnit: AreaUnit): Bilingual =>
  inBoth((lang) => {
    if (unit === 'm2') return readableValue(value, areaUnit, lang)
    if (unit === 'm') return formatValue(value, 'm', lang)
    return lang === 'zh' ? `${value} 处` : `${value}`
  })

const listed = (parts: readonly Bilingual[]): Bilingual => ({
  zh: parts.map(({ zh }) => zh).join('，'),
  en: parts.map(({ en }) => en).join(', '),
})

/** "1001 工业用地 → 1401 公园绿地"; several codes before are joined; empty where no use changes. */
export function landUseWords({ from, to }: Pick<FoundChange, 'from' | 'to'>): Bilingual | null {
  if (from === null || from === to) return null
  return inBoth((lang) => {
    const named = (code: string) => `${code} ${landClass(code)?.[lang] ?? ''}`.trim()
    const before = from
      .split(' ')
      .map(named)
      .join(lang === 'zh' ? '、' : ', ')
    return to === null ? before : `${before} → ${named(to)}`
  })
}

/** What one change is, without the features that it touches: kind, size, use before and after, what is set. */
export function changeWords(change: FoundChange, areaUnit: AreaUnit): Bilingual {
  return listed([sizeWords(change.size, areaUnit), landUseWords(change), change.note].filter((part) => part !== null))
}

/** "规划用地用海 128 号": the features that a change touches. */
export const featureWords = ({ features }: Pick<FoundChange, 'features'>): Bilingual =>
  inBoth((lang) =>
    features
      .map(({ layer, fid }) => (lang === 'zh' ? `${roleInfo(layer).title.zh} ${fid} 号` : `${roleInfo(layer).title.en} ${fid}`))
      .join(lang === 'zh' ? '、' : ', '),
  )

/** "3 处整块改为公园绿地": the changes of one kind, counted. */
function movesWords({ changes }: Found): Bilingual {
  const counts = Map.groupBy(changes, ({ move }) => move)
  return inBoth((lang) =>
    [...counts]
      .map(([move, list]) =>
        lang === 'zh' ? `${MOVE_TITLES[move].zh} ${list.length} 处` : `${MOVE_TITLES[move].en} (${list.length})`,
      )
      .join(lang === 'zh' ? '，' : ', '),
  )
}

const lowerFirst = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1)

const figure = (value: number | null, unit: UnitId): Bilingual =>
  inBoth((lang) => (value === null ? '–' : readableValue(value, unit, lang)))

/** What was found, in one sentence that names the search, the size, the value and the level. */
export function foundWords(found: Found, { unit, areaUnit }: Reading): Bilingual {
  const tried = found.searched.reduce((sum, { candidates }) => sum + candidates, 0)
  const sizes = listed(found.totals.map((total) => sizeWords(total, areaUnit)))
  const [moves, before, after, edge] = [
    movesWords(found),
    figure(found.before, unit),
    figure(found.after, unit),
    edgeWords(found, unit),
  ]
  return {
    zh: `在 ${tried} 处可能的改动中搜索，找到：${moves.zh}，共 ${sizes.zh}；${found.item} 由 ${before.zh} 变为 ${after.zh}${edge.zh}，等级 ${found.from} → ${found.reached}。`,
    en: `A search over ${tried} possible changes found: ${lowerFirst(moves.en)}, ${sizes.en} in all; ${found.item} goes from ${before.en} to ${after.en}${edge.en}, level ${found.from} → ${found.reached}.`,
  }
}

function edgeWords({ threshold, to }: Pick<Found, 'threshold' | 'to'>, unit: UnitId): Bilingual {
  if (threshold === null) return { zh: '', en: '' }
  const edge = figure(threshold, unit)
  return { zh: `（${to} 级门槛 ${edge.zh}）`, en: ` (level ${to} begins at ${edge.en})` }
}

/** That it is a search result and no promise, and how far the search went. */
export function cautionWords({
  evaluations,
  isMinimal,
  hitBound,
}: Pick<Found, 'evaluations' | 'isMinimal' | 'hitBound'>): Bilingual {
  const minimal = isMinimal
    ? { zh: '逐一试过，去掉其中任何一处都达不到该等级', en: 'each change was tried without, and the level is lost' }
    : { zh: '没有逐一试过能否去掉，其中可能有多余的改动', en: 'not each change was tried without: some may not be needed' }
  const bound = hitBound
    ? { zh: '搜索因次数或时间用尽而停止，', en: 'The search stopped at its limit of tries or time; ' }
    : { zh: '', en: '' }
  return {
    zh: `这是搜索结果，不是承诺：共试算 ${evaluations} 次，${bound.zh}${minimal.zh}；可能还有更小的改动没有搜索到。`,
    en: `A search result, not a promise. ${evaluations} tries were measured; ${bound.en}${minimal.en}. There may be smaller changes that the search did not see.`,
  }
}

/** The lower bound that arithmetic gives; null where the item has none. */
export function leastWords({ least }: Pick<Found, 'least'>, areaUnit: AreaUnit): Bilingual | null {
  if (least === null) return null
  const amount = figure(least.value, least.unit === 'ha' ? areaUnit : least.unit)
  return least.direction === 'more'
    ? {
        zh: `按算式，${least.title.zh}至少须增加 ${amount.zh}。`,
        en: `By arithmetic, ${least.title.en} must rise by at least ${amount.en}.`,
      }
    : {
        zh: `按算式，${least.title.zh}至少须减少 ${amount.zh}。`,
        en: `By arithmetic, ${least.title.en} must fall by at least ${amount.en}.`,
      }
}

/** Nothing that was tried is enough, and how far it goes. */
export function nothingWords(nothing: NothingFound, { unit }: Reading): Bilingual {
  const places = nothing.searched.reduce((sum, { candidates }) => sum + candidates, 0)
  if (places === 0) {
    return {
      zh: '方案中没有可作此类改动的地方，无法用这些改动提升等级。',
      en: 'The plan has no place where such a change could be made; these changes cannot lift the item.',
    }
  }
  const [edge, farthest] = [edgeWords(nothing, unit), figure(nothing.farthest, unit)]
  const bound = nothing.hitBound
    ? { zh: '（搜索因次数或时间用尽而停止）', en: ' (the search stopped at its limit)' }
    : { zh: '', en: '' }
  return {
    zh: `在 ${places} 处可能的改动中没有找到能达到 ${nothing.to} 级的组合${bound.zh}；全部做上为 ${farthest.zh}${edge.zh}。`,
    en: `No set of the ${places} possible changes was found that reaches level ${nothing.to}${bound.en}; with all of them made it is ${farthest.en}${edge.en}.`,
  }
}

/** "S01 开发强度上限：等级 3 → 2". */
export const effectWords = ({ item, title, from, to }: SideEffect): Bilingual => ({
  zh: `${item} ${title.zh}：等级 ${from ?? '–'} → ${to ?? '–'}`,
  en: `${item} ${title.en}: level ${from ?? '–'} → ${to ?? '–'}`,
})

/** "人口 3 号：820 人 → 0 人", or only the name where the amounts have no unit that is known. */
export function gainWords({ layer, fid, before, after }: Gain, { amount }: Pick<Found, 'amount'>, areaUnit: AreaUnit): Bilingual {
  const name = featureWords({ features: [{ layer, fid }] })
  if (amount === null) return name
  const unit = amount.unit === 'ha' ? areaUnit : amount.unit
  const [was, is] = [figure(before, unit), figure(after, unit)]
  return { zh: `${name.zh}：缺 ${was.zh} → ${is.zh}`, en: `${name.en}: lacks ${was.en} → ${is.en}` }
}

const WORSE: Bilingual = { zh: '同时会变差', en: 'At the same time this gets worse' }
const BETTER: Bilingual = { zh: '同时会变好', en: 'At the same time this gets better' }

/** Side effects by what they do: levels that fall, levels that rise, and values that move within their level. */
export function effectGroups(effects: readonly SideEffect[]): Record<'worse' | 'better' | 'within', SideEffect[]> {
  const groups = Object.groupBy(effects, ({ from, to }) =>
    from === to ? 'within' : (to ?? -1) < (from ?? -1) ? 'worse' : 'better',
  )
  return { worse: groups.worse ?? [], better: groups.better ?? [], within: groups.within ?? [] }
}

/** Everything that a result says, line by line: for the command line and for copying. */
export function flipLines(result: FlipResult, reading: Reading): Bilingual[] {
  if (result.state === 'no-search') return [result.because]
  const least = leastWords(result, reading.areaUnit)
  const bound = least ? [least] : []
  if (result.state === 'nothing-found') return [nothingWords(result, reading), ...bound]
  const { worse, better } = effectGroups(result.sideEffects)
  const line = (head: Bilingual, said: Bilingual): Bilingual => ({ zh: `${head.zh}：${said.zh}`, en: `${head.en}: ${said.en}` })
  return [
    foundWords(result, reading),
    ...result.changes.map((change) => line(nameOf(change), changeWords(change, reading.areaUnit))),
    ...bound,
    ...worse.map((effect) => line(WORSE, effectWords(effect))),
    ...better.map((effect) => line(BETTER, effectWords(effect))),
    cautionWords(result),
  ]
}

/** The features of a change, or its kind where it touches none that is stored. */
export const nameOf = (change: FoundChange): Bilingual =>
  change.features.length > 0 ? featureWords(change) : MOVE_TITLES[change.move]
