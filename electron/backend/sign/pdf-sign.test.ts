import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as asn1js from 'asn1js'
import { PDFDocument } from 'pdf-lib'
import * as pkijs from 'pkijs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '#core/errors.ts'
import { composeMemo } from '#core/memo/compose.ts'
import { exampleInput } from '#core/memo/fixture.ts'
import { sealedJson } from '#core/memo/seal.ts'
import { accessibilityFaults } from '../memo/pdf-accessible.ts'
import { openPdf } from '../memo/pdf-reader.ts'
import { readStructure, walkStructure } from '../memo/pdf-structure.ts'
import { printPdf } from '../memo/print-pdf.ts'
import { readRecord, sha256 } from '../memo/verify.ts'
import { newSigningKey, signedPdf, TEST_WORDS, type KeyKind } from './fixture-keys.ts'
import { readSignatures } from './pdf-signatures.ts'
import { prepareFile } from './prepare-signature.ts'
import { prepareSignature } from './pdf-update.ts'

let dir: string
let memo: Uint8Array
const input = exampleInput(sha256)
const extras = { reviewJson: sealedJson(input.result, sha256), producer: 'Greenprint 0.1.0' }
beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'greenprint-signed-'))
  memo = await printPdf(composeMemo(input, 'zh'), extras)
}, 60_000)
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const isInstalled = (tool: string): boolean => spawnSync(tool, ['--version']).error === undefined
const save = (name: string, bytes: Uint8Array | string): string => {
  const file = path.join(dir, name)
  writeFileSync(file, bytes)
  return file
}
/** The message and what it is of, taken out of a file by its own words. */
function partsOf(bytes: Buffer): { message: Buffer; content: Buffer } {
  const text = bytes.toString('latin1')
  const [, a = '', b = '', c = ''] = /\/ByteRange \[0 (\d+) (\d+) (\d+)\]/.exec(text) ?? []
  const [start, stop, rest] = [Number(a), Number(b), Number(c)]
  const hex = bytes.toString('latin1', start + 1, stop - 1)
  return {
    message: Buffer.from(hex, 'hex'),
    content: Buffer.concat([bytes.subarray(0, start), bytes.subarray(stop, stop + rest)]),
  }
}
const pem = (message: Buffer): Buffer => {
  const length = message.readUInt16BE(2) + 4
  return message.subarray(0, length)
}

