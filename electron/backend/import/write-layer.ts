import { AppError } from '#core/errors.ts'
import { noFindings, type GeometryFindings } from '#core/geo/geometry-findings.ts'
import type { Frame } from '#core/geo/frame.ts'
import type { Note } from '#core/model/plan.ts'
import type { GeometryKind } from '#core/model/roles.ts'
import { rowsOf, type SourceFeature, type SourceValue } from '../formats/format.ts'
import type { Box } from '../store/gpkg-geometry.ts'
import type { GpkgRepair, GpkgWriter } from '../store/gpkg-writer.ts'
import { classColumn } from './class-column.ts'
import { declaredAreas, type DeclaredAreas } from './declared-area.ts'
import { asOurValue, mapFields, type MappedField } from './field-mapping.ts'
import {
  droppedNote,
  fieldsNote,
  filteredNote,
  noGeometryNote,
  notConvertedNote,
  renamedNote,
  repairedNote,
} from './import-notes.ts'
import type { GeometryLine } from './geometry-line.ts'
import { geometryNote } from './geometry-note.ts'
import type { FittedBatch, GeometryChange } from './geometry-work.ts'
import type { MeasuredGeometry } from './stream-meter.ts'
import { blobOf, boxAt, PackedFeatures } from './packed-features.ts'
import type { ChosenLayer } from './open-sources.ts'
import { shiftNotes, type LocalShift } from './local-shift.ts'
import { gpkgCrs } from './plan-crs.ts'
import { tableFields } from './table-fields.ts'
import { whereFilter } from './where-filter.ts'

export interface LayerJob {
  chosen: ChosenLayer
  /** System of the source, and of the plan. */
  from: string
  to: string
  /** Name of its table and of the layer. */
  table: string
  name: string
  /** Where its feature ids begin: after those of earlier layers of the same role. */
  firstFid: number
  /** Local parameters of a datum shift, where a person named them. */
  shift?: LocalShift | null
  /** The plane in which the plan will be measured, where it can be told before anything is written. */
  frame: Frame | null
  report: (done: number, total: number) => void
}

export interface WrittenLayer {
  kind: GeometryKind
  features: number
  sha256: string
  /** In the plan's CRS. */
  box: Box
  notes: Note[]
  unknownClasses: Record<string, number>
  repairs: GpkgRepair[]
  /** Areas that the features declare themselves, to be held against the measured ones. */
  declared: DeclaredAreas | null
  /** In the frame that was given; null without one. */
  measured: Promise<MeasuredGeometry | null>
}

/**
 * Streams one source layer into its table: filter, attributes, class codes, CRS, repair. Undefined when no feature of a
 * mixed file's kind meets `where` (the caller knows whether another kind does).
 * @throws AppError with file, layer and row.
 */
export async function writeLayer(gpkg: GpkgWriter, job: LayerJob, line: GeometryLine): Promise<WrittenLayer | undefined> {
  const { chosen, table, name, firstFid, from, to } = job
  const { wanted, source, kind } = chosen
  const keep = whereFilter(wanted, source)
  const mapped = mapFields(wanted, source)
  if (wanted.where && !anyKept(chosen, keep)) return undefined
  const { fields, renamed } = tableFields(chosen, mapped)
  const classes = isLandUse(chosen) ? classColumn(wanted, source, mapped, keep) : undefined
  const multiPoint = kind === 'point' && hasClusters(chosen)
  const count = { seen: 0, kept: 0 }
  const log = repairLog(table)
  const declared = declaredAreas(source, from)
  const values = valueReader(mapped, (feature) => classes?.codeOf(feature) ?? null, classes !== undefined)
  const shift = job.shift?.parameters ?? null
  const { srsId } = gpkgCrs(to)
  const frame = job.frame
  await line.open({
    kind,
    role: wanted.role,
    from,
    to,
    shift,
    file: wanted.path,
    layer: source.layer,
    srsId,
    multi: multiPoint,
    frame,
  })
  const writer = gpkg.addTable({ table, name, kind, multiPoint, fields, firstFid })
  let found = noFindings()
  const store = (fitted: FittedBatch, rows: readonly SourceFeature[]) => {
    const changes = new Map(fitted.changes.map((change) => [change.index, change]))
    for (const [index, feature] of rows.entries()) {
      const blob = blobOf(fitted, index)
      const change = changes.get(index)
      if (!blob) {
        if (change) log.drop(feature.row, change)
        continue
      }
      if (feature.geometry) declared?.add(feature, feature.geometry)
      const fid = writer.addEncoded(blob, boxAt(fitted, index), values.all(feature))
      if (change) log.repair(fid, feature.row, change)
    }
    writer.settle()
    found = fitted.found
  }

  await new PackedFeatures(line, store).addAll(source.features(), (feature) => {
    count.seen += 1
    if (count.seen % 256 === 0) job.report(count.seen, source.count)
    if (!keep(feature.values)) return null
    count.kept += 1
    if (feature.geometry !== null && feature.geometry.parts.length > 0) return feature.geometry
    log.noGeometry.push(feature.row)
    return null
  })
  job.report(count.seen, source.count)
  const measured = line.finish()
  // Asked for later; a refusal before that must not end the process as one that nobody listens to.
  measured.catch(() => undefined)
  const { features, box, sha256 } = writer.finish()
  if (features === 0) throw new AppError('import.nothing-left', { file: wanted.path, layer: source.layer, cause: 'geometry' })
  const notes = [
    ...chosen.notes,
    ...shiftNotes(job.from, job.to, job.shift),
    ...(mapped.length > 0
      ? [
          fieldsNote(
            wanted.role,
            mapped.map(({ key, source: field }) => [key, field]),
          ),
        ]
      : []),
    ...(renamed.length > 0 ? [renamedNote(renamed)] : []),
    ...(wanted.where ? [filteredNote(count.kept, count.seen)] : []),
    ...values.notes(),
    ...(classes?.notes() ?? []),
    ...log.notes(kind === 'polygon', found),
  ]
  return { kind, features, sha256, box, notes, unknownClasses: { ...classes?.unknown }, repairs: log.entries, declared, measured }
}

