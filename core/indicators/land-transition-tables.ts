import type { ResultTable, TableColumn } from '../model/result-table.ts'
import { classGroup, classGroupInfo } from '../reference/class-groups.ts'
import { classColour, landClass } from '../reference/land-class-list.ts'
import type { ZanProfile } from '../reference/zan-profiles.ts'
import { ZAN_TRANSITIONS } from '../reference/zan-profiles.ts'
import type { Bilingual } from '../text.ts'
import { closureOfAreas } from './closure.ts'
import { comparedLand, fatesM2, matrixOf, UNCLASSED, type ClassTransition } from './land-transition.ts'

/** A class as tables name it: "0701 城镇住宅用地". */
export function classTitle(code: string): Bilingual {
  const known = landClass(code)
  return known ? { zh: `${code} ${known.zh}`, en: `${code} ${known.en}` } : { zh: code, en: code }
}

export const areaColumn = (key: string, zh: string, en: string): TableColumn => ({ key, title: { zh, en }, unit: 'ha' })

const LEVEL_TITLE: Record<2 | 4, Bilingual> = {
  2: { zh: '用地转移矩阵（一级类）', en: 'Transition matrix (first-level classes)' },
  4: { zh: '用地转移矩阵（二级类）', en: 'Transition matrix (second-level classes)' },
}

/**
 * The whole matrix T[base → plan] as a table of flows: a row per base class, a column per planned class and one for the sum. Rows
 * of second-level classes name their first-level class as parent.
 */
export function transitionTable(transition: ClassTransition, digits: 2 | 4): ResultTable {
  const matrix = matrixOf(transition, digits)
  const rows = Object.keys(matrix).toSorted()
  const columns = [...new Set(rows.flatMap((row) => Object.keys(matrix[row] ?? {})))].toSorted()
  const planM2 = byPrefix(transition.to, transition.toM2, digits)
  const baseM2 = sumUp(Object.values(byPrefix(transition.from, transition.fromM2, digits)))
  const { comparedM2 } = comparedLand(transition)
  const ofColumn = (column: string) => sumUp(rows.map((row) => matrix[row]?.[column] ?? 0))
  return {
    id: digits === 2 ? 'transition' : 'transition2',
    kind: 'flows',
    title: LEVEL_TITLE[digits],
    rowTitle: { zh: '基期地类', en: 'Base year' },
    columns: [
      ...columns.map((key): TableColumn => ({ key, title: classTitle(key), unit: 'ha' })),
      areaColumn('total', '合计', 'Sum'),
    ],
    rows: rows.map((row) => ({
      key: row,
      title: classTitle(row),
      cells: [...columns.map((column) => matrix[row]?.[column] ?? 0), sumUp(Object.values(matrix[row] ?? {}))],
      colour: classColour(row),
      ...(row.length > 2 ? { parent: row.slice(0, 2) } : {}),
    })),
    closure: {
      ...Object.fromEntries(columns.map((key) => [key, closureOfAreas(ofColumn(key), planM2[key] ?? 0, withoutBase)])),
      total: closureOfAreas(comparedM2, baseM2, withoutPlan),
    },
  }
}

const withoutBase = (size: Bilingual, isShort: boolean): Bilingual =>
  isShort
    ? { zh: `${size.zh} 规划用地没有可比的基期地类。`, en: `${size.en} of the plan have no base-year class to compare with.` }
    : { zh: `地块相互重叠，多计 ${size.zh}。`, en: `Parcels overlap each other: ${size.en} are counted twice.` }
const withoutPlan = (size: Bilingual, isShort: boolean): Bilingual =>
  isShort
    ? { zh: `${size.zh} 基期用地没有可比的规划地类。`, en: `${size.en} of the base year have no planned class to compare with.` }
    : { zh: `地块相互重叠，多计 ${size.zh}。`, en: `Parcels overlap each other: ${size.en} are counted twice.` }

