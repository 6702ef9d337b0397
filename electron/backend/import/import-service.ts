import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type { CallContext } from '#core/contract/procedures.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import type { Inspection } from '#core/model/inspection.ts'
import type { Manifest } from '#core/model/manifest.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import { recordedManifest } from '#core/model/recorded-path.ts'
import type { LaunchChild } from '../child.ts'
import type { Log } from '../log.ts'
import type { InspectOptions } from '../inspect/inspect.ts'
import type { PlanDraft } from './plan-builder.ts'
import { readyChild } from './ready-child.ts'
import { clearStaging, DEFAULT_BUDGETS, runChild, type ChildBudgets } from './run-child.ts'

export interface ImportServiceOptions {
  launchChild: LaunchChild
  /** `plans/` of the catalogue. */
  plansDir: string
  /** For staging folders; on any disk. */
  tempDir: string
  /** Folder in which the import process keeps this program's compiled code, readable by its owner only; without it, each starts cold. */
  codeCacheDir?: string
  log: Log
  /**
   * False lets a manifest name files outside its folder: only where a person wrote it and runs the program on it (the
   * command line). True by default: a screen must not reach files that nobody chose.
   */
  confineToRoot?: boolean
  budgets?: Partial<ChildBudgets>
  now?: () => Date
}

export interface ImportService {
  /** What the chosen files hold; imports nothing. Paths in the answer are relative to `root`. */
  inspect(paths: readonly string[], root: string, call: CallContext, options?: InspectOptions): Promise<Inspection>
  /**
   * Reads the manifest's files (relative to `root`) and stores the plan's GeoPackage under its hash. The caller commits
   * what is returned; if it does not, the file is an orphan that the catalogue removes at the next start. `shiftFile` holds the
   * parameters of a datum shift; only the import process opens it.
   */
  run(manifest: Manifest, root: string, call: CallContext, shiftFile?: string): Promise<{ plan: Plan; layers: Layer[] }>
  /**
   * Starts the process of the next inspection or import now, where one is likely: it is then loaded when it is asked for. It
   * waits for some minutes; a host that prepares must `close`.
   */
  prepare(): void
  /** Ends a process that waits for work; what runs goes on. */
  close(): void
}

/** A person who looks at an intake report and then imports needs no longer. */
const WAIT_MS = 5 * 60_000

/** A plan file while it is written; the catalogue deletes what it finds under such a name when it opens. */
const TEMPORARY_SUFFIX = '.gpkg.part'

/** Imports through a killable process: the catalogue is never touched, and a failed or cancelled import leaves no file. */
export function createImportService(options: ImportServiceOptions): ImportService {
  const { launchChild, plansDir, tempDir, codeCacheDir = null, log, confineToRoot = true, now = () => new Date() } = options
  if (codeCacheDir !== null) fs.mkdirSync(codeCacheDir, { recursive: true, mode: 0o700 })
  const budgets = { ...DEFAULT_BUDGETS, ...options.budgets }
  const children = readyChild({ launchChild, memoryMb: budgets.memoryMb, codeCacheDir, waitMs: WAIT_MS })
  const runner = { children, tempDir, codeCacheDir, log, budgets }
  clearStaging(tempDir)
  return {
    prepare: () => children.prepare(),
    close: () => children.drop(),
    inspect: (paths, root, call, choices = {}) => runChild(runner, 'inspect', { paths, root, options: choices }, call),
    async run(manifest, root, call, shiftFile) {
      fs.mkdirSync(plansDir, { recursive: true })
      const temporary = path.join(plansDir, `${randomUUID()}${TEMPORARY_SUFFIX}`)
      try {
        const from = { dir: root, confined: confineToRoot }
        const input = { manifest, root: from, gpkg: temporary, ...(shiftFile === undefined ? {} : { shiftFile }) }
        const draft = await runChild(runner, 'import', input, call)
        await keep(temporary, path.join(plansDir, `${draft.plan.gpkgSha256}.gpkg`), draft.plan.gpkgSha256, log)
        return identify(draft, manifest, now())
      } finally {
        for (const suffix of ['', '-journal', '-wal', '-shm']) fs.rmSync(temporary + suffix, { force: true })
      }
    },
  }
}

/** Gives the synced file its content's name. An equal file that is already there is kept, unless it was damaged. */
async function keep(temporary: string, final: string, sha256: string, log: Log): Promise<void> {
  if (fs.existsSync(final)) {
    if ((await sha256Of(final)) === sha256) return
    log.write('error', 'plan-file.damaged', { ref: sha256.slice(0, 12) })
  }
  fs.renameSync(temporary, final)
  syncFolder(path.dirname(final))
}

/** In pieces, so that the backend keeps answering while a big file is checked. */
async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of fs.createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/** Makes the rename itself durable. Windows cannot open folders and needs no such step. */
function syncFolder(dir: string): void {
  if (process.platform === 'win32') return
  const descriptor = fs.openSync(dir, 'r')
  try {
    fs.fsyncSync(descriptor)
  } finally {
    fs.closeSync(descriptor)
  }
}

function identify(draft: PlanDraft, manifest: Manifest, at: Date): { plan: Plan; layers: Layer[] } {
  const id = randomUUID() as string as PlanId
  const { city } = manifest
  const plan: Plan = {
    id,
    name: manifest.name,
    nameZh: manifest.nameZh ?? null,
    cityName: city?.name ?? null,
    cityKind: city?.kind ?? null,
    population: city?.population ?? null,
    populationYear: city?.populationYear ?? null,
    planLevel: manifest.planLevel ?? 'master',
    baseYear: manifest.baseYear ?? null,
    targetYear: manifest.targetYear ?? null,
    ...draft.plan,
    manifest: recordedManifest(manifest),
    importedAt: at.toISOString(),
  }
  return { plan, layers: draft.layers.map((layer) => ({ id: randomUUID() as string as LayerId, planId: id, ...layer })) }
}
