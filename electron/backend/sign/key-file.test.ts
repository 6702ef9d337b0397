import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '#core/errors.ts'
import { asP12, asPem, newCertificate, newKey, newSigningKey, type KeyKind } from './fixture-keys.ts'
import { algorithmOf, doubtAbout, openKeyFiles } from './key-file.ts'

const PASSPHRASE = '青岚 Pass-1'
const file = (bytes: Uint8Array | string, name = 'key.p12') => ({ name, bytes: Buffer.from(bytes) })
const refusalOf = (work: () => unknown): AppError | null => {
  try {
    work()
    return null
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}
const codeOf = (work: () => unknown): string => refusalOf(work)?.code ?? ''
const hasOpenssl = spawnSync('openssl', ['version']).error === undefined

describe('a key file', () => {
  const key = newSigningKey('RSA 2048')

  it('opens as P12 with its passphrase, its certificate and the chain to the root', () => {
    const opened = openKeyFiles([file(asP12(key, PASSPHRASE))], PASSPHRASE)
    expect(opened.certificate.raw.equals(key.certificate.raw)).toBe(true)
    expect(opened.chain.map(({ subject }) => subject)).toEqual([key.root.subject])
    expect(opened.key.equals(key.key)).toBe(true)
    expect(algorithmOf(opened)).toBe('RSA 2048')
  })

  it.each([
    ['plain', null],
    ['encrypted', PASSPHRASE],
  ])('opens as PEM (%s)', (_, passphrase) => {
    const opened = openKeyFiles([file(asPem(key, passphrase), 'key.pem')], passphrase)
    expect(opened.key.equals(key.key)).toBe(true)
  })

  it('opens in two files, the key and its certificates', () => {
    const pem = asPem(key, null)
    const [secret = '', ...certificates] = pem.split(/(?=-----BEGIN)/)
    expect(openKeyFiles([file(secret, 'k.pem'), file(certificates.join(''), 'c.pem')], null).chain).toHaveLength(1)
    expect(codeOf(() => openKeyFiles([file(secret)], null))).toBe('sign.no-certificate')
    expect(codeOf(() => openKeyFiles([file(certificates.join(''))], null))).toBe('sign.no-key')
    const other = asPem(newSigningKey('P-256'), null).split(/(?=-----BEGIN)/).slice(1).join('') // prettier-ignore
    expect(codeOf(() => openKeyFiles([file(secret), file(other)], null))).toBe('sign.key-does-not-fit')
  })

  it.each(['RSA 2048', 'P-256', 'P-384'] as const)('may be %s', (kind) => {
    const made = newSigningKey(kind)
    expect(algorithmOf(openKeyFiles([file(asP12(made, 'x'))], 'x'))).toBe(kind)
  })

  it.each([
    ['RSA 1024', 'sign.weak-key'],
    ['P-521', 'sign.unsupported-key'],
  ] as [KeyKind, string][])('may not be %s', (kind, code) => {
    const made = newSigningKey(kind)
    expect(codeOf(() => algorithmOf(made))).toBe(code)
  })

  it('is refused with a wrong passphrase, and nothing of it or of the passphrase stands in the error', () => {
    for (const wrong of ['', 'wrong', `${PASSPHRASE} `]) {
      expect(codeOf(() => openKeyFiles([file(asP12(key, PASSPHRASE))], wrong))).toBe('sign.wrong-passphrase')
    }
    expect(codeOf(() => openKeyFiles([file(asPem(key, PASSPHRASE))], null))).toBe('sign.passphrase-needed')
    const refused = refusalOf(() => openKeyFiles([file(asPem(key, PASSPHRASE))], 'secret-word'))
    expect(refused?.code).toBe('sign.wrong-passphrase')
    expect(`${refused?.stack} ${JSON.stringify(refused)} ${String(refused?.cause)}`).not.toContain('secret-word')
  })

  it('tells a file that is none', () => {
    expect(codeOf(() => openKeyFiles([file('hello')], null))).toBe('sign.not-a-key-file')
    expect(codeOf(() => openKeyFiles([file(new Uint8Array())], null))).toBe('sign.not-a-key-file')
    expect(codeOf(() => openKeyFiles([file(asP12(key, 'x').subarray(0, 400))], 'x'))).toBe('sign.key-file-damaged')
  })

  it('of any damage is opened or refused in words, never otherwise', () => {
    const whole = asP12(newSigningKey('P-256'), 'x')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        // The number of rounds is left alone: larger ones only take their time.
        const damaged = Buffer.from(whole)
        damaged[at] = (damaged[at] ?? 0) ^ flip
        expect(codeOf(() => openKeyFiles([file(damaged)], 'x'))).toMatch(/^(sign\.[a-z-]+)?$/)
      }),
      { numRuns: 150 },
    )
  }, 60_000)
})

