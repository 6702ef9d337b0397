import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import yauzl from 'yauzl'
import type { CallContext } from '#core/contract/procedures.ts'
import type { FileToken, ReviewId } from '#core/model/ids.ts'
import type { SharedOp } from '#core/share/operation.ts'
import { without } from '#core/without.ts'
import type { Actor } from '#db/actor.ts'
import type { Catalogue } from '#db/catalogue.ts'
import { entryDraft, findingDraft, openForTest, sampleLayer, samplePlan, tempDir } from '#db/testing/fixtures.ts'
import { createFileTokens } from '../file-tokens.ts'
import { createChecklists } from '../review/checklists.ts'
import { launchNode } from '../launch-node.ts'
import { createPackageFiles, type PackageBudgets, type PackageFiles } from './package-files.ts'
import { createShareService, type ShareService } from './share-service.ts'
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

export interface OfficeOptions {
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

export function office(actor: Actor, { budgets, actor: who = () => actor, isVisible = () => true }: OfficeOptions = {}): Office {
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

/** A file that is a GeoPackage as far as a package looks: its mark, and the tables of its layers. */
function planData(file: string, tables: readonly string[]): string {
  const database = new Database(file)
  database.pragma('application_id = 0x47504B47')
  for (const table of tables) database.exec(`CREATE TABLE "${table}" (fid INTEGER PRIMARY KEY, geom BLOB)`)
  database.close()
  return createHash('sha256').update(fs.readFileSync(file)).digest('hex')
}

/** A plan with its data, one review with findings, a reply, a decision, an option and an attachment. */
export function fillOffice({ catalogue, dir }: Office, actor: Actor, findings = 3) {
  const raw = path.join(dir, 'raw.gpkg')
  const layers = ['landuse_plan', 'green'] as const
  const gpkgSha256 = planData(raw, layers)
  fs.renameSync(raw, path.join(catalogue.paths.plansDir, `${gpkgSha256}.gpkg`))
  const plan = { ...samplePlan(), gpkgSha256 }
  const { commands } = catalogue
  commands.addPlan(
    plan,
    layers.map((role) => sampleLayer(plan.id, role)),
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
