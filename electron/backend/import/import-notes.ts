import { MAP_THE_CLASSES } from '#core/model/asides.ts'
import { roleInfo, type GeometryKind, type LayerKind, type Role } from '#core/model/roles.ts'
import type { Note } from '#core/model/plan.ts'
import { squareMetres } from '#core/model/units.ts'
import { bilingual, type Bilingual, type Lang } from '#core/text.ts'

/** What a reader of the memo must know about how a layer was taken in; one function per sentence. */

const KINDS: Record<LayerKind, Bilingual> = {
  polygon: bilingual('面', 'polygon'),
  line: bilingual('线', 'line'),
  point: bilingual('点', 'point'),
  raster: bilingual('栅格', 'grid'),
}

export const kindName = (kind: LayerKind): Bilingual => KINDS[kind]

/** The first few rows, then how many more. */
const MOST_ROWS = 12
const rowsZh = (rows: readonly number[]): string =>
  `第 ${rows.slice(0, MOST_ROWS).join('、')} 行${rows.length > MOST_ROWS ? `等 ${rows.length} 行` : ''}`
const rowsEn = (rows: readonly number[]): string =>
  `row${rows.length === 1 ? '' : 's'} ${rows.slice(0, MOST_ROWS).join(', ')}${rows.length > MOST_ROWS ? ` and ${rows.length - MOST_ROWS} more` : ''}`

const info = (code: string, zh: string, en: string, params: Record<string, unknown> = {}): Note => ({
  severity: 'info',
  code,
  params,
  text: { zh, en },
})
const warning = (code: string, zh: string, en: string, params: Record<string, unknown> = {}): Note => ({
  severity: 'warning',
  code,
  params,
  text: { zh, en },
})

/** Which source field was read as which attribute, by the attribute's title: people know neither our keys nor pinyin initials. */
export function fieldsNote(role: Role, pairs: readonly (readonly [key: string, field: string])[]): Note {
  const { fields } = roleInfo(role)
  const words = (lang: Lang) => pairs.map(([key, field]) => `${fields[key]?.title[lang] ?? key} ← ${field}`)
  return info('fields.used', `字段对应：${words('zh').join('，')}。`, `Fields used: ${words('en').join(', ')}.`)
}

export const renamedNote = (pairs: readonly (readonly [from: string, to: string])[]): Note =>
  info(
    'fields.renamed',
    `与系统列名冲突的源字段已改名：${pairs.map(([from, to]) => `${from} → ${to}`).join('，')}。`,
    `Source fields whose names clash with ours were renamed: ${pairs.map(([from, to]) => `${from} → ${to}`).join(', ')}.`,
  )

export const filteredNote = (kept: number, all: number): Note =>
  info('where.filtered', `按 where 条件采用 ${all} 个要素中的 ${kept} 个。`, `${kept} of ${all} features meet where.`, {
    kept,
    all,
  })

export const otherKindNote = (kind: GeometryKind, count: number): Note =>
  warning(
    'geometry.other-kind',
    `同一图层中的 ${count} 个${KINDS[kind].zh}要素不适用于该用途，未导入。`,
    `${count} ${KINDS[kind].en} feature${count === 1 ? '' : 's'} of the same layer do not fit the role and were left out.`,
    { kind, count },
  )

export const noGeometryNote = (rows: readonly number[]): Note =>
  warning(
    'geometry.missing',
    `${rows.length} 个要素没有几何，未导入：${rowsZh(rows)}。`,
    `${rows.length} feature${rows.length === 1 ? '' : 's'} without geometry left out: ${rowsEn(rows)}.`,
    { rows: rows.slice(0, MOST_ROWS), count: rows.length },
  )

export const droppedNote = (rows: readonly number[]): Note =>
  warning(
    'geometry.degenerate',
    `${rows.length} 个要素的几何退化（没有面积、长度或有效坐标），未导入：${rowsZh(rows)}。`,
    `${rows.length} feature${rows.length === 1 ? '' : 's'} with degenerate geometry (no area, length or usable coordinate) left out: ${rowsEn(rows)}.`,
    { rows: rows.slice(0, MOST_ROWS), count: rows.length },
  )

