import type { LegendEntry } from '#core/contract/map-data.ts'
import type { Input } from '#core/contract/procedures.ts'
import type { SheetFacts } from '#core/contract/map-sheet-procedures.ts'
import { AppError } from '#core/errors.ts'
import { BEYOND_TITLES } from '#core/map-sheet/beyond-layers.ts'
import { composeMapSheet, type ComposedSheet } from '#core/map-sheet/compose.ts'
import type { SheetLayer } from '#core/map-sheet/content.ts'
import { classIndexes, legendFor } from '#core/map/legend.ts'
import { drawOrder, filtersOf, isSwitchedOn } from '#core/map/layer-tree.ts'
import type { MapLook } from '#core/map/look.ts'
import { frameWkt } from '#core/map/registration.ts'
import { legendInPalette } from '#core/map/palettes.ts'
import { roleStyleOf } from '#core/map/styles.ts'
import { dayInWords } from '#core/memo/words.ts'
import { isVector, type Layer, type Plan } from '#core/model/plan.ts'
import { roleInfo } from '#core/model/roles.ts'
import { bilingual, inLang, type Bilingual } from '#core/text.ts'
import { FeatureFilters } from '../map/feature-filters.ts'
import { loadLayerColumns, type LayerFiles } from '../store/layer-columns.ts'

/** What a sheet is made of. */
export interface SheetJob {
  plan: Plan
  layers: Layer[]
  files: Omit<LayerFiles, 'log'>
  look: MapLook
  asked: Omit<Input<'map.sheet'>, 'planId'>
  /** The day of printing, ISO. */
  date: string
}

export interface PlanSheet {
  sheet: ComposedSheet
  facts: SheetFacts
  title: string
  alt: string
}

/** Reads the layers that a plan's look shows, and lays them on paper. @throws AppError `map.nothing-to-print`, `attributes.*` */
export function planSheet(job: SheetJob): PlanSheet {
  const { plan, asked, date } = job
  const { lang } = asked
  const { layers, leftOut: grids } = sheetLayers(job)
  const leftOut = [...grids, ...new Set(asked.beyond)].map((one) => (typeof one === 'string' ? BEYOND_TITLES[one] : one))
  const title = asked.title ?? (lang === 'zh' ? (plan.nameZh ?? plan.name) : plan.name)
  const sheet = composeMapSheet({
    ...asked,
    layers,
    leftOut,
    extentM: plan.extent,
    title,
    crs: inLang(frameWords(plan), lang),
    date: inLang(bilingual(`制图日期：${dayInWords(date, 'zh')}`, `Printed ${dayInWords(date, 'en')}`), lang),
    source: asked.source === '' ? '' : `${inLang(bilingual('资料来源：', 'Source: '), lang)}${asked.source}`,
  })
  if (sheet.isEmpty) throw new AppError('map.nothing-to-print', {})
  const { layout, pages, merged } = sheet
  const scale = layout.paper.denominator
  const isRegistered = frameWkt(plan.frame, plan.crs) !== null
  const facts = { scale, sizeMm: layout.sizeMm, pages: pages.length, merged, leftOut, isRegistered }
  const alt = lang === 'zh' ? `${title}，比例尺 1:${scale}` : `${title}, scale 1:${scale}`
  return { sheet, facts, title, alt }
}

function sheetLayers({ plan, layers, files, look, asked }: SheetJob): { layers: SheetLayer[]; leftOut: Bilingual[] } {
  const placed = layers.map((layer) => ({ ...roleStyleOf(layer.role), id: layer.id, role: layer.role }))
  const order = drawOrder(placed, look)
  const isOn = (id: Layer['id']): boolean => {
    if (asked.layerIds !== null) return asked.layerIds.includes(id)
    return placed.some((one) => one.id === id && isSwitchedOn(one, look))
  }
  const shown = order.flatMap((id) => layers.filter((layer) => layer.id === id && isOn(id)))
  const filters = filtersOf(look)
  const answers = new FeatureFilters(plan, files)
  try {
    const drawn = shown.filter(isVector).map((layer): SheetLayer => {
      const columns = loadLayerColumns(files, layer, plan)
      const where = filters[layer.id]
      const classOf = classIndexes(columns)
      return {
        id: layer.id,
        title: titleOf(layer, look),
        columns,
        classOf: where === undefined ? classOf : answers.classesWhere(layer, columns, classOf, where),
        legend: legendInPalette(
          { role: layer.role, legend: namedLegend(legendFor(columns), look.names[layer.id]) },
          asked.palette ?? look.palette,
        ),
        opacity: look.layers[layer.id]?.opacity ?? 1,
        range: look.layers[layer.id] ?? {},
      }
    })
    return { layers: drawn, leftOut: shown.filter((layer) => !isVector(layer)).map((layer) => titleOf(layer, look)) }
  } finally {
    answers.close()
  }
}

/** As the person calls it, else as its role is called. */
function titleOf({ id, role }: Layer, { names }: MapLook): Bilingual {
  const own = names[id]
  return own === undefined ? roleInfo(role).title : bilingual(own, own)
}

/** A legend of one line says what its layer is called. */
const namedLegend = (legend: LegendEntry[], name: string | undefined): LegendEntry[] =>
  name === undefined || legend.length !== 1 ? legend : legend.map((entry) => ({ ...entry, label: bilingual(name, name) }))

function frameWords({ crs, frame }: Plan): Bilingual {
  if (frame.kind === 'planar')
    return bilingual(`坐标：${crs}，平面坐标（无地理定位）`, `Coordinates: ${crs}, a plane without a place on Earth`)
  const centre = `${frame.lonDeg.toFixed(3)}°, ${frame.latDeg.toFixed(3)}°`
  return bilingual(`数据 ${crs}；等积方位投影，中心 ${centre}`, `Data ${crs}; equal-area azimuthal, centre ${centre}`)
}
