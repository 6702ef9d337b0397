import type { PdfSignatures, SigningKeyFacts } from '../model/signature.ts'
import type { Handlers } from './procedures.ts'
import { sampleShare } from './sample-share.ts'
import type { signProcedures } from './sign-procedures.ts'

const CERTIFICATE = {
  subject: 'CN=周岚, O=青岚市自然资源和规划局, C=CN',
  issuer: 'CN=示例根证书, C=CN',
  fingerprint: 'c'.repeat(64),
  validFrom: '2026-01-01T00:00:00.000Z',
  validTo: '2028-01-01T00:00:00.000Z',
}
const KEY: SigningKeyFacts = {
  ...CERTIFICATE,
  algorithm: 'RSA 3072',
  chain: ['CN=示例根证书, C=CN'],
  isSelfSigned: false,
  doubt: null,
}

/** A file with one sound signature that nobody's root was asked for. */
export const SAMPLE_SIGNATURES: PdfSignatures = {
  roots: 0,
  takenOut: 0,
  signatures: [
    {
      field: 'Signature1',
      kind: 'ETSI.CAdES.detached',
      isBaselineB: true,
      state: 'valid',
      faults: [],
      coversWholeFile: true,
      coveredBytes: 321_000,
      appended: [],
      statedAt: '2026-11-23T03:00:00.000Z',
      name: '周岚',
      reason: '审查意见签发',
      place: '青岚',
      certificate: CERTIFICATE,
      validAtStatedTime: true,
      chain: 'not-checked',
      root: null,
    },
  ],
}

/** Answers for signing, beside those for packages. */
export const sampleSigned = {
  ...sampleShare,
  'sign.look': () => KEY,
  'sign.pdf': () => ({
    fileName: 'a-signed.pdf',
    sizeBytes: 330_000,
    sha256: 'd'.repeat(64),
    download: null,
    certificate: CERTIFICATE,
  }),
  'sign.remembered': () => ({ fileName: null }),
  'sign.roots': () => [CERTIFICATE],
  'sign.addRoots': () => [CERTIFICATE],
  'sign.removeRoot': () => [],
} satisfies Pick<Handlers, keyof typeof sampleShare | keyof typeof signProcedures>

/** What the procedures of signing must refuse. */
export const BAD_SIGN: Record<keyof typeof signProcedures, unknown[]> = {
  'sign.look': [{ key: '', passphrase: null }, { key: '/etc/key.pem'.repeat(10), passphrase: null }, { key: 'k' }],
  'sign.pdf': [
    { files: 'f', sign: { key: 'k', passphrase: null, reason: '' }, target: null },
    { files: 'f', sign: null, target: null },
    { files: '', sign: { key: 'k', passphrase: null, reason: '', place: '' }, target: null },
  ],
  'sign.remembered': ['remembered'],
  'sign.roots': ['roots'],
  'sign.addRoots': [{ files: '' }, { path: '/etc/ssl' }],
  'sign.removeRoot': [{ fingerprint: 'x' }, { fingerprint: '../../etc/passwd' }],
}
