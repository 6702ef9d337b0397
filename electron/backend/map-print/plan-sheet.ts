import type { LegendEntry } from '#core/contract/map-data.ts'
import type { Input } from '#core/contract/procedures.ts'
import type { SheetFacts } from '#core/contract/map-sheet-procedures.ts'
import { AppError } from '#core/errors.ts'
import { composeMapSheet, type ComposedSheet } from '#core/map-sheet/compose.ts'
import type { AnySheetLayer, SheetLayer } from '#core/map-sheet/sheet-layer.ts'
import { classIndexes, legendFor } from '#core/map/legend.ts'
import { drawOrder, isSwitchedOn } from '#core/map/layer-tree.ts'
import type { MapLook } from '#core/map/look.ts'
import { frameWkt } from '#core/map/registration.ts'
import { legendInPalette } from '#core/map/palettes.ts'
import { roleStyleOf } from '#core/map/styles.ts'
import { dayInWords } from '#core/memo/words.ts'
import { isRaster, type Layer, type Plan, type VectorLayer } from '#core/model/plan.ts'
import type { LayerId } from '#core/model/ids.ts'
import { roleInfo } from '#core/model/roles.ts'
import { FADED_PLAN, placesOf } from '#core/overlays/view.ts'
import { bilingual, inLang, type Bilingual } from '#core/text.ts'
import { FeatureFilters } from '../map/feature-filters.ts'
import { loadLayerColumns, type LayerFiles } from '../store/layer-columns.ts'
import { gridPicture } from './grid-picture.ts'
import type { PictureDetail } from './picture-size.ts'
import type { SheetExtras } from './sheet-extras.ts'

/** What a sheet is made of. */
export interface SheetJob {
  plan: Plan
  layers: Layer[]
  files: Omit<LayerFiles, 'log'>
  look: MapLook
  asked: Omit<Input<'map.sheet'>, 'planId'>
  extras: SheetExtras
  /** How finely pictures are drawn. */
  detail: PictureDetail
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
  const { findings, leftOut } = job.extras
  const layers = [...basemapLayers(job), ...sheetLayers(job), ...overlayLayers(job)]
  const title = asked.title ?? (lang === 'zh' ? (plan.nameZh ?? plan.name) : plan.name)
  const sheet = composeMapSheet({
    ...asked,
    layers,
    findings,
    leftOut,
    extentM: plan.extent,
    title,
    crs: inLang(frameWords(plan), lang),
    date: inLang(bilingual(`制图日期：${dayInWords(date, 'zh')}`, `Printed ${dayInWords(date, 'en')}`), lang),
    source: sourceLine(job),
  })
  if (sheet.isEmpty) throw new AppError('map.nothing-to-print', {})
  const { layout, pages, merged } = sheet
  const scale = layout.paper.denominator
  const isRegistered = frameWkt(plan.frame, plan.crs) !== null
  const facts = { scale, sizeMm: layout.sizeMm, pages: pages.length, merged, leftOut, isRegistered }
  const alt = altOf(title, scale, job)
  return { sheet, facts, title, alt }
}

function sheetLayers(job: SheetJob): AnySheetLayer[] {
  const { plan, layers, files, look, asked, extras, detail } = job
  const placed = layers.map((layer) => ({ ...roleStyleOf(layer.role), id: layer.id, role: layer.role }))
  const order = drawOrder(placed, look)
  const isOn = (layer: Layer): boolean => {
    if (asked.grids && isRaster(layer)) return true
    if (asked.layerIds !== null) return asked.layerIds.includes(layer.id)
    return placed.some((one) => one.id === layer.id && isSwitchedOn(one, look))
  }
  const shown = order.flatMap((id) => layers.filter((layer) => layer.id === id && isOn(layer)))
  const strength = asked.faded && extras.overlays.length > 0 ? FADED_PLAN : 1
  const answers = new FeatureFilters(plan, files)
  try {
    return shown.map((layer): AnySheetLayer => {
      const own = look.layers[layer.id] ?? {}
      const opacity = (own.opacity ?? 1) * strength
      const head = { id: layer.id, title: titleOf(layer, look), opacity, range: own }
      if (isRaster(layer)) return { ...head, isTitled: true, ...gridPicture(plan, layer, files, opacity, detail) }
      return { ...head, ...shapesOf(job, layer as VectorLayer, answers) }
    })
  } finally {
    answers.close()
  }
}