function byPrefix(codes: readonly string[], areaM2: Float64Array, digits: number): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const [at, code] of codes.entries()) {
    const key = code.slice(0, digits)
    if (code !== UNCLASSED) sums[key] = (sums[key] ?? 0) + (areaM2[at] ?? 0)
  }
  return sums
}

const sumUp = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

/** The five fates of land under one profile, and their sum. Two profiles are two tables and are never added. */
export function fatesTable(id: string, profile: ZanProfile, transition: ClassTransition): ResultTable {
  const fates = fatesM2(transition, profile.group)
  const { comparedM2 } = comparedLand(transition)
  return {
    id,
    kind: 'classes',
    title: {
      zh: `净零平衡：${profile.title.zh}（${profile.nature.zh}）`,
      en: `Balance: ${profile.title.en} (${profile.nature.en})`,
    },
    rowTitle: { zh: '去向', en: 'What becomes of it' },
    columns: [areaColumn('areaM2', '面积', 'Area'), { key: 'share', title: { zh: '占比', en: 'Share' }, unit: 'percent' }],
    rows: ZAN_TRANSITIONS.map(({ id: key, title }) => ({
      key,
      title,
      cells: [fates[key], comparedM2 > 0 ? fates[key] / comparedM2 : null],
    })),
    closure: { areaM2: { sum: sumUp(Object.values(fates)), whole: comparedM2 } },
  }
}

/** What one condition of a profile weighs: net artificialised land with it read the other way. */
export interface ConditionWeight {
  codes: readonly string[]
  counted: boolean
  when: Bilingual
  baseM2: number
  planM2: number
  /** Change of the net if the condition is read the other way, m². */
  netChangeM2: number
}

/** The conditions that classes alone cannot decide (width, tree cover, filling, real cover), each with what hangs on it. */
export function conditionWeights(profile: ZanProfile, transition: ClassTransition): ConditionWeight[] {
  const netM2 = (fates: ReturnType<typeof fatesM2>) => fates.artificialised - fates.renatured
  const asRead = netM2(fatesM2(transition, profile.group))
  return classGroupInfo(profile.group).rule.conditional.map(({ codes, counted, when }, at) => {
    const of = (all: readonly string[], areaM2: Float64Array) =>
      sumUp(all.map((code, index) => (codes.some((own) => code.startsWith(own)) ? (areaM2[index] ?? 0) : 0)))
    const otherwise = classGroup(profile.group, { otherwise: [at] })
    return {
      codes,
      counted,
      when,
      baseM2: of(transition.from, transition.fromM2),
      planM2: of(transition.to, transition.toM2),
      netChangeM2: netM2(fatesM2(transition, otherwise)) - asRead,
    }
  })
}

const COUNTED: Record<'true' | 'false', Bilingual> = {
  true: { zh: '计入', en: 'counted' },
  false: { zh: '不计', en: 'not counted' },
}

/** The conditions of one profile as a table. */
export function conditionsTable(id: string, profile: ZanProfile, weights: readonly ConditionWeight[]): ResultTable {
  return {
    id,
    kind: 'list',
    title: { zh: `口径条件：${profile.title.zh}`, en: `Conditions: ${profile.title.en}` },
    rowTitle: { zh: '地类与条件', en: 'Classes and condition' },
    columns: [
      { key: 'counted', title: { zh: '本次处理', en: 'As read here' }, unit: null },
      areaColumn('baseM2', '基期面积', 'Base year'),
      areaColumn('planM2', '规划面积', 'Plan'),
      areaColumn('netChangeM2', '反向处理时净值变化', 'Change of the net if read otherwise'),
    ],
    rows: weights.map(({ codes, counted, when, baseM2, planM2, netChangeM2 }) => ({
      key: codes.join('+'),
      title: { zh: `${codes.join('、')}：${when.zh}`, en: `${codes.join(', ')}: ${when.en}` },
      cells: [COUNTED[`${counted}`], baseM2, planM2, netChangeM2],
    })),
  }
}
