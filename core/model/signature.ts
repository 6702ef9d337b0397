import type { Bilingual } from '../text.ts'

/** What can be wrong with one signature of a PDF. */
export const SIGNATURE_FAULTS = [
  'content-changed',
  'signature-wrong',
  'other-certificate',
  'no-certificate',
  'nothing-signed',
  'content-inside',
  'several-signers',
  'message-damaged',
  'weak-algorithm',
  'unknown-algorithm',
  'range-damaged',
  'range-gap',
  'range-outside',
  'range-not-from-start',
  'range-overlaps',
  'room-not-empty',
  'range-not-at-end',
  'contents-too-large',
  'contents-missing',
  'not-in-form',
  'unknown-kind',
] as const
export type SignatureFault = (typeof SIGNATURE_FAULTS)[number]

/** Whether the certificate of a signature leads to a root that this office trusts. */
export type ChainState = 'not-checked' | 'trusted' | 'not-trusted'

/** Bytes that were put behind a signature: one incremental update. */
export interface AppendedUpdate {
  /** From which byte on, and how many. */
  fromByte: number
  bytes: number
  /** It adds a further signature and changes nothing that a reader sees. */
  isSignatureOnly: boolean
  /** What it puts in place of, or adds to, what was signed: "page 3", "object 12". */
  changes: string[]
}

/** One signature of a PDF, as it was found and checked. */
export interface PdfSignature {
  /** Name of its field in the form. */
  field: string
  /** What the dictionary calls itself: "ETSI.CAdES.detached". */
  kind: string
  isBaselineB: boolean
  /** `valid`: what it covers is as it was signed. `changed-after`: that too, but something was put behind it. `invalid`: see `faults`. */
  state: 'valid' | 'changed-after' | 'invalid'
  faults: SignatureFault[]
  coversWholeFile: boolean
  coveredBytes: number
  appended: AppendedUpdate[]
  /** The signer's own statement: no time stamp proves it. */
  statedAt: string | null
  name: string | null
  reason: string | null
  place: string | null
  certificate: CertificateFacts | null
  /** At the stated time. */
  validAtStatedTime: boolean | null
  chain: ChainState
  /** The root that it leads to, where that is trusted. */
  root: string | null
}

export interface CertificateFacts {
  subject: string
  issuer: string
  /** SHA-256 of the certificate, hex. */
  fingerprint: string
  validFrom: string
  validTo: string
}

/** All signatures of a PDF, in the order in which they cover it. */
export interface PdfSignatures {
  signatures: PdfSignature[]
  /** How many root certificates this office trusts; 0: no chain was checked. */
  roots: number
  /** Signatures that are still in the bytes of the file but no longer in the document: somebody took them out. */
  takenOut: number
}

/** A key file as it is shown before anything is signed with it. */
export interface SigningKeyFacts extends CertificateFacts {
  /** "RSA 3072", "P-256". */
  algorithm: string
  /** Certificates that go along, from the issuer on. */
  chain: string[]
  isSelfSigned: boolean
  /** What speaks against signing with it; null where nothing does. */
  doubt: Bilingual | null
}