function shapesOf(
  { plan, files, look, asked }: SheetJob,
  layer: VectorLayer,
  answers: FeatureFilters,
): Pick<SheetLayer, 'columns' | 'classOf' | 'legend'> {
  const columns = loadLayerColumns(files, layer, plan)
  const where = look.layers[layer.id]?.where
  const classOf = classIndexes(columns)
  return {
    columns,
    classOf: where === undefined ? classOf : answers.classesWhere(layer, columns, classOf, where),
    legend: legendInPalette(
      { role: layer.role, legend: namedLegend(legendFor(columns), look.names[layer.id]) },
      asked.palette ?? look.palette,
    ),
  }
}

/** Parts of overlays over the plan, from bottom to top. */
function overlayLayers({ extras, asked }: SheetJob): SheetLayer[] {
  return extras.overlays.toReversed().flatMap(({ id, title, opacity, parts }) =>
    parts.map(({ id: part, title: own, shapes, classOf, legend, labels, ...more }): SheetLayer => {
      const { anchorsM } = placesOf({ shapes, ...more }, labels.length)
      const numbers = labels.map((label, row) => ({ label, xM: anchorsM[2 * row] ?? NaN, yM: anchorsM[2 * row + 1] ?? NaN }))
      return {
        id: `${id} ${part}` as LayerId,
        title: parts.length === 1 ? title : bilingual(`${title.zh}：${own.zh}`, `${title.en}: ${own.en}`),
        isTitled: true,
        columns: shapes,
        classOf,
        legend,
        opacity,
        numbers: asked.numbered ? numbers : [],
        ...(shapes.kind === 'line' && { hasRim: true }),
      }
    }),
  )
}

/** The picture of the ground, under everything. */
function basemapLayers({ extras: { basemap } }: SheetJob): AnySheetLayer[] {
  if (basemap === null) return []
  const title = bilingual(`底图：${basemap.name}`, `Basemap: ${basemap.name}`)
  return [{ id: 'basemap' as LayerId, title, isTitled: true, opacity: 1, legend: [], picture: () => ({ ...basemap, seen: [] }) }]
}

/** Where the data come from, and who made the ground under them. */
function sourceLine({ asked: { source, lang }, extras: { basemap } }: SheetJob): string {
  const own = source === '' ? [] : [`${inLang(bilingual('资料来源：', 'Source: '), lang)}${source}`]
  const ground = basemap?.attribution ? [`${inLang(bilingual('底图：', 'Basemap: '), lang)}${basemap.attribution}`] : []
  return [...own, ...ground].join(lang === 'zh' ? '；' : '; ')
}

/** What a reader hears in place of the drawing. */
function altOf(title: string, scale: number, { asked: { lang }, extras: { overlays, findings, basemap } }: SheetJob): string {
  const over = overlays.map((overlay) => inLang(overlay.title, lang)).join(lang === 'zh' ? '、' : ', ')
  const parts =
    lang === 'zh'
      ? [
          `${title}，比例尺 1:${scale}`,
          over && `叠加：${over}`,
          findings.length > 0 && `标出审查意见 ${findings.length} 条`,
          basemap && `底图：${basemap.name}`,
        ]
      : [
          `${title}, scale 1:${scale}`,
          over && `over it: ${over}`,
          findings.length > 0 && `${findings.length} findings marked`,
          basemap && `on the basemap ${basemap.name}`,
        ]
  return parts.filter(Boolean).join(lang === 'zh' ? '；' : '; ')
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
