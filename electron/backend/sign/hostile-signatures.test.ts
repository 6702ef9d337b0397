import { createHash } from 'node:crypto'
import { PDFDocument } from 'pdf-lib'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { AppError } from '#core/errors.ts'
import type { PdfSignature, PdfSignatures } from '#core/model/signature.ts'
import { signedMessage } from './cms-write.ts'
import { newSigningKey, signedPdf, TEST_WORDS } from './fixture-keys.ts'
import { readSignatures } from './pdf-signatures.ts'
import { prepareSignature, withSignature } from './pdf-update.ts'

const key = newSigningKey('P-256')
let plain: Buffer
let signed: Buffer
beforeAll(async () => {
  const pdf = await PDFDocument.create()
  pdf.addPage([300, 200]).drawText('approved: 12 ha')
  pdf.addPage([300, 200]).drawText('page two')
  plain = Buffer.from(await pdf.save({ useObjectStreams: false }))
  signed = await signedPdf(plain, key)
})

const first = async (bytes: Buffer): Promise<PdfSignature> => {
  const { signatures } = await readSignatures(bytes, 'a.pdf')
  const [one] = signatures
  if (!one) throw new Error('no signature was found')
  return one
}
const flipped = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}
const rangeOf = (bytes: Buffer) => {
  const text = bytes.toString('latin1')
  const found = /\/ByteRange (\[0 (\d+) (\d+) (\d+)\] *)/.exec(text)
  if (!found) throw new Error('no range')
  const [, whole = '', start, stop, rest] = found
  return { at: found.index + 11, whole, start: Number(start), stop: Number(stop), rest: Number(rest) }
}
/** Another range, written over the one that is there. */
const withRange = (bytes: Buffer, range: string): Buffer => {
  const copy = Buffer.from(bytes)
  const { at, whole } = rangeOf(bytes)
  copy.write(range.padEnd(whole.length), at, 'latin1')
  return copy
}
/** An update as an attacker writes it: objects and a table of them, or a table that points anywhere. */
function updated(bytes: Buffer, objects: Record<number, string>, offsets: Record<number, number> = {}): Buffer {
  const parts = [bytes]
  let at = bytes.length
  const rows: string[] = []
  const [, last = '0'] = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(bytes.toString('latin1', bytes.length - 64)) ?? []
  const root = [...bytes.toString('latin1').matchAll(/\/Root (\d+ \d+ R)/g)].at(-1)?.[1] ?? ''
  for (const [number, body] of Object.entries(objects)) {
    const part = Buffer.from(`${number} 0 obj\n${body}\nendobj\n`, 'latin1')
    rows.push(`${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`)
    parts.push(part)
    at += part.length
  }
  for (const [number, offset] of Object.entries(offsets)) rows.push(`${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`)
  parts.push(
    Buffer.from(`xref\n${rows.join('')}trailer\n<< /Size 99 /Root ${root} /Prev ${last} >>\nstartxref\n${at}\n%%EOF\n`, 'latin1'),
  )
  return Buffer.concat(parts)
}
const pageNumber = (bytes: Buffer): number =>
  Number(/(\d+) 0 obj\n<<\n\/Type \/Page\n/.exec(bytes.toString('latin1'))?.[1] ?? NaN)

describe('a signed PDF that was tampered with', () => {
  it('in its content: the digest differs', async () => {
    expect(await first(flipped(signed, plain.indexOf('/MediaBox') + 12))).toMatchObject({
      state: 'invalid',
      faults: ['content-changed'],
    })
  })

  it('in its table, its dictionary or behind the signature: the digest differs', async () => {
    const { stop } = rangeOf(signed)
    for (const at of [signed.indexOf('/M (D:2026') + 9, stop + 40, signed.lastIndexOf('/Size') + 7])
      expect((await first(flipped(signed, at))).faults).toContain('content-changed')
  })

  it('in the message: it is named, wherever the byte is', async () => {
    const { start, stop } = rangeOf(signed)
    const length = (signed.toString('latin1', start + 1, stop - 1).replace(/0+$/, '').length + 1) & ~1
    const own = (await first(signed)).certificate?.fingerprint
    let named = 0
    for (let step = 1; step < 40; step++) {
      const copy = Buffer.from(signed)
      const at = start + 1 + Math.floor((length * step) / 40)
      copy[at] = copy[at] === 0x30 ? 0x31 : 0x30
      const { state, faults, certificate } = await first(copy)
      // The issuers’ own certificates are not signed: a root that was changed is then simply not the root.
      if (state === 'invalid') named += faults.length > 0 ? 1 : 0
      else named += certificate?.fingerprint === own ? 1 : 0
    }
    expect(named).toBe(39)
  })

  it.each([
    [
      'a gap in which content could hide',
      ({ start, stop, rest }: ReturnType<typeof rangeOf>) => `[0 ${start - 20} ${stop} ${rest}]`,
      'range-gap',
    ],
    ['a gap behind the signature', ({ start, stop, rest }) => `[0 ${start} ${stop + 10} ${rest - 10}]`, 'range-gap'],
    ['a start that is not the start', ({ start, stop, rest }) => `[9 ${start - 9} ${stop} ${rest}]`, 'range-not-from-start'],
    ['an end before the end', ({ start, stop, rest }) => `[0 ${start} ${stop} ${rest - 30}]`, 'range-not-at-end'],
    ['an end beyond the end', ({ start, stop, rest }) => `[0 ${start} ${stop} ${rest + 30}]`, 'range-outside'],
    ['ranges that overlap', ({ start, rest }) => `[0 ${start} ${start - 10} ${rest}]`, 'range-overlaps'],
    ['a negative number', ({ start, stop, rest }) => `[0 ${start} -${stop} ${rest}]`, 'range-damaged'],
    ['two numbers', ({ start }) => `[0 ${start}]`, 'range-damaged'],
    ['six numbers', ({ start, stop }) => `[0 ${start} ${stop} 10 9 9]`, 'range-damaged'],
    ['a number beyond all bounds', ({ start }) => `[0 ${start} 99999999999999999 1]`, 'range-damaged'],
  ] as [string, (range: ReturnType<typeof rangeOf>) => string, string][])('with %s', async (_, make, fault) => {
    const { state, faults } = await first(withRange(signed, make(rangeOf(signed))))
    expect(state).toBe('invalid')
    expect(faults).toContain(fault)
  })
})

