import type { Input } from '#core/contract/procedures.ts'
import type { SheetBytes } from '#core/contract/sheets.ts'
import { crsInfo, makeTransform } from '#core/crs/crs.ts'
import { AppError } from '#core/errors.ts'
import { toFrame } from '#core/geo/frame.ts'
import { fitSheet, LEAST_POINTS, type ControlPoint, type FitMethod } from '#core/geo/sheet-fit.ts'
import type { FileToken, PlanId, SheetId } from '#core/model/ids.ts'
import { ASK_BELOW } from '#core/model/inspection.ts'
import type { Manifest } from '#core/model/manifest.ts'
import type { Plan } from '#core/model/plan.ts'
import type { Sheet, SheetFile, SheetPage, SheetRegistration, SheetView } from '#core/model/sheet.ts'
import { bilingual } from '#core/text.ts'
import type { Actor } from '#db/actor.ts'
import type { Catalogue } from '#db/catalogue.ts'
import type { SheetDraft } from '#db/sheet-commands.ts'
import type { FileTokens } from '../backend.ts'
import { resolveSource, type SourceRoot } from '../import/resolve-source.ts'
import { soleSheet, type SheetFiles } from './sheet-files.ts'

interface SheetDependencies {
  catalogue: Pick<Catalogue, 'plans' | 'sheets' | 'commands'>
  files: SheetFiles
  tokens: Pick<FileTokens, 'paths'>
  actor: () => Actor
}

type Ground = Pick<Plan, 'id' | 'crs' | 'frame'>
export type ManifestSheet = NonNullable<Manifest['sheets']>[number]

export interface SheetService {
  list(planId: PlanId): SheetView[]
  open(files: FileToken): Promise<SheetFile>
  /** The file of a sheet that lies already, for laying it anew. */
  reopen(sheetId: SheetId): Promise<SheetFile>
  bytes(sha256: string, offset: number): Promise<SheetBytes>
  locate(planId: PlanId, crs: string, places: readonly (readonly [number, number])[]): Float64Array
  place(input: Input<'sheets.place'>): Promise<SheetView>
  show(input: Input<'sheets.show'>): SheetView
  remove(sheetId: SheetId): void
  /** Reads the sheets of a manifest; nothing is stored but their files. */
  prepare(plan: Ground, sheets: readonly ManifestSheet[], root: SourceRoot): Promise<SheetDraft[]>
}

/** From a picture or a PDF page to a sheet under the plan: laid by what the file says, or by a reviewer's points. */
export function createSheetService({ catalogue, files, tokens, actor }: SheetDependencies): SheetService {
  const viewOf = (sheet: Sheet): SheetView => ({
    ...sheet,
    ...catalogue.sheets.displayOf(sheet.id),
    fit: fitSheet(sheet.points, sheet.method, sheet),
  })
  return {
    list: (planId) => catalogue.sheets.ofPlan(planId).map(viewOf),
    open: (token) => files.take(soleSheet(tokens.paths(token))),
    reopen(sheetId) {
      const { fileSha256, name } = catalogue.sheets.get(sheetId)
      return files.find(fileSha256, name)
    },
    bytes: (sha256, offset) => files.bytes(sha256, offset),
    locate: (planId, crs, places) => Float64Array.from(located(catalogue.plans.get(planId), crs, places).flat()),
    async place({ planId, sheetId, sha256, page, name, by }) {
      const plan = catalogue.plans.get(planId)
      const found = pageOf(await files.find(sha256, name), page)
      const draft: SheetDraft =
        by.kind === 'file'
          ? fromFile(plan, found, found.page.registrations[by.registration], by.crs, name)
          : fromPoints(plan, found, by.points, by.method, name)
      const { value } =
        sheetId === null ? catalogue.commands.addSheet(draft, actor()) : catalogue.commands.placeSheet(sheetId, draft, actor())
      return viewOf(value)
    },
    show({ sheetId, ...display }) {
      catalogue.commands.showSheet(sheetId, display, actor())
      return viewOf(catalogue.sheets.get(sheetId))
    },
    remove: (sheetId) => void catalogue.commands.removeSheet(sheetId, actor()),
    async prepare(plan, sheets, root) {
      const drafts: SheetDraft[] = []
      for (const sheet of sheets) {
        const file = await files.take(resolveSource(root, sheet.path))
        const found = pageOf(file, sheet.page ?? 1)
        const name = sheet.name ?? file.name
        if (!sheet.controlPoints) {
          drafts.push(fromFile(plan, found, found.page.registrations[0], sheet.crs ?? null, name))
          continue
        }
        const places = located(plan, sheet.crs ?? plan.crs, sheet.controlPoints.map(({ place }) => place)) // prettier-ignore
        const points = sheet.controlPoints.map(({ sheet: [x, y] }, index): ControlPoint => {
          const [xM = 0, yM = 0] = places[index] ?? []
          return { x, y, xM, yM }
        })
        drafts.push(fromPoints(plan, found, points, sheet.method ?? 'affine', name))
      }
      return drafts
    },
  }
}

