import path from 'node:path'
import type { SourceFeature, SourceLayer } from '#backend/formats/format.ts'
import { openSource } from '#backend/formats/index.ts'
import { rasterFormatOf } from '#backend/formats/raster/raster-formats.ts'
import { inspectPaths } from '#backend/inspect/inspect.ts'
import { AppError, describeError, isErrorCode } from '#core/errors.ts'
import type { Inspection } from '#core/model/inspection.ts'
import type { Note } from '#core/model/plan.ts'
import { LANGS } from '#core/text.ts'
import type { Fault } from './faults.ts'
import { isPaperLane, judgePaper } from './paper-judge.ts'
import { isPictureLane, judgePicture } from './picture-judge.ts'

/** What came of a file: data, a refusal that a person can act on, or something that must not happen. */
export type Verdict = { kind: 'read' } | { kind: 'refused'; code: string } | { kind: 'wrong'; fault: Fault; problem: string }

const LONGEST_MESSAGE_BYTES = 2048
/** More features than any seed has: what a mutant makes out of nothing is cut here. */
const MOST_FEATURES = 50_000

const wrong = (problem: string, fault: Fault = 'nonsense'): Verdict => ({ kind: 'wrong', fault, problem })

/** The first thing wrong with a refusal: unknown code, empty or endless sentence, in either language. */
function badError({ code, params }: { code: string; params: Record<string, unknown> }): string | undefined {
  if (!isErrorCode(code)) return `unknown error code ${code}`
  for (const lang of LANGS) {
    const { title, cause, next } = describeError({ code, params }, lang)
    if ([title, cause, next].some((text) => text.trim() === '')) return `${code} has an empty sentence (${lang})`
    if (Buffer.byteLength(title + cause + next) > LONGEST_MESSAGE_BYTES) return `${code} has more than 2 kB to say (${lang})`
  }
  return undefined
}

function badNote({ text }: Note): string | undefined {
  if (LANGS.some((lang) => text[lang].trim() === '')) return 'a note has no words'
  if (LANGS.some((lang) => Buffer.byteLength(text[lang]) > LONGEST_MESSAGE_BYTES)) return 'a note has more than 2 kB to say'
  return undefined
}

function badInspection(inspection: Inspection): string | undefined {
  for (const { layers, error } of inspection.files) {
    const problem = error && badError(error)
    if (problem) return problem
    for (const { extent, features, problems } of layers) {
      if (!(extent ?? []).every(Number.isFinite)) return 'an extent that is no number'
      if (!Number.isSafeInteger(features) || features < 0) return `a count of ${features} features`
      const note = problems.map(badNote).find((found) => found !== undefined)
      if (note) return note
    }
  }
  return undefined
}

function badFeature({ row, geometry, values }: SourceFeature, layer: SourceLayer): string | undefined {
  if (geometry?.parts.some((rings) => rings.some((ring) => !ring.every(Number.isFinite)))) return `row ${row}: no finite place`
  if (geometry && geometry.kind !== layer.kind) return `row ${row}: a ${geometry.kind} among ${layer.kind}s`
  if (values.length !== layer.fields.length) return `row ${row}: ${values.length} values of ${layer.fields.length} fields`
  const strange = values.find((value) => value !== null && !['string', 'number', 'boolean'].includes(typeof value))
  return strange === undefined ? undefined : `row ${row}: a value that is a ${typeof strange}`
}

async function readFeatures(file: string): Promise<string | undefined> {
  const source = await openSource(file, { encoding: null, report: () => undefined, displayName: path.basename(file) })
  try {
    for (const layer of source.layers) {
      let read = 0
      for (const feature of layer.features()) {
        const problem = badFeature(feature, layer)
        if (problem) return problem
        if (++read >= MOST_FEATURES) break
      }
    }
    return undefined
  } finally {
    source.close()
  }
}

/** More cells than any seed has; a header can claim a billion, which the reader may still stream. */
const MOST_CELLS = 50_000_000

async function readCells(file: string): Promise<string | undefined> {
  const source = await rasterFormatOf(file, path.basename(file))?.open(file, { displayName: path.basename(file) })
  if (!source) return undefined
  try {
    let [read, nextRow] = [0, 0]
    for await (const { firstRow, values } of source.strips(1)) {
      if (firstRow !== nextRow) return `a strip at row ${firstRow} instead of ${nextRow}`
      if (values.some((value) => value === Infinity || value === -Infinity)) return 'a cell that is infinite'
      nextRow += values.length / source.place.columns
      read += values.length
      if (read >= MOST_CELLS) return undefined
    }
    return nextRow === source.place.rows ? undefined : `${nextRow} rows of ${source.place.rows}`
  } finally {
    source.close()
  }
}

const thrown = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.stack ?? error.message}`.slice(0, 1500) : `threw ${typeof error}`

/** The process has no right to write beside its staging folder. */
const isDenied = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ERR_ACCESS_DENIED'

/** Inspects a file and reads every feature of it, as an import would; a picture is looked at as a sheet or a basemap is, a paper as an inbox does. */
export async function judge(file: string, format: string): Promise<Verdict> {
  try {
    if (isPictureLane(format) || isPaperLane(format)) {
      const bad = await (isPaperLane(format) ? judgePaper(format, file) : judgePicture(format, file))
      return bad === undefined ? { kind: 'read' } : wrong(bad)
    }
    const inspection = await inspectPaths([file], path.dirname(file))
    // As it would cross the process boundary.
    const problem = badInspection(structuredClone(inspection))
    if (problem !== undefined) return wrong(problem)
    const refusal = inspection.files.find(({ error }) => error !== null)?.error
    if (refusal) return { kind: 'refused', code: refusal.code }
    if (inspection.files.every(({ layers }) => layers.length === 0)) return { kind: 'read' }
    const bad = await (rasterFormatOf(file, path.basename(file)) ? readCells(file) : readFeatures(file))
    return bad === undefined ? { kind: 'read' } : wrong(bad)
  } catch (error) {
    if (!(error instanceof AppError)) return wrong(`untyped failure: ${thrown(error)}`, isDenied(error) ? 'write' : 'untyped')
    const problem = badError(error.toWire())
    return problem === undefined ? { kind: 'refused', code: error.code } : wrong(problem)
  }
}
