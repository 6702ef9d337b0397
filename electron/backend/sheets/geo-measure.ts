import type { PDFDict } from 'pdf-lib'
import { crsInfo, makeTransform } from '#core/crs/crs.ts'
import { recogniseFromWkt } from '#core/crs/recognise.ts'
import { AppError } from '#core/errors.ts'
import type { Guess } from '#core/model/inspection.ts'
import type { SheetRegistration } from '#core/model/sheet.ts'
import { bilingual, type Bilingual } from '#core/text.ts'
import { dictAt, dictsAt, numberAt, numbersAt, pairwise, textAt } from './pdf-objects.ts'

/** A point of the page (its default user space) → the sheet as it is seen. */
export type ToSheet = (x: number, y: number) => [x: number, y: number]

export interface Found {
  registrations: SheetRegistration[]
  problems: Bilingual[]
}

/** Corners of the unit square, in the order that ISO 32000 gives where a file is silent. */
const UNIT = [0, 0, 0, 1, 1, 1, 1, 0]
const MOST_VIEWPORTS = 100

/** The registrations of a page by its viewports (ISO 32000-2, 12.9 and 12.10), the largest viewport first. */
export function geoMeasures(page: PDFDict, toSheet: ToSheet): Found {
  const found: Found = { registrations: [], problems: [] }
  const sized = dictsAt(page, 'VP')
    .slice(0, MOST_VIEWPORTS)
    .map((viewport) => ({ viewport, box: numbersAt(viewport, 'BBox') ?? [] }))
    .toSorted((a, b) => areaOf(b.box) - areaOf(a.box))
  for (const { viewport, box } of sized) {
    const measure = dictAt(viewport, 'Measure')
    if (measure === null || textAt(measure, 'Subtype') !== 'GEO') continue
    const read = registrationOf(measure, box, toSheet, textAt(viewport, 'Name'))
    if ('zh' in read) found.problems.push(read)
    else found.registrations.push(read)
  }
  return found
}

const areaOf = ([left = 0, bottom = 0, right = 0, top = 0]: readonly number[]): number =>
  Math.abs((right - left) * (top - bottom))

function registrationOf(measure: PDFDict, box: number[], toSheet: ToSheet, name: string | null): SheetRegistration | Bilingual {
  const ground = numbersAt(measure, 'GPTS')
  const unit = numbersAt(measure, 'LPTS') ?? UNIT
  const [left, bottom, right, top] = box
  if (left === undefined || bottom === undefined || right === undefined || top === undefined || areaOf(box) === 0)
    return bilingual('视口没有范围（BBox）', 'a viewport has no extent (BBox)')
  if (ground === null || ground.length < 6 || ground.length !== unit.length)
    return bilingual('视口的坐标点（GPTS、LPTS）缺失或个数不符', 'a viewport’s points (GPTS, LPTS) are missing or do not match')
  const onSheet = ([x, y]: [number, number]) => toSheet(left + x * (right - left), bottom + y * (top - bottom))
  const sheet = pairwise(unit).map(onSheet)
  const earth = pairwise(ground).map(([lat, lon]): [number, number] => [lon, lat])
  const crs = crsOf(dictAt(measure, 'GCS'))
  const places = placesIn(crs.value, earth)
  if (places === null)
    return bilingual(
      `视口的经纬度不在坐标系 ${crs.value ?? ''} 之内`,
      `a viewport’s latitudes and longitudes do not lie in ${crs.value ?? ''}`,
    )
  const bounds = pairwise(numbersAt(measure, 'Bounds') ?? UNIT)
  return {
    source: 'geo-measure',
    crs,
    pairs: sheet.map((point, index) => ({ sheet: point, place: places[index] ?? [0, 0] })),
    neatline: (bounds.length >= 3 ? bounds : pairwise(UNIT)).map(onSheet),
    reason: bilingual(
      `GeoPDF（ISO 32000）视口${name === null ? '' : `“${name}”`}有 ${sheet.length} 个坐标点`,
      `a GeoPDF viewport (ISO 32000)${name === null ? '' : ` “${name}”`} gives ${sheet.length} points`,
    ),
  }
}

/** GPTS are latitudes and longitudes also where the system is projected: they are brought into it. */
function placesIn(crs: string | null, earth: [number, number][]): [number, number][] | null {
  const info = crs === null ? undefined : crsInfo(crs)
  if (!info || info.kind !== 'projected') return earth
  const toPlane = makeTransform(info.base ?? 'EPSG:4326', info.code)
  const places = earth.map(([lon, lat]) => toPlane(lon, lat))
  return places.flat().every(Number.isFinite) ? places : null
}

function crsOf(system: PDFDict | null): Guess<string | null> {
  const code = system && numberAt(system, 'EPSG')
  const info = code === null ? undefined : crsInfo(`EPSG:${code}`)
  if (info)
    return {
      value: info.code,
      confidence: 0.97,
      reason: bilingual(`PDF 写明 ${info.code} ${info.name}`, `the PDF names ${info.code} ${info.name}`),
    }
  const text = system && textAt(system, 'WKT')
  if (text) {
    try {
      const guess = recogniseFromWkt([{ source: 'PDF /WKT', text: text.slice(0, 20_000) }], null)
      if (guess.value !== null) return guess
    } catch (error) {
      if (!(error instanceof AppError)) throw error
    }
  }
  return {
    value: 'EPSG:4326',
    confidence: 0.5,
    reason: bilingual(
      'PDF 没有写明可识别的坐标系，暂按 WGS 84 经纬度',
      'the PDF names no CRS that is known; taken as WGS 84 for now',
    ),
  }
}