const isLandUse = ({ wanted }: ChosenLayer): boolean => wanted.role === 'landuse_base' || wanted.role === 'landuse_plan'

function anyKept({ source }: ChosenLayer, keep: (values: readonly SourceValue[]) => boolean): boolean {
  for (const { values } of rowsOf(source)) if (keep(values)) return true
  return false
}

/** Whether some feature has several points: its table is then of another type. */
function hasClusters({ source }: ChosenLayer): boolean {
  for (const { geometry } of source.features()) if (geometry && geometry.parts.length > 1) return true
  return false
}

/** Our attributes of each feature, converted; remembers what could not be. */
function valueReader(mapped: readonly MappedField[], codeOf: (feature: SourceFeature) => string | null, hasClasses: boolean) {
  const failed = new Map<string, number[]>()
  return {
    /** The source's own, and ours after them. */
    all(feature: SourceFeature): SourceValue[] {
      const { row } = feature
      const values = feature.values.slice()
      for (const { key, type, source, at } of mapped) {
        const value = hasClasses && key === 'class' ? codeOf(feature) : asOurValue(values[at] ?? null, type)
        values.push(value ?? null)
        if (value !== undefined) continue
        const rows = failed.get(source)
        if (rows) rows.push(row)
        else failed.set(source, [row])
      }
      return values
    },
    notes: () => [...failed].map(([field, rows]) => notConvertedNote(field, rows)),
  }
}

/** What happened to the geometry of each feature, for the notes and for the table of repairs. */
function repairLog(table: string) {
  const entries: GpkgRepair[] = []
  const noGeometry: number[] = []
  const dropped: number[] = []
  const repaired: number[] = []
  let areaDeltaM2 = 0
  let areaBeforeM2 = 0
  const enter = (fid: number | null, row: number, fitted: GeometryChange) => {
    for (const [i, { reason, detail }] of fitted.repairs.entries())
      entries.push({ table, fid, row, reason, detail, areaDeltaM2: i === 0 ? fitted.areaDeltaM2 : 0 })
  }
  return {
    entries,
    noGeometry,
    repair(fid: number, row: number, fitted: GeometryChange) {
      if (fitted.repairs.length === 0) return
      repaired.push(row)
      areaDeltaM2 += fitted.areaDeltaM2
      areaBeforeM2 += fitted.areaBeforeM2
      enter(fid, row, fitted)
    },
    drop(row: number, fitted: GeometryChange) {
      dropped.push(row)
      enter(null, row, fitted)
    },
    notes: (isPolygon: boolean, found: GeometryFindings): Note[] => [
      ...geometryNote(found, entries),
      ...(noGeometry.length > 0 ? [noGeometryNote(noGeometry)] : []),
      ...(dropped.length > 0 ? [droppedNote(dropped)] : []),
      ...(repaired.length > 0 ? [repairedNote(repaired, { areaBeforeM2, areaDeltaM2 }, isPolygon)] : []),
    ],
  }
}
