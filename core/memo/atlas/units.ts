import type { LayerColumns } from '../../geo/columns.ts'
import { textAt } from '../../geo/columns.ts'
import { featureAreas } from '../../geo/feature-areas.ts'
import { readableValue } from '../../model/units.ts'
import { shownUnit } from '../../tables/shown-table.ts'
import { inLang } from '../../text.ts'
import { run, type MemoContext } from '../context.ts'
import type { Run } from '../document.ts'
import { areaText, listText } from '../words.ts'
import { covers, featureBox, neighboursOf, type BoxM } from './places.ts'
import type { AtlasSubject } from './subjects.ts'

/** A district of the plan with its place. */
export interface AtlasUnit {
  layer: LayerColumns
  feature: number
  name: string
  boxM: BoxM
  subjects: readonly AtlasSubject[]
}

const nameAt = (layer: LayerColumns, feature: number): string =>
  textAt(layer, 'name', feature) ?? textAt(layer, 'code', feature) ?? `#${layer.fid[feature] ?? feature}`

/** The districts and plan units, those with findings first, each with the findings whose middle lies in it. */
export function atlasUnits(memo: MemoContext, subjects: readonly AtlasSubject[]): AtlasUnit[] {
  const units = memo.layers
    .filter(({ role, kind }) => role === 'admin' && kind === 'polygon')
    .flatMap((layer) =>
      [...Array(layer.count).keys()].flatMap((feature): AtlasUnit[] => {
        const boxM = featureBox(layer, feature)
        const own = subjects.filter(({ middleM }) => middleM !== null && covers(layer, feature, middleM))
        return boxM === null ? [] : [{ layer, feature, name: nameAt(layer, feature), boxM, subjects: own }]
      }),
    )
  return units.toSorted((a, b) => Number(b.subjects.length > 0) - Number(a.subjects.length > 0))
}

/** So many figures of a district stand on its page. */
const MOST_FIGURES = 8

/** What is known of a district: its area, the findings in it, its neighbours, and the figures that indicators give for it. */
export function unitFacts({ layer, feature, subjects }: AtlasUnit, memo: MemoContext): { label: string; runs: Run[] }[] {
  const { say, lang } = memo
  const none = say('无', 'none')
  // Names are the same in both languages: in a bilingual memo they stand once.
  const list = (names: readonly string[]): Run[] => [
    run(names.length === 0 ? none : listText(names, memo.isPaired === true ? 'zh' : lang)),
  ]
  const figures = unitFigures(layer.fid[feature] ?? Number.NaN, memo)
  const rest = figures.length - MOST_FIGURES
  const more = rest <= 0 ? '' : say(`；另有 ${rest} 项见附件`, `; ${rest} more in the attachment`)
  return [
    { label: say('面积', 'Area'), runs: [run(areaText(featureAreas(layer)[feature] ?? 0, memo.areaUnit, lang))] },
    { label: say('范围内的意见', 'Findings in it'), runs: list(subjects.map(({ called }) => called)) },
    { label: say('相邻单元', 'Neighbours'), runs: list(neighboursOf(layer, feature).map((other) => nameAt(layer, other))) },
    ...(figures.length === 0
      ? []
      : [{ label: say('测算值', 'Measured'), runs: [run(`${figures.slice(0, MOST_FIGURES).join(say('；', '; '))}${more}`)] }]),
  ]
}

/** "Intensity 42 %" of every table that has a row for the district. */
function unitFigures(fid: number, { result, lang, areaUnit }: MemoContext): string[] {
  return result.indicators.flatMap(({ tables = [] }) =>
    tables.flatMap(({ columns, rows }) => {
      const row = rows.find(({ place }) => place?.layer === 'admin' && place.fid === fid)
      return columns.flatMap((column, at) => {
        const [cell, unit] = [row?.cells[at], shownUnit(column, areaUnit)]
        const isKnown = typeof cell === 'number' && Number.isFinite(cell) && unit !== null
        return isKnown ? [`${inLang(column.title, lang)} ${readableValue(cell, unit, lang)}`] : []
      })
    }),
  )
}
