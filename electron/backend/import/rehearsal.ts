import type { SourceLayer } from '../formats/format.ts'
import { shapefileInMemory } from '../formats/shapefile.ts'
import { createGpkg } from '../store/gpkg-writer.ts'
import type { GeometryLine } from './geometry-line.ts'
import { gpkgCrs } from './plan-crs.ts'
import { frameOf } from './plan-frame.ts'
import { REHEARSAL_CRS, rehearsalParcels } from './rehearsal-parcels.ts'
import { writeLayer } from './write-layer.ts'

/** An import of a made-up shapefile, from memory into memory, after which the code of a real one is compiled and its libraries are warm. */
export interface Rehearsal {
  /** Ends it early; resolves when nothing of it runs any more. */
  stop(): Promise<void>
}

const NAME = 'rehearsal'
/** Code that has seen one layer is compiled for that one; after the second it is compiled for any. */
const ROUNDS = 3

/** Begins it; needs neither files nor folders. */
export function rehearse(line: GeometryLine): Rehearsal {
  let stopped = false
  const round = async (set: ReadonlyMap<string, Buffer>) => {
    const layer = shapefileInMemory(set, NAME)
    const { kind, extent } = layer
    if (kind === null) throw new Error('the rehearsal has no parcels')
    const source: SourceLayer = {
      ...layer,
      *features() {
        for (const feature of layer.features()) {
          yield feature
          if (stopped) return
        }
      },
    }
    const writer = createGpkg(':memory:', gpkgCrs(REHEARSAL_CRS))
    try {
      const wanted = { role: 'landuse_plan' as const, path: NAME, fields: { class: 'YDYHFLDM', name: 'YDYHFLMC' } }
      const written = await writeLayer(
        writer,
        {
          chosen: { wanted, source, kind, notes: [] },
          from: REHEARSAL_CRS,
          to: REHEARSAL_CRS,
          table: wanted.role,
          name: wanted.path,
          firstFid: 1,
          frame: extent && frameOf(REHEARSAL_CRS, [{ name: wanted.path, box: extent }]),
          report: () => undefined,
        },
        line,
      )
      await written?.measured
    } finally {
      writer.abandon()
    }
  }
  const run = async () => {
    const set = rehearsalParcels()
    for (let played = 0; played < ROUNDS && !stopped; played += 1) await round(set)
  }
  const done = run()
  return {
    stop() {
      stopped = true
      return done
    },
  }
}