describe('the room that a signature is written into, which no signature covers', () => {
  const end = () => signed.indexOf('>', rangeOf(signed).start)
  const written = (text: string) => {
    const copy = Buffer.from(signed)
    copy.write(text, end() - text.length - 2, 'latin1')
    return first(copy)
  }

  it('may hold nothing but the signature and zeros', async () => {
    expect(signed.toString('latin1', end() - 6, end())).toBe('000000')
    for (const hidden of ['41', '00004100', '+', '\x80\x00'])
      expect((await written(hidden)).faults, JSON.stringify(hidden)).toContain('room-not-empty')
    expect(await written('0000')).toMatchObject({ state: 'valid', faults: [] })
  })
})

describe('content put behind a signature', () => {
  it('is told, update by update, with what it changes', async () => {
    const page = pageNumber(plain)
    const attacked = updated(updated(signed, { [page]: '<< /Type /Page /MediaBox [0 0 9 9] >>' }), { 98: '<< /Anything true >>' })
    const one = await first(attacked)
    expect(one).toMatchObject({ state: 'changed-after', faults: [], coversWholeFile: false })
    expect(one.appended).toHaveLength(2)
    expect(one.appended[0]).toMatchObject({ fromByte: signed.length, isSignatureOnly: false })
    expect(one.appended[0]?.changes.join()).toMatch(/page|object/)
  })

  it('is told where a table only points at what was hidden among the signed bytes', async () => {
    const page = pageNumber(plain)
    const attacked = updated(signed, {}, { [page]: plain.indexOf('/Type /Page') - 12 })
    expect(await first(attacked)).toMatchObject({ state: 'changed-after' })
  })

  it('is told where there is no table at all', async () => {
    for (const tail of ['\n% more', '\n98 0 obj\n<<>>\nendobj\n', `\n${'x'.repeat(5000)}`])
      expect(await first(Buffer.concat([signed, Buffer.from(tail)]))).toMatchObject({ state: 'changed-after' })
  })

  it('hidden in what looks like a further signature is told', async () => {
    const twice = await signedPdf(signed, key)
    const part = twice.subarray(signed.length)
    const page = pageNumber(plain)
    const smuggled = [
      // A field that is seen, one with a picture of its own, a page in the update, an action.
      part.toString('latin1').replace('/Rect [ 0 0 0 0 ]', '/Rect [ 9 9 99 9 ]'),
      part.toString('latin1').replace('/F 132', '/AP 4 0 R /F 132'),
      part.toString('latin1').replace('/AcroForm', '/OpenAction 4 0 R /AcroForm'),
    ]
    for (const text of smuggled) {
      expect(text).not.toBe(part.toString('latin1'))
      const [one] = (await readSignatures(Buffer.concat([signed, Buffer.from(text, 'latin1')]), 'a.pdf')).signatures
      expect(one?.state).toBe('changed-after')
    }
    const more = Buffer.concat([signed, Buffer.from(`${page} 0 obj\n<< /Type /Page >>\nendobj\n`), part])
    expect((await first(more)).state).toBe('changed-after')
  })

  it('that takes the signature out is told', async () => {
    const root = Number([...signed.toString('latin1').matchAll(/\/Root (\d+) \d+ R/g)].at(-1)?.[1])
    const catalog = /<<\n\/Type \/Catalog[\s\S]*?\n>>/.exec(plain.toString('latin1'))?.[0] ?? ''
    expect(await first(updated(signed, { [root]: catalog }))).toMatchObject({ state: 'invalid', faults: ['not-in-form'] })
    const number = Number(/(\d+) 0 obj\n<<\n\/Type \/Sig\n/.exec(signed.toString('latin1'))?.[1])
    expect(await readSignatures(updated(signed, { [number]: '<< >>' }), 'a.pdf')).toMatchObject({ signatures: [], takenOut: 1 })
  })
})

