import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import type { CallContext, ExportedFile, Input } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import type { FileToken, PlanId } from '#core/model/ids.ts'
import type { Inspection, LayerChoice } from '#core/model/inspection.ts'
import { manifestSchema, type Manifest } from '#core/model/manifest.ts'
import type { Actor } from '#db/actor.ts'
import type { Catalogue } from '#db/catalogue.ts'
import type { FileTokens } from './backend.ts'
import type { ImportService } from './import/import-service.ts'
import type { DraftStore } from './draft-store.ts'
import { writeIntakeReport } from './intake-report.ts'
import { makeSample } from './sample/sample-service.ts'
import type { SheetService } from './sheets/sheet-service.ts'

interface IntakeDependencies {
  catalogue: Catalogue
  imports: ImportService
  sheets: Pick<SheetService, 'prepare'>
  /** True: paths of a manifest stay below the folder it came from. */
  confineToRoot: boolean
  tokens: FileTokens
  drafts: DraftStore
  tempDir: string
  actor: () => Actor
  version: string
  /** Told of each plan that is in the catalogue now. */
  stored: (planId: PlanId) => void
}

export interface IntakeService {
  /** What the files hold; with choices, as they would be read with them. */
  inspect(input: Input<'import.inspect'>, call: CallContext): Promise<Inspection>
  /** Writes the intake report for whoever submitted the files. */
  report(input: Input<'import.report'>, call: CallContext): Promise<ExportedFile>
  importPlan(input: Input<'import.run'>, call: CallContext): Promise<{ planId: PlanId }>
  /** Makes the sample city in a folder of its own and imports it like any plan. */
  createSample(options: Input<'sample.create'>, call: CallContext): Promise<{ planId: PlanId }>
  /** Writes the sample city's files where a person asked for them. */
  writeSample(input: Input<'sample.write'>, call: CallContext): Promise<{ files: string[] }>
}

/** From chosen files to a plan in the catalogue: the plan is committed only when its file is safely in place. */
export function createIntakeService(dependencies: IntakeDependencies): IntakeService {
  const { catalogue, imports, sheets, confineToRoot, tokens, drafts, tempDir, actor, version, stored } = dependencies
  const store = async (manifest: Manifest, root: string, call: CallContext, shiftFile?: string): Promise<{ planId: PlanId }> => {
    const { plan, layers } = await imports.run(manifest, root, call, shiftFile)
    if (call.signal.aborted) throw new AppError('request.cancelled', { procedure: 'import.run' })
    const drafts = await sheets.prepare(plan, manifest.sheets ?? [], { dir: root, confined: confineToRoot })
    catalogue.commands.addPlan(plan, layers, actor())
    for (const draft of drafts) catalogue.commands.addSheet(draft, actor())
    stored(plan.id)
    return { planId: plan.id }
  }
  return {
    async inspect({ files, choices = [], only, beside }, call) {
      const { paths, root } = chosen(tokens, files)
      const found = await imports.inspect(paths, root, call, { choices, ...(only && { only }), ...(beside && { beside }) })
      // What was looked at is looked at again with other choices, or imported.
      imports.prepare()
      return found
    },
    report(input, call) {
      const { paths, root } = chosen(tokens, input.files)
      const inspect = (choices: LayerChoice[], around: CallContext) => imports.inspect(paths, root, around, { choices })
      return writeIntakeReport(input, { catalogue, tokens, actor, inspect, author: actor().name, version, now: new Date() }, call)
    },
    async importPlan({ files, manifest, datumShift }, call) {
      const [shiftFile, ...others] = datumShift === undefined ? [] : chosen(tokens, datumShift).paths
      if (others.length > 0) throw new AppError('import.datum-shift-several', {})
      const stored = await store(manifest, chosen(tokens, files).root, call, shiftFile)
      drafts.finished(files)
      if (datumShift !== undefined) tokens.forget(datumShift)
      return stored
    },
    async createSample(options, call) {
      const dir = mkdtempSync(path.join(tempDir, 'sample-'))
      imports.prepare()
      try {
        const { manifest } = await makeSample(dir, options, call)
        return await store(manifestSchema.parse(JSON.parse(readFileSync(manifest, 'utf8'))), dir, call)
      } finally {
        rmSync(dir, { recursive: true, force: true })
      }
    },
    async writeSample({ target, ...options }, call) {
      const dir = tokens.savePath(target)
      if (dir === undefined) throw new AppError('import.files-gone', {})
      const { files } = await makeSample(dir, options, call)
      const detail = { parcels: options.parcels, files: files.length }
      if (catalogue.readOnly === null) catalogue.audit.record({ actor: actor(), action: 'sample.written', detail })
      return { files }
    },
  }
}

/** The files of a token and the folder that a manifest's paths are relative to: a chosen folder itself, else what holds them all. */
function chosen(tokens: FileTokens, token: FileToken): { paths: readonly string[]; root: string } {
  const paths = tokens.paths(token)
  if (paths === undefined || paths.length === 0) throw new AppError('import.files-gone', {})
  const [only] = paths
  if (paths.length === 1 && only !== undefined && statSync(only, { throwIfNoEntry: false })?.isDirectory())
    return { paths, root: only }
  return { paths, root: commonFolder(paths) }
}

function commonFolder(paths: readonly string[]): string {
  return paths
    .map((file) => path.dirname(file))
    .reduce((common, dir) => {
      let at = common
      while (path.relative(at, dir).startsWith('..')) at = path.dirname(at)
      return at
    })
}