interface FoundPage {
  file: SheetFile
  page: SheetPage
}

function pageOf(file: SheetFile, number: number): FoundPage {
  const page = file.pages.find((one) => one.page === number)
  if (!page) throw new AppError('sheet.no-page', { file: file.name, page: number, pages: file.pages.length })
  return { file, page }
}

/** Places of a coordinate system in the plan's frame. @throws AppError `sheet.place-impossible`, `import.crs-unknown` … */
function located(plan: Ground, crs: string, places: readonly (readonly [number, number])[]): [number, number][] {
  const base = crsInfo(plan.crs)?.base ?? plan.crs
  const project = toFrame(plan.frame)
  const toEarth = plan.frame.kind === 'planar' ? makeTransform(crs, plan.crs) : makeTransform(crs, base)
  return places.map(([x, y]) => {
    const at = project(...toEarth(x, y))
    if (!at.every(Number.isFinite)) throw new AppError('sheet.place-impossible', { crs, place: `${x}, ${y}` })
    return at
  })
}

function fromFile(
  plan: Ground,
  { file, page }: FoundPage,
  registration: SheetRegistration | undefined,
  said: string | null,
  name: string,
): SheetDraft {
  const { value, confidence, reason } = registration?.crs ?? { value: null, confidence: 0, reason: null }
  const crs = said ?? (confidence >= ASK_BELOW ? value : null)
  if (!registration || crs === null) throw new AppError('sheet.no-registration', { file: file.name })
  const places = located(plan, crs, registration.pairs.map(({ place }) => place)) // prettier-ignore
  const points = registration.pairs.map(({ sheet: [x, y] }, index): ControlPoint => {
    const [xM = 0, yM = 0] = places[index] ?? []
    return { x, y, xM, yM }
  })
  fitSheet(points, 'affine', page)
  const chosen = bilingual(`坐标系 ${crs} 由评审人员指定`, `the reviewer says that it is in ${crs}`)
  const why = said === null || said === value ? (reason ?? chosen) : chosen
  return {
    ...partsOf(plan, { file, page }, name),
    method: 'affine',
    points,
    neatline: registration.neatline,
    placedFrom: 'file',
    reason: bilingual(`${registration.reason.zh}；${why.zh}`, `${registration.reason.en}; ${why.en}`),
  }
}

const partsOf = (plan: Ground, { file, page }: FoundPage, name: string) => ({
  planId: plan.id,
  name,
  fileSha256: file.sha256,
  kind: file.kind,
  page: page.page,
  width: page.width,
  height: page.height,
})

function fromPoints(plan: Ground, found: FoundPage, points: ControlPoint[], method: FitMethod, name: string): SheetDraft {
  const { rmsM } = fitSheet(points, method, found.page)
  const checked = points.length > LEAST_POINTS[method]
  return {
    ...partsOf(plan, found, name),
    method,
    points,
    neatline: null,
    placedFrom: 'reviewer',
    reason: bilingual(
      `评审人员按 ${points.length} 个控制点配准，${checked ? `中误差 ${rmsM.toFixed(2)} 米` : '没有多余的点可供检核'}`,
      `laid by a reviewer by ${points.length} control points, ${checked ? `rms ${rmsM.toFixed(2)} m` : 'none to spare for a check'}`,
    ),
  }
}
