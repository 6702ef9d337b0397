import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import yauzl from 'yauzl'
import type { CallContext } from '#core/contract/procedures.ts'
import type { FileToken, ReviewId } from '#core/model/ids.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import type { Role } from '#core/model/roles.ts'
import type { SharedOp } from '#core/share/operation.ts'
import { without } from '#core/without.ts'
import type { Actor } from '#db/actor.ts'
import type { Catalogue } from '#db/catalogue.ts'
import { entryDraft, findingDraft, openForTest, removeTempDirs, sampleLayer, samplePlan, tempDir } from '#db/testing/fixtures.ts'
import { createFileTokens } from '../file-tokens.ts'
import { createChecklists } from '../review/checklists.ts'
import type { SourceValue } from '../formats/format.ts'
import { gpkgCrs } from '../import/plan-crs.ts'
import { launchNode } from '../launch-node.ts'
import { createPackageFiles, type PackageBudgets, type PackageFiles } from './package-files.ts'
import { createShareService, type ShareService } from './share-service.ts'
import { createGpkg, type GpkgField, type GpkgWriter } from '../store/gpkg-writer.ts'
import { zipped, type ZipMember } from './zip-writer.ts'

/** An office of a test: its catalogue and what shares its reviews. */
export interface Office {
  catalogue: Catalogue
  shares: ShareService
  packages: PackageFiles
  choose: (...files: string[]) => FileToken
  save: (file: string) => FileToken
  dir: string
  close: () => Promise<void>
}

export const quiet: CallContext = { signal: new AbortController().signal, progress: () => undefined }

export interface OfficeOptions extends Pick<Parameters<typeof createShareService>[0], 'left'> {
  budgets?: PackageBudgets
  /** Who acts, where that changes. */
  actor?: () => Actor
  /** What a blind round hides. */
  isVisible?: (reviewId: ReviewId) => boolean
}

/** Bugs of the reading process fail the test that met them. */
const log = {
  bug(error: unknown): string {
    throw new Error('a bug in the package process', { cause: error })
  },
}

export function office(
  actor: Actor,
  { budgets, actor: who = () => actor, isVisible = () => true, ...told }: OfficeOptions = {},
): Office {
  const dir = tempDir()
  const packages = createPackageFiles({ launchChild: launchNode, tempDir: dir, log }, budgets)
  const catalogue = openForTest(path.join(dir, 'catalogue'))
  const tokens = createFileTokens(path.join(dir, 'staged'))
  const shares = createShareService({
    catalogue,
    checklists: createChecklists(
      path.resolve('resources'),
      () => catalogue.records.all('checklist'),
      () => catalogue.records.all('received_checklist'),
    ),
    gpkgPath: (sha256) => path.join(catalogue.paths.plansDir, `${sha256}.gpkg`),
    packages,
    isVisible,
    version: '0.1.0',
    tokens,
    tempDir: dir,
    actor: who,
    ...told,
  })
  return {
    catalogue,
    shares,
    packages,
    dir,
    choose: (...files) => tokens.registerFiles(files),
    save: (file) => tokens.registerSave(file),
    async close() {
      packages.close()
      await catalogue.close()
    },
  }
}

const ring = (x: number, y: number, size: number) => Float64Array.of(x, y, x + size, y, x + size, y + size, x, y + size, x, y)

/** Half a dozen squares in zone 38 of the 3° planes, which is where `samplePlan` lies. */
function addSquares(writer: GpkgWriter, table: string, fields: GpkgField[], valuesOf: (n: number) => SourceValue[]): string {
  const layer = writer.addTable({ table, name: table, kind: 'polygon', multiPoint: false, fields })
  for (let n = 0; n < 6; n += 1) layer.add({ kind: 'polygon', parts: [[ring(500_000 + 120 * n, 3_375_000, 100)]] }, valuesOf(n))
  return layer.finish().sha256
}

const GRID = { columns: 4, rows: 3, leftX: 500_000, topY: 3_375_300, cellX: 100, cellY: 100 }

/** A plan's GeoPackage as an import writes it: values of every kind, some of them absent, and a grid. */
function writePlanData(file: string): Map<Role, string> {
  const writer = createGpkg(file, gpkgCrs('EPSG:4547'))
  const fields: GpkgField[] = [
    { name: '名称', type: 'text' },
    { name: 'gp_area', type: 'number' },
    { name: 'open', type: 'boolean' },
  ]
  const parcels = addSquares(writer, 'landuse_plan', [{ name: 'gp_class', type: 'text' }], (n) => [n % 2 ? '1401' : '0701'])
  const green = addSquares(writer, 'green', fields, (n) => [n === 2 ? null : `绿地 ${n}\u0000\ud800`, n / 3, n % 2 === 0])
  const raster = writer.addRaster({ table: 'canopy', name: 'canopy', crs: 'EPSG:4547', place: GRID })
  raster.add(Float32Array.from({ length: 12 }, (_, at) => (at === 5 ? NaN : at / 10)))
  const canopy = raster.finish().sha256
  writer.finish([])
  return new Map([
    ['landuse_plan', parcels],
    ['green', green],
    ['canopy', canopy],
  ])
}

