import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type { Layer, Plan } from '#core/model/plan.ts'
import type { ComputedOverlay, Overlay } from '#core/overlays/overlay.ts'
import type { Log } from '../log.ts'
import { readSealedFrame, writeSealedFrame } from '../store/sealed-frame.ts'
import { layersOfOverlay } from './draw-overlay.ts'

/** Raised when shapes are kept in another form than before. */
const FORM = 3
const SUFFIX = '.overlay'
/** Overlays that are kept: those used last. */
const MOST_KEPT = 60

export interface OverlayCache {
  /** The name of everything that an overlay depends on: contents of its layers, facts, parameters, versions. */
  keyOf(overlay: Overlay, plan: Plan, layers: readonly Layer[], parameters: Readonly<Record<string, number>>): string
  has(key: string): boolean
  read(key: string): ComputedOverlay | undefined
  write(key: string, computed: ComputedOverlay): void
}

/** Drawn overlays under the content of their inputs. Losing a file costs time, never data; a damaged one is ignored and logged. */
export function createOverlayCache(cacheDir: string, version: string, log?: Pick<Log, 'write'>): OverlayCache {
  const fileOf = (key: string) => path.join(cacheDir, `${key}${SUFFIX}`)
  return {
    keyOf: (overlay, plan, layers, parameters) =>
      createHash('sha256')
        .update(JSON.stringify(inputsOf(overlay, plan, layers, parameters, version)))
        .digest('hex'),
    has: (key) => fs.existsSync(fileOf(key)),
    read(key) {
      const kept = readSealedFrame(fileOf(key))
      if (kept === 'damaged') log?.write('warn', 'overlay-cache.damaged', { ref: key.slice(0, 16) })
      if (kept === undefined || kept === 'damaged') return undefined
      return kept.value as ComputedOverlay // the seal says that it is what was written
    },
    write(key, computed) {
      // Outcomes without shapes are quick to find again.
      if (computed.outcome.kind === 'missing') return
      try {
        writeSealedFrame(fileOf(key), computed)
        forgetOldest(cacheDir)
      } catch (error) {
        // a full disk or a read-only folder must not stop an analysis
        log?.write('warn', 'overlay-cache.not-written', { code: (error as NodeJS.ErrnoException).code ?? 'unknown' })
      }
    },
  }
}

function inputsOf(
  overlay: Overlay,
  plan: Plan,
  layers: readonly Layer[],
  parameters: Readonly<Record<string, number>>,
  version: string,
) {
  const { cityName, cityKind, population, populationYear, baseYear, targetYear, frame } = plan
  return {
    engine: [FORM, version],
    overlay: [overlay.id, overlay.version],
    parameters: Object.entries(parameters).toSorted(([one], [other]) => one.localeCompare(other)),
    facts: { cityName, cityKind, population, populationYear, baseYear, targetYear, frame },
    layers: layersOfOverlay(overlay, layers).map(({ role, kind, name, sha256 }) => [role, kind, name, sha256]),
  }
}

function forgetOldest(cacheDir: string): void {
  const files = fs
    .readdirSync(cacheDir)
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => path.join(cacheDir, name))
    .map((file) => ({ file, written: fs.statSync(file).mtimeMs }))
    .toSorted((one, other) => other.written - one.written)
  for (const { file } of files.slice(MOST_KEPT)) fs.rmSync(file, { force: true })
}
