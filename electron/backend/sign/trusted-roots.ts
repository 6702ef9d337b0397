import { createHash, X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '#core/errors.ts'
import type { CertificateFacts } from '#core/model/signature.ts'
import { writeFileSafely } from '../memo/write-file.ts'
import { certificateFacts } from './pdf-signatures.ts'

const ENDINGS = new Set(['.pem', '.crt', '.cer', '.der'])
const MOST_FILES = 500
const MOST_BYTES = 2 ** 20

/** Root certificates that an office trusts: one PEM file each in a folder of the catalogue. */
export interface TrustedRoots {
  list(): CertificateFacts[]
  /** As the reader of signatures takes them. */
  pems(): string[]
  /** Those of files, or of folders. @throws AppError `sign.not-a-certificate` where there is none */
  add(paths: readonly string[]): Promise<CertificateFacts[]>
  remove(fingerprint: string): void
}

export function createTrustedRoots(dir: string): TrustedRoots {
  const files = (): string[] => (existsSync(dir) ? readdirSync(dir).filter((name) => /^[0-9a-f]{64}\.pem$/.test(name)) : [])
  const pems = (): string[] => files().map((name) => readFileSync(path.join(dir, name), 'utf8'))
  return {
    pems,
    list: () => pems().map((pem) => certificateFacts(new X509Certificate(pem))),
    async add(paths) {
      const found = paths.flatMap(filesOf).flatMap(certificatesIn).filter(isRoot)
      if (found.length === 0) throw new AppError('sign.not-a-certificate', { file: path.basename(paths[0] ?? '') })
      mkdirSync(dir, { recursive: true, mode: 0o700 })
      for (const one of found) await writeFileSafely(path.join(dir, `${fingerprint(one)}.pem`), one.toString())
      return found.map(certificateFacts)
    },
    remove: (hash) => rmSync(path.join(dir, `${hash}.pem`), { force: true }),
  }
}

const fingerprint = ({ raw }: X509Certificate): string => createHash('sha256').update(raw).digest('hex')

/** An authority, or somebody's own certificate that stands for itself. */
const isRoot = (one: X509Certificate): boolean => one.ca || one.issuer === one.subject

function filesOf(chosen: string): string[] {
  if (!statSync(chosen).isDirectory()) return [chosen]
  const names = readdirSync(chosen).filter((name) => ENDINGS.has(path.extname(name).toLowerCase()))
  return names.slice(0, MOST_FILES).map((name) => path.join(chosen, name))
}

function certificatesIn(file: string): X509Certificate[] {
  if (statSync(file).size > MOST_BYTES) return []
  const bytes = readFileSync(file)
  const blocks = bytes.toString('latin1').match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g)
  return (blocks ?? [bytes]).flatMap((block) => {
    try {
      return [new X509Certificate(block)]
    } catch {
      return [] // another file of the folder; that none was found at all is told
    }
  })
}
