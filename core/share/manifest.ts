import * as z from 'zod'
import { bilingual, line, moment, sha256, uuid } from './bodies.ts'

/** The format that this version writes, and the only one it reads. A later format has a higher number. */
export const PACKAGE_FORMAT = 1
export const PACKAGE_KIND = 'greenprint-package'

const MB = 2 ** 20
/** Budgets for what comes from outside; reliability.md, threats 12 and 21. */
export const PACKAGE_LIMITS = {
  entries: 20_000,
  manifestBytes: 8 * MB,
  operationsBytes: 512 * MB,
  operations: 1_000_000,
  /** One line of the operations. */
  operationBytes: 32 * MB,
  checklistBytes: 8 * MB,
  attachmentBytes: 100 * MB,
  planBytes: 64 * 1024 * MB,
  totalBytes: 128 * 1024 * MB,
  /** Text packs to about a twentieth; what unpacks to more than this is made to exhaust a machine. */
  ratio: 200,
} as const

const NAMES =
  /^(operations\.jsonl|checklists\/[A-Za-z0-9_.=-]{1,900}@[A-Za-z0-9_.=-]{1,400}\.json|attachments\/[0-9a-f]{64}|plans\/[0-9a-f]{64}\.gpkg)$/

/** A package's table of contents: what it is of, who made it with what, and every member by its hash. */
export const packageManifest = z.strictObject({
  greenprint: z.literal(PACKAGE_KIND),
  format: z.literal(PACKAGE_FORMAT),
  engine: z.strictObject({ name: line, version: line }),
  made: z.strictObject({ by: line, office: line, at: moment }),
  /** The plan itself last, the plans of earlier rounds before it. */
  plans: z
    .array(z.strictObject({ id: uuid, name: line, nameZh: line.nullable(), gpkgSha256: sha256 }))
    .min(1)
    .max(100),
  checklists: z.array(z.strictObject({ id: line, version: line, title: bilingual, sha256 })).max(200),
  counts: z.strictObject({
    operations: z.number().int().min(0),
    reviews: z.number().int().min(0),
    findings: z.number().int().min(0),
    decisions: z.number().int().min(0),
    attachments: z.number().int().min(0),
  }),
  /** The audit log's head when the package was made: what it was before cannot be changed any more without being seen. */
  auditHead: z.strictObject({ seq: z.number().int().min(0), hash: sha256 }),
  members: z
    .array(z.strictObject({ name: z.string().regex(NAMES), sizeBytes: z.number().int().min(0), sha256 }))
    .min(1)
    .max(PACKAGE_LIMITS.entries),
})

export type PackageManifest = z.infer<typeof packageManifest>

/** What a member may weigh at most, by its name. */
export function mostBytes(name: string): number {
  if (name === 'operations.jsonl') return PACKAGE_LIMITS.operationsBytes
  if (name.startsWith('checklists/')) return PACKAGE_LIMITS.checklistBytes
  return name.startsWith('attachments/') ? PACKAGE_LIMITS.attachmentBytes : PACKAGE_LIMITS.planBytes
}

export const attachmentName = (hash: string): string => `attachments/${hash}`
export const planDataName = (hash: string): string => `plans/${hash}.gpkg`
/** Offices number their versions in their own script; names in an archive are plain letters: every other byte as `=` and its hex. */
const plain = (text: string): string =>
  [...new TextEncoder().encode(text)]
    .map((byte) => {
      const letter = String.fromCharCode(byte)
      return /[A-Za-z0-9_.-]/.test(letter) ? letter : `=${byte.toString(16).padStart(2, '0')}`
    })
    .join('')

export const checklistName = (id: string, version: string): string => `checklists/${plain(id)}@${plain(version)}.json`
