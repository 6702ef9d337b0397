import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { AppError } from '#core/errors.ts'
import type { SigningKeyFacts } from '#core/model/signature.ts'
import type { JobAnswer } from '../one-job.ts'
import { signedMessage, signedMessageBytes, signingAlgorithm } from './cms-write.ts'
import { algorithmOf, doubtAbout, openKeyFiles, type KeyFile } from './key-file.ts'
import { certificateFacts } from './pdf-signatures.ts'

/** The key is opened in this thread, used, and gone with it. */
export interface SignJob {
  paths: readonly string[]
  passphrase: string | null
  /** ISO: what the certificate is held against. */
  at: string
  /** What to sign; null only looks at the key. */
  digest: Uint8Array | null
}

export interface SignAnswer {
  facts: SigningKeyFacts
  /** How many bytes a signature takes at most, and the digest that it is made over. */
  messageBytes: number
  digest: 'sha256' | 'sha384'
  message: Uint8Array | null
}

/** A key with the longest of chains is a hundredth of it. */
const MOST_KEY_BYTES = 2 ** 20

function readKey(file: string): KeyFile {
  const name = path.basename(file)
  if (statSync(file).size > MOST_KEY_BYTES) throw new AppError('sign.not-a-key-file', { file: name })
  return { name, bytes: readFileSync(file) }
}

function perform({ paths, passphrase, at, digest }: SignJob): SignAnswer {
  const key = openKeyFiles(paths.map(readKey), passphrase)
  const { certificate, chain } = key
  const facts: SigningKeyFacts = {
    ...certificateFacts(certificate),
    algorithm: algorithmOf(key),
    chain: chain.map((one) => certificateFacts(one).subject),
    isSelfSigned: certificate.issuer === certificate.subject,
    doubt: doubtAbout(certificate, new Date(at)),
  }
  const message = digest && Uint8Array.from(signedMessage(key, digest))
  return { facts, messageBytes: signedMessageBytes(key), digest: signingAlgorithm(key.key).digest, message }
}

if (parentPort === null) throw new Error('sign-worker runs as a worker thread')
try {
  parentPort.postMessage({ done: perform(workerData as SignJob) } satisfies JobAnswer<SignAnswer>)
} catch (error) {
  if (!(error instanceof AppError)) throw error
  parentPort.postMessage({ error: error.toWire() } satisfies JobAnswer<SignAnswer>)
}
