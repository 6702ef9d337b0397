import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { INDICATORS } from '#core/indicators/index.ts'
import { parametersInUse } from '#core/indicators/parameters.ts'
import type { Measurement } from '#core/model/measurement.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import type { Log } from '../log.ts'
import { layersToMeasure, rastersToMeasure } from './analyse.ts'

/** Raised when kernels or folds give other figures than before for the same input. */
const ENGINE = 1
const SUFFIX = '.measurements'
/** Results that are kept: those used last. A few hundred kilobytes each. */
const MOST_KEPT = 40

export interface ResultCache {
  /**
   * The name of everything that a run depends on: contents of layers, facts and parameters, versions of indicators and engine.
   * Throws the errors of `parametersInUse`.
   */
  keyOf(plan: Plan, layers: readonly Layer[]): string
  read(key: string): Measurement[] | undefined
  write(key: string, measurements: readonly Measurement[]): void
}

/** Results of runs under the content of their inputs. Losing a file costs time, never data; a damaged one is ignored and logged. */
export function createResultCache(cacheDir: string, version: string, log?: Pick<Log, 'write'>): ResultCache {
  const fileOf = (key: string) => path.join(cacheDir, `${key}${SUFFIX}`)
  return {
    keyOf: (plan, layers) => digest(JSON.stringify(inputsOf(plan, layers, version))),
    read(key) {
      const file = fileOf(key)
      if (!fs.existsSync(file)) return undefined
      const [seal = '', body = ''] = fs.readFileSync(file, 'utf8').split('\n', 2)
      if (seal !== digest(body)) {
        log?.write('warn', 'measurements-cache.damaged', { ref: key.slice(0, 16) })
        return undefined
      }
      touch(file)
      return JSON.parse(body) as Measurement[]
    },
    write(key, measurements) {
      const body = JSON.stringify(measurements)
      const temporary = `${fileOf(key)}.${process.pid}.tmp`
      try {
        fs.mkdirSync(cacheDir, { recursive: true })
        fs.writeFileSync(temporary, `${digest(body)}\n${body}`)
        fs.renameSync(temporary, fileOf(key))
        forgetOldest(cacheDir)
      } catch (error) {
        // a full disk or a read-only folder must not stop an analysis
        log?.write('warn', 'measurements-cache.not-written', { code: (error as NodeJS.ErrnoException).code ?? 'unknown' })
      }
    },
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

function inputsOf(plan: Plan, layers: readonly Layer[], version: string) {
  const { cityName, cityKind, population, populationYear, baseYear, targetYear, frame, manifest } = plan
  return {
    engine: [ENGINE, version],
    indicators: INDICATORS.map((indicator) => [indicator.id, indicator.version]),
    parameters: [...parametersInUse(INDICATORS, manifest.parameters ?? {})],
    facts: { cityName, cityKind, population, populationYear, baseYear, targetYear, frame, quotas: manifest.quotas ?? {} },
    layers: [...layersToMeasure(layers), ...rastersToMeasure(layers)].map(({ role, kind, name, sha256 }) => [
      role,
      kind,
      name,
      sha256,
    ]),
  }
}

/** Says that a result was used; where nothing may be written it stays as old as it was. */
function touch(file: string): void {
  const now = new Date()
  try {
    fs.utimesSync(file, now, now)
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}

function forgetOldest(cacheDir: string): void {
  const files = fs
    .readdirSync(cacheDir)
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => path.join(cacheDir, name))
    .map((file) => ({ file, used: fs.statSync(file).mtimeMs }))
    .toSorted((one, other) => other.used - one.used)
  for (const { file } of files.slice(MOST_KEPT)) fs.rmSync(file, { force: true })
}
