import { crsWkt } from '#core/crs/crs.ts'
import { recogniseFromWkt } from '#core/crs/recognise.ts'
import { bilingual } from '#core/text.ts'
import type { SourceFeature, SourceLayer } from '../formats/format.ts'
import { createGpkg } from '../store/gpkg-writer.ts'
import type { GeometryLine } from './geometry-line.ts'
import { gpkgCrs } from './plan-crs.ts'
import { frameOf } from './plan-frame.ts'
import { writeLayer } from './write-layer.ts'

/** An import of made-up parcels into memory, after which the code of a real one is compiled and its libraries are warm. */
export interface Rehearsal {
  /** Ends it early; resolves when nothing of it runs any more. */
  stop(): Promise<void>
}

/** A zone in the middle of what the application reads; the place means nothing. */
const CRS = 'EPSG:4547'
const [EAST_M, NORTH_M] = [470_000, 2_500_000]
const SIDE = 128
const STEP_M = 60
const CODES = ['0701', '0801', '0901', '1001', '1207', '1401']
/** Vertices along each edge of a parcel: about as many as those of a city. */
const PER_EDGE = 5

/** Parcels of a lattice with crooked edges that neighbours share. */
function parcel(index: number): SourceFeature {
  const [column, row] = [index % SIDE, Math.floor(index / SIDE)]
  const corners = [0, 1, 1, 0, 0].map((x, at) => [column + x, row + (at === 2 || at === 3 ? 1 : 0)] as const)
  const ring: number[] = []
  for (let corner = 0; corner < 4; corner += 1) {
    const [fromX, fromY] = corners[corner] ?? [0, 0]
    const [toX, toY] = corners[corner + 1] ?? [0, 0]
    for (let step = 0; step < PER_EDGE; step += 1) {
      const [x, y] = [fromX + ((toX - fromX) * step) / PER_EDGE, fromY + ((toY - fromY) * step) / PER_EDGE]
      ring.push(place(EAST_M, x, Math.sin(9 * y)), place(NORTH_M, y, Math.sin(7 * x)))
    }
  }
  ring.push(ring[0] ?? 0, ring[1] ?? 0)
  // Clockwise, as shapefiles have it.
  const xy = Float64Array.from(ring).reverse()
  for (let at = 0; at < xy.length; at += 2) [xy[at], xy[at + 1]] = [xy[at + 1] ?? 0, xy[at] ?? 0]
  const values = [index, CODES[index % CODES.length] ?? null, `用地 ${index % CODES.length}`]
  return { row: index + 1, geometry: { kind: 'polygon', parts: [[xy]] }, values }
}

const place = (origin: number, cells: number, bend: number): number =>
  Math.round(1000 * (origin + STEP_M * (cells + 0.05 * bend))) / 1000

/** Begins it; needs neither files nor folders. */
export function rehearse(line: GeometryLine): Rehearsal {
  let stopped = false
  const source: SourceLayer = {
    layer: null,
    kind: 'polygon',
    geometryTypes: { Polygon: SIDE * SIDE },
    count: SIDE * SIDE,
    extent: [EAST_M, NORTH_M, EAST_M + SIDE * STEP_M, NORTH_M + SIDE * STEP_M],
    fields: [
      { name: 'BSM', type: 'number', samples: [] },
      { name: 'YDYHFLDM', type: 'text', samples: [] },
      { name: 'YDYHFLMC', type: 'text', samples: [] },
    ],
    crs: recogniseFromWkt([{ source: '.prj', text: crsWkt(CRS) ?? null }], null),
    encoding: { value: 'UTF-8', confidence: 1, reason: bilingual('', '') },
    notes: [],
    *features() {
      for (let index = 0; index < SIDE * SIDE && !(stopped && index > 0); index += 1) yield parcel(index)
    },
  }
  const { extent } = source
  const run = async () => {
    const writer = createGpkg(':memory:', gpkgCrs(CRS))
    try {
      const wanted = { role: 'landuse_plan' as const, path: 'rehearsal', fields: { class: 'YDYHFLDM', name: 'YDYHFLMC' } }
      const written = await writeLayer(
        writer,
        {
          chosen: { wanted, source, kind: 'polygon', notes: [] },
          from: CRS,
          to: CRS,
          table: wanted.role,
          name: wanted.path,
          firstFid: 1,
          frame: extent && frameOf(CRS, [{ name: wanted.path, box: extent }]),
          report: () => undefined,
        },
        line,
      )
      await written?.measured
    } finally {
      writer.abandon()
    }
  }
  const done = run()
  return {
    stop() {
      stopped = true
      return done
    },
  }
}
