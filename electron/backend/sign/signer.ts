import { createHash, randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { CallContext } from '#core/contract/procedures.ts'
import type { Signing } from '#core/contract/sign-procedures.ts'
import { AppError } from '#core/errors.ts'
import type { SigningKeyFacts } from '#core/model/signature.ts'
import { commonNameOf } from '#core/sign/common-name.ts'
import { oneJob, type JobLimits } from '../one-job.ts'
import type { PackageFiles } from '../share/package-files.ts'
import { signedParts, withSignature, type PreparedUpdate, type SignatureWords } from './pdf-update.ts'
import type { SignAnswer, SignJob } from './sign-worker.ts'

/** Ten million rounds of a key file take less. */
const LIMITS: JobLimits = { seconds: 60, memoryMb: 512 }

interface Dependencies {
  packages: Pick<PackageFiles, 'prepareSignature'>
  tempDir: string
  /** Paths behind a token, or the remembered ones for null. @throws AppError `import.files-gone` */
  keyPaths: (key: Signing['key']) => readonly string[]
  now?: () => Date
}

/** A key that was opened once and found fit; it signs any number of files. */
export interface OpenedKey {
  facts: SigningKeyFacts
  /** The signed bytes of a PDF: what was there, and an update behind it. @throws AppError `sign.pdf-unsound`, `request.cancelled` */
  sign: (pdf: Uint8Array, fileName: string) => Promise<Uint8Array>
}

export interface Signer {
  look(key: Pick<Signing, 'key' | 'passphrase'>, call: Pick<CallContext, 'signal'>): Promise<SigningKeyFacts>
  /** Opens the key before anything is printed, so that a wrong passphrase costs no time. @throws AppError `sign.*` */
  open(signing: Signing, call: Pick<CallContext, 'signal'>): Promise<OpenedKey>
}

/** Signs PDFs. The key is only ever in a thread of its own that ends with the act; the PDF is only ever read by a killable process. */
export function createSigner({ packages, tempDir, keyPaths, now = () => new Date() }: Dependencies): Signer {
  const work = (job: Omit<SignJob, 'at'>, signal: CallContext['signal']): Promise<SignAnswer> => {
    const failures = {
      cancelled: () => new AppError('request.cancelled', { procedure: 'sign.pdf' }),
      late: () => new AppError('sign.timeout', { seconds: LIMITS.seconds }),
      tooLarge: () => new AppError('sign.timeout', { seconds: LIMITS.seconds }),
    }
    return oneJob<SignAnswer>('sign-worker', { ...job, at: now().toISOString() } satisfies SignJob, LIMITS, failures, signal)
  }

  async function prepare(pdf: Uint8Array, fileName: string, words: SignatureWords, bytes: number, signal: CallContext['signal']) {
    const file = path.join(tempDir, `unsigned-${randomUUID()}.pdf`)
    try {
      await writeFile(file, pdf, { flag: 'wx', mode: 0o600 })
      return await packages.prepareSignature(file, fileName, words, bytes, signal)
    } finally {
      await rm(file, { force: true })
    }
  }

  return {
    async look({ key, passphrase }, { signal }) {
      return (await work({ paths: keyPaths(key), passphrase, digest: null }, signal)).facts
    },
    async open({ key, passphrase, reason, place, evenIfDoubtful = false }, { signal }) {
      const paths = keyPaths(key)
      const opened = await work({ paths, passphrase, digest: null }, signal)
      const { facts } = opened
      if (facts.doubt !== null && !evenIfDoubtful) throw new AppError('sign.certificate-doubtful', { problem: facts.doubt })
      return {
        facts,
        async sign(pdf, fileName) {
          const name = commonNameOf(facts.subject)
          const tooltip = `电子签名：${name} · Electronic signature: ${name}`
          const words = { name, reason, place, tooltip, at: now().toISOString() }
          const prepared = await prepare(pdf, fileName, words, opened.messageBytes, signal)
          const digest = digestOf(pdf, prepared, opened.digest)
          const { message } = await work({ paths, passphrase, digest }, signal)
          if (message === null) throw new Error('the signature is missing')
          return withSignature(pdf, prepared, message)
        },
      }
    },
  }
}

function digestOf(pdf: Uint8Array, prepared: PreparedUpdate, algorithm: string): Uint8Array {
  const whole = withSignature(pdf, prepared, new Uint8Array())
  const hash = createHash(algorithm)
  for (const part of signedParts(whole, prepared.holeStart, prepared.holeEnd)) hash.update(part)
  return Uint8Array.from(hash.digest())
}