describe.each(['RSA 2048', 'P-256', 'P-384'] as KeyKind[])('a memo signed with %s', (kind) => {
  const key = newSigningKey(kind)
  let signed: Buffer
  beforeAll(async () => {
    signed = await signedPdf(memo, key)
  })

  it('is what it was, byte for byte, with the signature behind it', () => {
    expect(signed.subarray(0, memo.length).equals(Buffer.from(memo))).toBe(true)
    expect(signed.length - memo.length).toBeLessThan(60_000)
  })

  it('is signed by whom it says, as PAdES B-B, over the whole file', async () => {
    const { signatures, roots, takenOut } = await readSignatures(signed, 'a.pdf')
    expect([signatures.length, roots, takenOut]).toEqual([1, 0, 0])
    expect(signatures[0]).toMatchObject({
      field: 'Signature1',
      kind: 'ETSI.CAdES.detached',
      isBaselineB: true,
      state: 'valid',
      faults: [],
      coversWholeFile: true,
      appended: [],
      statedAt: TEST_WORDS.at,
      name: '周岚',
      reason: TEST_WORDS.reason,
      place: '青岚',
      validAtStatedTime: true,
      chain: 'not-checked',
    })
    expect(signatures[0]?.certificate?.subject).toContain('CN=周岚')
  })

  it('can still be read aloud, has its field in the structure, and carries its record', async () => {
    const { document, root } = await readStructure(signed)
    expect(accessibilityFaults(document, root)).toEqual([])
    const forms = [...walkStructure(root)].filter(([node]) => node.type === 'Form')
    expect(forms).toHaveLength(1)
    expect(forms[0]?.[0].annotations).toHaveLength(1)
    expect((await readRecord(save('record.pdf', signed))).seal).toBe(input.result.seal)
    const pdf = await openPdf(signed)
    expect(pdf.numPages).toBe(document.getPageCount())
    await pdf.close()
    const text = signed.toString('latin1', memo.length)
    expect(text).toMatch(/\/SigFlags 3/)
    expect(text).not.toMatch(/NeedAppearances|\/AP\b/)
    expect(text).toMatch(/\/Rect \[ 0 0 0 0 \]/)
    expect(text).toMatch(/\/F 132/)
  })

  it.skipIf(!isInstalled('pdfsig'))('is valid to pdfsig, all of it', () => {
    const { stdout } = spawnSync('pdfsig', ['-nocert', save('pdfsig.pdf', signed)], { encoding: 'utf8' })
    expect(stdout).toContain('Signature is Valid')
    expect(stdout).toContain('Total document signed')
    expect(stdout).toContain('ETSI.CAdES.detached')
  })

  it.skipIf(!isInstalled('qpdf'))('has a structure that qpdf finds no fault with', () => {
    const { status, stderr } = spawnSync('qpdf', ['--check', save('qpdf.pdf', signed)], { encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
  })

  it.skipIf(spawnSync('openssl', ['version']).error !== undefined)('is a CAdES signature to OpenSSL, trusted by its root', () => {
    const { message, content } = partsOf(signed)
    const files = [save('cms.der', pem(message)), save('content.bin', content), save('root.pem', key.root.toString())]
    const args = ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', files[0] ?? '', '-content', files[1] ?? '', '-CAfile', files[2] ?? '', '-purpose', 'any', '-out', '/dev/null'] // prettier-ignore
    const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' })
    expect(stderr).toMatch(/successful/i)
    expect(status).toBe(0)
    writeFileSync(files[1] ?? '', Buffer.concat([content, Buffer.from('x')]))
    expect(spawnSync('openssl', args).status).not.toBe(0)
  })

  it('is a sound message to another library, too', async () => {
    const { message, content } = partsOf(signed)
    const parsed = asn1js.fromBER(new Uint8Array(pem(message)))
    const info = new pkijs.ContentInfo({ schema: parsed.result })
    const data = new pkijs.SignedData({ schema: info.content as asn1js.Sequence })
    const roots = [pkijs.Certificate.fromBER(new Uint8Array(key.root.raw))]
    const verified = await data.verify({
      signer: 0,
      data: new Uint8Array(content).buffer,
      trustedCerts: roots,
      checkChain: true,
      extendedMode: true,
    })
    expect(verified.signatureVerified).toBe(true)
    expect(verified.signerCertificateVerified).toBe(true)
  })
})

describe('signing', () => {
  const key = newSigningKey('RSA 2048')

  it('gives the same bytes for the same key and time', async () => {
    const [first, second] = [await signedPdf(memo, key), await signedPdf(memo, key)]
    expect(first.equals(second)).toBe(true)
  })

  it('can be done by a second person: both signatures hold, the first up to the second', async () => {
    const other = newSigningKey('P-256')
    const twice = await signedPdf(await signedPdf(memo, key), other, {
      ...TEST_WORDS,
      name: '李评审',
      at: '2026-11-23T05:00:00.000Z',
    })
    const { signatures } = await readSignatures(twice, 'a.pdf')
    expect(signatures.map(({ field, state, coversWholeFile }) => [field, state, coversWholeFile])).toEqual([
      ['Signature1', 'valid', false],
      ['Signature2', 'valid', true],
    ])
    expect(signatures[0]?.appended).toMatchObject([{ isSignatureOnly: true }])
    const { document, root } = await readStructure(twice)
    expect(accessibilityFaults(document, root)).toEqual([])
  })

  it('takes files with streams of cross-references as other programs write them', async () => {
    const pdf = await PDFDocument.create()
    pdf.addPage([300, 200]).drawText('someone else’s')
    const source = await pdf.save({ useObjectStreams: true })
    const signed = await signedPdf(await signedPdf(source, key), key)
    const { signatures } = await readSignatures(signed, 'a.pdf')
    expect(signatures.map(({ state, faults }) => [state, faults])).toEqual([
      ['valid', []],
      ['valid', []],
    ])
    const file = save('streams.pdf', signed)
    const told = isInstalled('pdfsig') ? spawnSync('pdfsig', ['-nocert', file], { encoding: 'utf8' }).stdout : null
    expect(told?.match(/Signature is Valid/g)?.length ?? 2).toBe(2)
    expect(isInstalled('qpdf') ? spawnSync('qpdf', ['--check', file]).status : 0).toBe(0)
  })

  it('checks a chain against the roots that an office trusts, and says which', async () => {
    const signed = await signedPdf(memo, key)
    const by = async (...roots: string[]) => (await readSignatures(signed, 'a.pdf', roots)).signatures[0]
    expect(await by(newSigningKey('P-256').root.toString(), key.root.toString())).toMatchObject({
      chain: 'trusted',
      state: 'valid',
    })
    expect((await by(key.root.toString()))?.root).toContain('测试根证书')
    expect(await by(newSigningKey('P-256').root.toString())).toMatchObject({ chain: 'not-trusted', state: 'valid', root: null })
  })

  it('says that a certificate was not valid at the stated time', async () => {
    const expired = newSigningKey('P-256', { from: new Date('2020-01-01'), to: new Date('2021-01-01') })
    const { signatures } = await readSignatures(await signedPdf(memo, expired), 'a.pdf')
    expect(signatures[0]).toMatchObject({ state: 'valid', validAtStatedTime: false })
  })

  it('prepares what was printed without a fault, and refuses what is no sound PDF', async () => {
    const prepared = await prepareFile(save('unsigned.pdf', memo), 'a.pdf', TEST_WORDS, 4000)
    expect(prepared.holeEnd - prepared.holeStart).toBe(8002)
    const bad = [
      Buffer.from('%PDF-1.7\nhello'),
      Buffer.from(memo).subarray(0, memo.length - 40),
      Buffer.concat([memo, Buffer.from('tail')]),
    ]
    for (const bytes of bad)
      await expect(prepareSignature(bytes, 'a.pdf', TEST_WORDS, 4000)).rejects.toMatchObject({
        code: 'sign.pdf-unsound',
      } satisfies Partial<AppError>)
  })
})
