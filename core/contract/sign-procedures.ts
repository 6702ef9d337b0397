import * as z from 'zod'
import type { FileToken } from '../model/ids.ts'
import type { CertificateFacts, SigningKeyFacts } from '../model/signature.ts'
import type { ExportedFile } from './exported-file.ts'
import { id, procedure } from './procedure.ts'

const words = z.string().trim().max(200)
const keyFile = {
  /** Chosen files: a P12, or a key with its certificates; null takes the file that was remembered. */
  key: id<FileToken>().nullable(),
  /** Used once and kept nowhere. */
  passphrase: z.string().max(1000).nullable(),
}

/** How a PDF is signed. */
export const signingSchema = z.strictObject({
  ...keyFile,
  reason: words,
  place: words,
  /** Sign though the certificate is doubtful: expired, not valid yet, not for signing. */
  evenIfDoubtful: z.boolean().optional(),
  /** Remember where the key file lies, never what opens it; absent or false forgets. */
  remember: z.boolean().optional(),
})
export type Signing = z.infer<typeof signingSchema>

/** The parts of an export that signs. */
export interface SignedFile extends ExportedFile {
  certificate: CertificateFacts
}

/** Signing with a key file, and the roots that an office trusts. */
export const signProcedures = {
  /** Opens a key file and says whose it is; nothing is signed. Refuses with `sign.*`. */
  'sign.look': procedure(z.strictObject(keyFile)).returns<SigningKeyFacts>(),
  /** Signs a PDF that lies on the disk as a new file. */
  'sign.pdf': procedure(
    z.strictObject({ files: id<FileToken>(), sign: signingSchema, target: id<FileToken>().nullable() }),
  ).returns<SignedFile>(),
  /** Name of the key file that is remembered, or null. */
  'sign.remembered': procedure(z.strictObject({})).returns<{ fileName: string | null }>(),
  /** Root certificates by which chains are checked. */
  'sign.roots': procedure(z.strictObject({})).returns<CertificateFacts[]>(),
  /** Adds those of chosen files, or of a chosen folder (PEM or DER). Refuses with `sign.not-a-certificate`. */
  'sign.addRoots': procedure(z.strictObject({ files: id<FileToken>() })).returns<CertificateFacts[]>(),
  'sign.removeRoot': procedure(z.strictObject({ fingerprint: z.string().regex(/^[0-9a-f]{64}$/) })).returns<CertificateFacts[]>(),
}