function storedLayer(plan: Plan, role: Role, sha256: string): Layer {
  const { columns, rows, cellX, cellY } = GRID
  const layer = { ...sampleLayer(plan.id, role, 6), sha256 }
  if (role !== 'canopy') return layer
  const figures = { columns, rows, cellX, cellY, crs: plan.crs, noDataShare: 1 / 12, min: 0, max: 1.1, mean: 0.55 }
  return { ...layer, kind: 'raster', features: 11, raster: figures }
}

/** A plan with its data, one review with findings, a reply, a decision, an option and an attachment. */
export function fillOffice({ catalogue, dir }: Office, actor: Actor, findings = 3) {
  const raw = path.join(dir, 'raw.gpkg')
  const layers = writePlanData(raw)
  const gpkgSha256 = hash(fs.readFileSync(raw))
  fs.renameSync(raw, path.join(catalogue.paths.plansDir, `${gpkgSha256}.gpkg`))
  const plan = { ...samplePlan(), gpkgSha256 }
  const { commands } = catalogue
  commands.addPlan(
    plan,
    [...layers].map(([role, sha256]) => storedLayer(plan, role, sha256)),
    actor,
  )
  const review = commands.openReview({ planId: plan.id, checklistId: 'green-low-carbon', checklistVersion: '1.0.0' }, actor).value
  for (let n = 1; n <= findings; n += 1) {
    const { id } = commands.addFinding(review.id, findingDraft(`第 ${n} 处绿地被道路切断`), actor).value
    if (n % 2 === 1) commands.replyToFinding(id, '已收到', actor)
  }
  commands.setEntry(review.id, entryDraft('A04', 2), actor)
  commands.addOption(review.id, '保留绿楔', null, actor)
  const bytes = Buffer.from('现状照片')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  fs.writeFileSync(path.join(catalogue.paths.attachmentsDir, sha256), bytes)
  const attachment = { reviewId: review.id, item: 'A04', findingId: null, caption: '', kind: 'file' as const, name: '照片.txt' }
  commands.addAttachment({ ...attachment, sha256, sizeBytes: bytes.length }, actor)
  return { plan, review }
}

/** One office with a review, and the package of it that it sent to another. */
export interface Sent {
  lead: Office
  guest: Office
  filled: ReturnType<typeof fillOffice>
  /** The package, and what it is made of. */
  file: string
  parts: Parts
  /** Opens one more office, which is closed with these. */
  opened: typeof office
  close: () => Promise<void>
}

/** What tests of packages begin with. */
export async function sentPackage(from: Actor, to: Actor): Promise<Sent> {
  const open: Office[] = []
  const opened: typeof office = (...args) => {
    const made = office(...args)
    open.push(made)
    return made
  }
  const [lead, guest] = [opened(from), opened(to)]
  const filled = fillOffice(lead, from)
  const file = path.join(lead.dir, '评审.greenprint')
  await lead.shares.export({ planId: filled.plan.id, withPlan: true, passphrase: null, target: lead.save(file) }, quiet)
  const close = async () => {
    for (const one of open) await one.close()
    removeTempDirs()
  }
  return { lead, guest, filled, file, parts: await partsOf(file), opened, close }
}

/** Members of a package as a test changes them; hashes and counts are made to fit unless `asIs`. */
export interface Parts {
  manifest: Record<string, unknown>
  ops: SharedOp[]
  others: [name: string, bytes: Buffer][]
  /** Written into the archive beside what the manifest names. */
  extra?: [name: string, bytes: Buffer][]
}

/** Takes a package apart, as it is. */
export async function partsOf(archiveFile: string): Promise<Parts> {
  const zip = await yauzl.openPromise(archiveFile, { autoClose: false })
  const found = new Map<string, Buffer>()
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = []
    for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) chunks.push(chunk)
    found.set(entry.fileName, Buffer.concat(chunks))
  }
  zip.close()
  const manifest = without(JSON.parse(found.get('manifest.json')?.toString() ?? '') as { members: unknown }, 'members')
  const lines = (found.get('operations.jsonl')?.toString() ?? '').split('\n').filter((line) => line !== '')
  const others = [...found].filter(([name]) => name !== 'manifest.json' && name !== 'operations.jsonl')
  return { manifest, ops: lines.map((line) => JSON.parse(line) as SharedOp), others }
}

const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** A package made by hand, sound in every hash: what a person with a grudge would send. */
export async function forged(dir: string, { manifest, ops, others, extra = [] }: Parts): Promise<string> {
  const lines = Buffer.from(ops.map((op) => `${JSON.stringify(op)}\n`).join(''), 'utf8')
  const members: [string, Buffer][] = [['operations.jsonl', lines], ...others]
  const table = members.map(([name, bytes]) => ({ name, sizeBytes: bytes.length, sha256: hash(bytes) }))
  const counts = { ...(manifest['counts'] as object), operations: ops.length }
  const text = Buffer.from(JSON.stringify({ members: table, ...manifest, counts }), 'utf8')
  return archive(dir, [...members, ...extra, ['manifest.json', text]])
}

export async function archive(dir: string, members: readonly [string, Buffer][]): Promise<string> {
  async function* all(): AsyncGenerator<ZipMember> {
    for (const [name, bytes] of members) yield { name, isText: !name.startsWith('plans/'), chunks: [bytes] }
  }
  const chunks: Buffer[] = []
  for await (const chunk of zipped(all)) chunks.push(chunk)
  const file = path.join(dir, `${randomUUID()}.greenprint`)
  fs.writeFileSync(file, Buffer.concat(chunks))
  return file
}