describe('two signatures', () => {
  it('that claim the same bytes are named', async () => {
    const twice = await signedPdf(signed, key)
    const [one, two] = [rangeOf(twice), rangeOf(Buffer.concat([Buffer.alloc(signed.length, 32), twice.subarray(signed.length)]))]
    const copy = Buffer.from(twice)
    copy.write(one.whole.replace(String(one.rest), String(twice.length - one.stop)).padEnd(one.whole.length), one.at, 'latin1')
    const { signatures } = await readSignatures(copy, 'a.pdf')
    expect(two.start).toBeGreaterThan(one.stop)
    expect(signatures).toHaveLength(2)
    for (const { state, faults } of signatures) expect([state, faults.includes('range-overlaps')]).toEqual(['invalid', true])
  })
})

describe('a message that is not what it should be', () => {
  /** The message of some key over some digest, in the room of a real one. */
  const made = async (message: (digest: Buffer) => Buffer, room = 4000): Promise<Buffer> => {
    const prepared = await prepareSignature(plain, 'a.pdf', TEST_WORDS, room)
    const empty = withSignature(plain, prepared, new Uint8Array())
    const digest = createHash('sha256')
      .update(empty.subarray(0, prepared.holeStart))
      .update(empty.subarray(prepared.holeEnd))
      .digest()
    return withSignature(plain, prepared, message(digest))
  }

  it('is named: of another file, of another key, empty, endless, nested without an end', async () => {
    const stranger = { ...newSigningKey('P-256'), key: newSigningKey('P-256').key }
    const cases: [Buffer, string][] = [
      [await made(() => signedMessage(key, createHash('sha256').update('other').digest())), 'content-changed'],
      [await made((digest) => signedMessage(stranger, digest)), 'signature-wrong'],
      [await made(() => Buffer.alloc(0)), 'message-damaged'],
      [await made(() => Buffer.from([0x30, 0x84, 0xff, 0xff, 0xff, 0xff])), 'message-damaged'],
      [await made(() => Buffer.from('3080'.repeat(1500), 'hex')), 'message-damaged'],
      [await made((digest) => signedMessage(key, digest), 2 ** 20 + 10), 'contents-too-large'],
    ]
    for (const [bytes, fault] of cases) {
      const { state, faults } = await first(bytes)
      expect(state).toBe('invalid')
      expect(faults).toContain(fault)
    }
  })

  it('with a certificate that is too weak, or signed by an old digest of RSA, is not valid', async () => {
    const weak = newSigningKey('RSA 1024')
    expect((await first(await made((digest) => signedMessage(weak, digest)))).faults).toContain('weak-algorithm')
  })
})

describe('200 damaged copies', () => {
  it('are judged or refused in words, and none that differs where it counts is valid', async () => {
    // The library tells every object that it cannot read.
    vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    let seed = 20_261_123
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
      return seed % below
    }
    const outcomes = new Map<string, number>()
    for (let number = 0; number < 200; number++) {
      const copy = Buffer.from(signed)
      const kind = number % 4
      if (kind === 0) copy[random(copy.length)] = random(256)
      if (kind === 1) for (let step = 0; step < 8; step++) copy[plain.length + random(copy.length - plain.length)] = random(256)
      const [from, length] = [random(copy.length), random(200)]
      const bytes = kind === 2 ? Buffer.concat([copy.subarray(0, from), copy.subarray(from + length)]) : kind === 3 ? Buffer.concat([copy.subarray(0, from), copy.subarray(from, from + length), copy.subarray(from)]) : copy // prettier-ignore
      const outcome = await judged(bytes)
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      if (outcome === 'valid' && !sameWhereItCounts(bytes)) outcomes.set('untyped: valid though changed', 1)
    }
    expect([...outcomes.keys()].filter((outcome) => outcome.startsWith('untyped'))).toEqual([])
    expect((outcomes.get('invalid') ?? 0) + (outcomes.get('memo.broken-record') ?? 0)).toBeGreaterThan(100)
  }, 120_000)

  async function judged(bytes: Buffer): Promise<string> {
    try {
      const { signatures, takenOut }: PdfSignatures = await readSignatures(bytes, 'a.pdf')
      return signatures[0]?.state ?? (takenOut > 0 ? 'taken out' : 'unsigned')
    } catch (error) {
      return error instanceof AppError ? error.code : `untyped: ${String(error)}`
    }
  }

  /** Only the message itself may differ, where a certificate of its chain is. */
  function sameWhereItCounts(bytes: Buffer): boolean {
    const { start, stop } = rangeOf(signed)
    return bytes.subarray(0, start).equals(signed.subarray(0, start)) && bytes.subarray(stop).equals(signed.subarray(stop))
  }
})
