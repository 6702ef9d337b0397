import { existsSync, readFileSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod'
import type { CallContext, Input } from '#core/contract/procedures.ts'
import type { SignedFile, Signing } from '#core/contract/sign-procedures.ts'
import { AppError } from '#core/errors.ts'
import type { CertificateFacts, PdfSignatures, SigningKeyFacts } from '#core/model/signature.ts'
import { exportFile, type ExportDependencies } from '../export-file.ts'
import { writeFileSafely } from '../memo/write-file.ts'
import type { PackageFiles } from '../share/package-files.ts'
import { createSigner, type OpenedKey } from './signer.ts'
import { createTrustedRoots } from './trusted-roots.ts'

interface DeskDependencies extends ExportDependencies {
  packages: Pick<PackageFiles, 'prepareSignature' | 'signatures'>
  /** The catalogue's folder. */
  dir: string
  tempDir: string
}

export interface SignDesk {
  look(input: Input<'sign.look'>, call: Pick<CallContext, 'signal'>): Promise<SigningKeyFacts>
  pdf(input: Input<'sign.pdf'>, call: CallContext): Promise<SignedFile>
  remembered(): { fileName: string | null }
  roots(): CertificateFacts[]
  addRoots(input: Input<'sign.addRoots'>): Promise<CertificateFacts[]>
  removeRoot(input: Input<'sign.removeRoot'>): CertificateFacts[]
  /** For exports that sign: opens the key first. */
  open(signing: Signing, call: Pick<CallContext, 'signal'>): Promise<OpenedKey>
  /** Enters in the audit log who signed what, with which certificate. */
  record(object: string, fileSha256: string, facts: CertificateFacts): void
  /** The signatures of a PDF by what this office trusts. */
  signaturesOf(file: string, signal: CallContext['signal']): Promise<PdfSignatures>
}

const rememberedSchema = z.strictObject({ keyFiles: z.array(z.string().min(1)).min(1).max(10) })

/** Where PDFs are signed and signatures are checked, and the little that is kept for it: trusted roots, and where a key file lies if asked. */
export function createSignDesk({ packages, dir, tempDir, ...house }: DeskDependencies): SignDesk {
  const { catalogue, tokens, actor } = house
  const roots = createTrustedRoots(path.join(dir, 'trust'))
  const rememberedFile = path.join(dir, 'signing.json')

  const pathsOf = (token: Input<'sign.addRoots'>['files']): readonly string[] => {
    const found = tokens.paths(token)
    if (found === undefined || found.length === 0) throw new AppError('import.files-gone', {})
    return found
  }
  const keyPaths = (key: Signing['key']): readonly string[] => (key === null ? (recall() ?? gone()) : pathsOf(key))
  const recall = (): string[] | null => {
    if (!existsSync(rememberedFile)) return null
    const text = readFileSync(rememberedFile, 'utf8')
    const found = rememberedSchema.safeParse(isJson(text) ? JSON.parse(text) : null)
    return found.success && found.data.keyFiles.every((file) => existsSync(file)) ? found.data.keyFiles : null
  }
  const signer = createSigner({ packages, tempDir, keyPaths })

  /** Where the key lies is kept only if asked; an upload lies nowhere that outlives the program. */
  async function remember({ key, remember: wanted = false }: Signing): Promise<void> {
    if (catalogue.readOnly !== null) return
    if (!wanted) return rmSync(rememberedFile, { force: true })
    const files = keyPaths(key)
    if (!files.some(isStaged)) await writeFileSafely(rememberedFile, JSON.stringify({ keyFiles: files }))
  }
  const isStaged = (file: string): boolean => !path.relative(tempDir, file).startsWith('..')
  /** What a browser uploaded is a copy of a key: it is gone as soon as it has signed. */
  const forgetUpload = (key: Signing['key']): void => {
    if (key !== null && keyPaths(key).some(isStaged)) tokens.forget(key)
  }
  const audit = (action: string, object: string, detail: Record<string, string>): void => {
    if (catalogue.readOnly === null) catalogue.audit.record({ actor: actor(), action, object, detail })
  }
  const record: SignDesk['record'] = (object, fileSha256, { fingerprint }) =>
    audit('pdf.signed', object, { fileSha256, certificateSha256: fingerprint, level: 'PAdES B-B' })

  return {
    record,
    look: (input, call) => signer.look(input, call),
    async open(signing, call) {
      const key = await signer.open(signing, call)
      await remember(signing)
      return { ...key, sign: (pdf, name) => key.sign(pdf, name).finally(() => forgetUpload(signing.key)) }
    },
    async pdf({ files, sign, target }, call) {
      const [file = ''] = pathsOf(files)
      const key = await this.open(sign, call)
      const fileName = `${path.basename(file).replace(/\.pdf$/i, '')}-signed.pdf`
      const detail = { certificateSha256: key.facts.fingerprint, level: 'PAdES B-B' }
      const leaving = { target, fileName, action: 'pdf.signed', object: 'file', detail }
      const written = await exportFile(house, leaving, call, async (to) =>
        writeFileSafely(to, await key.sign(await readFile(file), path.basename(file))),
      )
      return { ...written, certificate: key.facts }
    },
    remembered: () => ({
      fileName:
        recall()
          ?.map((file) => path.basename(file))
          .join(', ') ?? null,
    }),
    roots: () => roots.list(),
    async addRoots({ files }) {
      for (const { fingerprint } of await roots.add(pathsOf(files))) audit('trust.added', fingerprint, {})
      return roots.list()
    },
    removeRoot({ fingerprint }) {
      roots.remove(fingerprint)
      audit('trust.removed', fingerprint, {})
      return roots.list()
    },
    signaturesOf: (file, signal) => packages.signatures(file, roots.pems(), signal),
  }
}

function gone(): never {
  throw new AppError('import.files-gone', {})
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false // written by hand, or half of it: then nothing is remembered
  }
}
