import type { CallContext, ExportedFile, Input, Output } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import type { MapLook } from '#core/map/look.ts'
import { withTheme } from '#core/map/themes.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import { exportFile, type ExportDependencies } from '../export-file.ts'
import { exportName } from '../export-name.ts'
import { writeFileSafely } from '../memo/write-file.ts'
import { oneJob, type JobLimits } from '../one-job.ts'
import type { SignDesk } from '../sign/sign-desk.ts'
import type { PrintedSheet, PrintJob } from './map-print-worker.ts'
import { sheetExtras, type ExtraSources } from './sheet-extras.ts'

interface DeskDependencies extends ExportDependencies {
  planOf: (planId: PlanId) => { plan: Plan; layers: Layer[] }
  lookOf: (planId: PlanId) => MapLook
  gpkgPath: (sha256: string) => string
  cacheDir: string
  version: string
  sources: ExtraSources
  signing: Pick<SignDesk, 'open' | 'record'>
}

/** What a sheet shows: the map as it is, or as a theme has it. @throws AppError `map.no-theme` */
function shownLook(look: MapLook, name: string | undefined): MapLook {
  if (name === undefined) return look
  const theme = look.themes.find((one) => one.name === name)
  if (theme === undefined)
    throw new AppError('map.no-theme', { theme: name, known: look.themes.map((one) => one.name).join('、') })
  return withTheme(look, theme)
}

/** @throws AppError `map.*`, `attributes.*` for filters, `request.cancelled`; exports `import.files-gone`, `memo.cannot-write` too */
export interface MapPrintDesk {
  sheet(input: Input<'map.sheet'>, call: CallContext): Promise<Output<'map.sheet'>>
  sheetPdf(input: Input<'map.sheetPdf'>, call: CallContext): Promise<Output<'map.sheetPdf'>>
  print(input: Input<'map.print'>, call: CallContext): Promise<Output<'map.print'>>
  savePicture(input: Input<'map.savePicture'>, call: CallContext): Promise<ExportedFile>
}

/** An A0 sheet of a million parcels takes a tenth of it. */
const LIMITS: JobLimits = { seconds: 300, memoryMb: 4096 }

type Procedure = 'map.sheet' | 'map.sheetPdf' | 'map.print'

/** The map of a stored plan on paper, each sheet made by a thread of its own. */
export function createMapPrintDesk({
  planOf,
  lookOf,
  gpkgPath,
  cacheDir,
  version,
  sources,
  signing,
  ...house
}: DeskDependencies): MapPrintDesk {
  const job = async (
    { planId, ...asked }: Input<'map.sheet'>,
    wanted: PrintJob['wanted'],
    procedure: Procedure,
    call: CallContext,
    detail: PrintJob['detail'] = 'print',
  ): Promise<PrintedSheet> => {
    const { plan, layers } = planOf(planId)
    const files = { gpkg: gpkgPath(plan.gpkgSha256), cacheDir }
    const date = new Date().toISOString()
    const producer = `Greenprint ${version}`
    const look = shownLook(lookOf(planId), asked.theme)
    const extras = await sheetExtras(sources, plan, asked, detail, call)
    const order: PrintJob = { plan, layers, files, look, asked, extras, detail, date, wanted, producer }
    return oneJob<PrintedSheet>('map-print-worker', order, LIMITS, failuresOf(procedure), call.signal)
  }
  return {
    async sheet(input, call) {
      const { facts, drawings } = await job(input, 'drawings', 'map.sheet', call, 'screen')
      return { ...facts, drawings }
    },
    async sheetPdf(input, call) {
      return { pdf: (await job(input, 'pdf', 'map.sheetPdf', call)).pdf ?? new Uint8Array() }
    },
    async print({ format, target, sign, ...input }, call) {
      const { plan } = planOf(input.planId)
      const fileName = exportName(plan.nameZh ?? plan.name, `map-${input.paper}.${format}`)
      const detail = { format, paper: input.paper, layers: input.layerIds?.length ?? 'look' }
      const leaving = { target, fileName, action: 'map.printed', object: input.planId, detail }
      const key = sign && format === 'pdf' ? await signing.open(sign, call) : null
      let facts: PrintedSheet['facts'] | undefined
      // A drawing is one sheet: only paper is cut.
      const whole = format === 'pdf' ? input : { ...input, printer: null }
      const file = await exportFile(house, leaving, call, async (to) => {
        const printed = await job(whole, format === 'svg' ? 'drawings' : format, 'map.print', call)
        facts = printed.facts
        const content = printed.pdf ?? printed.png ?? printed.drawings[0]?.svg ?? ''
        return writeFileSafely(to, key && printed.pdf ? await key.sign(printed.pdf, fileName) : content)
      })
      if (facts === undefined) throw new Error('a printed map has facts')
      if (key) signing.record(input.planId, file.sha256, key.facts)
      return { ...file, ...facts }
    },
    savePicture({ planId, png, target }, call) {
      const { plan } = planOf(planId)
      const fileName = exportName(plan.nameZh ?? plan.name, 'map.png')
      const leaving = { target, fileName, action: 'map.printed', object: planId, detail: { format: 'png' } }
      return exportFile(house, leaving, call, (to) => writeFileSafely(to, png))
    },
  }
}

const failuresOf = (procedure: Procedure) => ({
  cancelled: () => new AppError('request.cancelled', { procedure }),
  late: () => new AppError('map.print-timeout', { seconds: LIMITS.seconds }),
  tooLarge: () => new AppError('map.print-too-large', { memoryMb: LIMITS.memoryMb }),
})
