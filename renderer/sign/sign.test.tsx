import i18next from 'i18next'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { SAMPLE_SIGNATURES } from '#core/contract/sample-sign.ts'
import type { Verification } from '#core/contract/procedures.ts'
import { SIGNATURE_FAULTS, type PdfSignature, type PdfSignatures } from '#core/model/signature.ts'
import { FAULT_WORDS } from '#core/sign/signature-words.ts'
import { markup, startWords, words as show } from '../api/fake/show.tsx'
import { Verdict } from '../verify/verify-dialog.tsx'
import { SignatureList } from './signature-list.tsx'
import { SigningKeyView } from './signing-key-view.tsx'
import { TrustedRoots } from './trusted-roots.tsx'

beforeAll(() => startWords())
beforeEach(() => i18next.changeLanguage('zh'))

const found = (change: Partial<PdfSignature>, more: Partial<PdfSignatures> = {}): PdfSignatures => ({
  ...SAMPLE_SIGNATURES,
  ...more,
  signatures: SAMPLE_SIGNATURES.signatures.map((one) => ({ ...one, ...change })),
})
const seal = 'a'.repeat(64)
const matching: Verification = { match: true, sealStored: seal, sealRecomputed: seal, differences: [] }

describe('signatures on the screen', () => {
  it('say who signed, what is covered, until when the certificate is valid, and that nobody’s root was asked', async () => {
    const zh = show(<SignatureList found={found({})} />)
    for (const part of [
      '签名有效',
      'CN=周岚',
      '覆盖整个文件',
      'cccc',
      '未对照任何受信任的根证书',
      '没有时间戳证明',
      'PAdES B-B',
      '事由：审查意见签发',
    ])
      expect(zh).toContain(part)
    await i18next.changeLanguage('en')
    const en = show(<SignatureList found={found({})} />)
    for (const part of [
      'The signature holds',
      'covers the whole file',
      'does not prove who the signer is',
      'no time stamp proves it',
    ])
      expect(en).toContain(part)
  })

  it('are green only where a root that the office trusts vouches for them', () => {
    expect(markup(<SignatureList found={found({})} />)).not.toContain('notice good')
    const trusted = found({ chain: 'trusted', root: 'CN=根' })
    expect(markup(<SignatureList found={trusted} />)).toContain('notice good')
    expect(markup(<SignatureList found={found({ chain: 'not-trusted' })} />)).toContain('notice warn')
  })

  it('name what was put behind, what does not hold, and what was taken out', () => {
    const appended = [{ fromByte: 320_000, bytes: 812, isSignatureOnly: false, changes: ['page 3', 'object 12'] }]
    const after = show(<SignatureList found={found({ state: 'changed-after', coversWholeFile: false, appended })} />)
    for (const part of ['签名之后文件被改动', '320000', '812', 'page 3、object 12']) expect(after).toContain(part)
    const broken = show(<SignatureList found={found({ state: 'invalid', faults: [...SIGNATURE_FAULTS] })} />)
    for (const fault of SIGNATURE_FAULTS) expect(broken).toContain(FAULT_WORDS[fault].zh)
    expect(show(<SignatureList found={{ signatures: [], roots: 0, takenOut: 1 }} />)).toContain('已被移除')
    expect(show(<SignatureList found={{ signatures: [], roots: 0, takenOut: 0 }} />)).toContain('没有电子签名')
  })

  it('stand apart from the seal: a seal may match while a signature does not hold, and a map has none', () => {
    const invalid = found({ state: 'invalid', faults: ['content-changed'] })
    const both = show(<Verdict verification={{ ...matching, match: false, signatures: invalid }} />)
    for (const part of ['封印一致', '签名无效', '摘要不符']) expect(both).toContain(part)
    const none = { ...matching, sealStored: '', sealRecomputed: '' }
    const map = show(<Verdict verification={{ ...none, hasNoRecord: true, signatures: found({}) }} />)
    expect(map).toContain('只核对了签名')
    expect(map).not.toContain('封印一致')
  })
})

describe('a key before it signs', () => {
  it('says whose it is, and what speaks against it', () => {
    const [{ certificate } = { certificate: null }] = SAMPLE_SIGNATURES.signatures
    if (certificate === null) throw new Error('the sample is signed')
    const doubt = { zh: '证书已于 2026-01-01 过期', en: 'the certificate expired on 2026-01-01' }
    const zh = show(<SigningKeyView facts={{ ...certificate, algorithm: 'P-256', chain: [], isSelfSigned: true, doubt }} />)
    for (const part of ['CN=周岚', 'P-256', '2026-01-01 至 2028-01-01', '自签证书', '过期']) expect(zh).toContain(part)
  })

  it('and the roots that are trusted are a matter of the settings', () => {
    expect(show(<TrustedRoots />)).toMatch(/受信任的根证书.*加入证书文件.*加入整个文件夹.*不查询吊销/)
  })
})