const areaChange = ({ areaBeforeM2, areaDeltaM2 }: { areaBeforeM2: number; areaDeltaM2: number }): [string, string] => [
  `${areaDeltaM2 > 0 ? '+' : ''}${squareMetres(areaDeltaM2, areaDeltaM2 === 0 ? 0 : 2)}`,
  `${squareMetres(areaBeforeM2)} → ${squareMetres(areaBeforeM2 + areaDeltaM2)}`,
]

/** The same before an import: what it would mend. `area` is null where the system, and with it the unit, is not sure. */
export const repairPreviewNote = (
  rows: readonly number[],
  area: { areaBeforeM2: number; areaDeltaM2: number } | null,
  firstPlace: string | null,
): Note => {
  const [delta, change] = area === null ? ['', ''] : areaChange(area)
  return warning(
    'geometry.to-repair',
    `${rows.length} 个要素的几何无效：${rowsZh(rows)}${firstPlace === null ? '' : `；首处位于（${firstPlace}）`}。导入时将按原结构修复${area === null ? '' : `，面积合计变化 ${delta}（${change}）`}，并逐项说明。`,
    `The geometry of ${rows.length} feature${rows.length === 1 ? ' is' : 's is'} not valid: ${rowsEn(rows)}${firstPlace === null ? '' : `; the first place is at (${firstPlace})`}. An import repairs it, keeping its structure${area === null ? '' : `; area would change by ${delta} in all (${change})`}, and says so.`,
    { count: rows.length, ...(area === null ? {} : { ...area, areaAfterM2: area.areaBeforeM2 + area.areaDeltaM2 }) },
  )
}

export const repairedNote = (
  rows: readonly number[],
  { areaBeforeM2, areaDeltaM2 }: { areaBeforeM2: number; areaDeltaM2: number },
  isPolygon: boolean,
): Note => {
  const [delta, change] = areaChange({ areaBeforeM2, areaDeltaM2 })
  const sentence = warning(
    'geometry.repaired',
    `修复了 ${rows.length} 个要素的几何：${rowsZh(rows)}${isPolygon ? `；面积合计变化 ${delta}（${change}）` : ''}。`,
    `Geometry of ${rows.length} feature${rows.length === 1 ? '' : 's'} repaired: ${rowsEn(rows)}${isPolygon ? `; area changed by ${delta} in all (${change})` : ''}.`,
  )
  const params = { rows: rows.length, areaBeforeM2, areaAfterM2: areaBeforeM2 + areaDeltaM2, areaDeltaM2 }
  return { ...sentence, code: 'geometry.repaired', params: isPolygon ? params : { rows: rows.length } }
}

export const notConvertedNote = (field: string, rows: readonly number[]): Note =>
  warning(
    'fields.not-converted',
    `字段“${field}”有 ${rows.length} 个取值无法识别，按缺失处理：${rowsZh(rows)}。`,
    `${rows.length} value${rows.length === 1 ? '' : 's'} of “${field}” could not be understood and count as missing: ${rowsEn(rows)}.`,
    { field, rows: rows.slice(0, MOST_ROWS), count: rows.length },
  )

export const unknownClassesNote = (counts: Readonly<Record<string, number>>): Note => {
  const values = Object.entries(counts).toSorted((a, b) => b[1] - a[1])
  const shown = values.slice(0, MOST_ROWS).map(([value, count]) => `${value}×${count}`)
  const features = values.reduce((sum, [, count]) => sum + count, 0)
  return warning(
    'class.unknown',
    `${features} 个要素的地类（${values.length} 种取值）未识别：${shown.join('，')}${values.length > MOST_ROWS ? '…' : ''}。${MAP_THE_CLASSES.zh}`,
    `The class of ${features} features (${values.length} values) is not known: ${shown.join(', ')}${values.length > MOST_ROWS ? '…' : ''}.${MAP_THE_CLASSES.en}`,
  )
}

export const noClassNote = (rows: readonly number[]): Note =>
  warning(
    'class.missing',
    `${rows.length} 个要素没有地类：${rowsZh(rows)}。`,
    `${rows.length} feature${rows.length === 1 ? '' : 's'} without a class: ${rowsEn(rows)}.`,
    { rows: rows.slice(0, MOST_ROWS), count: rows.length },
  )

export const schemeNote = (reason: Bilingual, certain: boolean): Note => ({
  severity: certain ? 'info' : 'warning',
  code: certain ? 'class.scheme' : 'class.scheme-uncertain',
  text: reason,
})