describe('a certificate', () => {
  const now = new Date('2026-11-23T00:00:00Z')
  it.each([
    ['that expired', { from: new Date('2025-01-01'), to: new Date('2026-01-01') }, /过期.*2026|2026.*过期/],
    ['that is not valid yet', { from: new Date('2027-01-01'), to: new Date('2028-01-01') }, /2027-01-01 起/],
    ['that is not for signing', { from: new Date('2026-01-01'), to: new Date('2028-01-01'), usage: 0x20 }, /用途/],
  ])('%s is doubted', (_, more, words) => {
    expect(doubtAbout(newSigningKey('P-256', more).certificate, now)?.zh).toMatch(words)
  })

  it('that is valid and for signing is not', () => {
    const more = { from: new Date('2026-01-01'), to: new Date('2028-01-01') }
    expect(doubtAbout(newSigningKey('P-256', more).certificate, now)).toBeNull()
  })

  it('that somebody made for himself has no chain', () => {
    const { privateKey, publicKey } = newKey('P-256')
    const certificate = newCertificate({ subject: '自签', publicKey, issuer: { name: '自签', privateKey } })
    expect(openKeyFiles([file(asPem({ key: privateKey, certificate, chain: [] }, null))], null).chain).toEqual([])
  })
})

describe.skipIf(!hasOpenssl)('key files that OpenSSL wrote', () => {
  let dir: string
  const at = (name: string) => path.join(dir, name)
  const openssl = (...args: string[]) => spawnSync('openssl', args, { cwd: dir, encoding: 'utf8' })
  const key = newSigningKey('RSA 2048')
  beforeAll(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'greenprint-keys-'))
    const [secret = '', ...certificates] = asPem(key, null).split(/(?=-----BEGIN)/)
    writeFileSync(at('key.pem'), secret)
    writeFileSync(at('certificates.pem'), certificates.join(''))
  })
  afterAll(() => rmSync(dir, { recursive: true, force: true }))
  const exported = (name: string, ...more: string[]): Buffer => {
    openssl('pkcs12', '-export', '-inkey', 'key.pem', '-in', 'certificates.pem', '-passout', 'pass:秘密ab', '-out', name, ...more)
    return readFileSync(at(name))
  }

  it('open: AES as it writes today, 3DES as Windows used to, and a file without an integrity check', () => {
    const kinds = [
      [],
      ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
      ['-macalg', 'sha512'],
      ['-nomac'],
    ]
    for (const [number, more] of kinds.entries()) {
      const bytes = exported(`${number}.p12`, ...more)
      expect(openKeyFiles([file(bytes)], '秘密ab').key.equals(key.key)).toBe(true)
      expect(codeOf(() => openKeyFiles([file(bytes)], '秘密'))).toBe('sign.wrong-passphrase')
    }
  })

  it('are refused with advice where RC2 hides the certificates', () => {
    const bytes = exported('legacy.p12', '-legacy')
    expect(codeOf(() => openKeyFiles([file(bytes)], '秘密ab'))).toBe('sign.key-file-encryption')
  })

  it('of the old kind of PEM open too', () => {
    openssl('rsa', '-in', 'key.pem', '-traditional', '-aes256', '-passout', 'pass:x1', '-out', 'old.pem')
    const opened = openKeyFiles([file(readFileSync(at('old.pem'))), file(readFileSync(at('certificates.pem')))], 'x1')
    expect(opened.key.equals(key.key)).toBe(true)
  })

  it('reads the ones that are written here', () => {
    writeFileSync(at('own.p12'), asP12(key, 'ab'))
    expect(openssl('pkcs12', '-in', 'own.p12', '-passin', 'pass:ab', '-nodes').stdout).toContain('BEGIN PRIVATE KEY')
  })
})
