import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { newKeyFile } from '#backend/fixture-key-file.ts'
import type { Verification } from '#core/contract/procedures.ts'
import type { Signing } from '#core/contract/sign-procedures.ts'
import type { AppError } from '#core/errors.ts'
import { withSession } from './session.ts'
import { cliFolder, QUIET } from './testing.ts'

const { at, greenprint, measuredCity } = cliFolder('sign')
const PASSPHRASE = 'qinglan-秘密-7319'
const key = newKeyFile(PASSPHRASE)
const SIGN = ['--sign', 'key.p12', '--sign-passphrase-file', 'words.txt', '--sign-reason', '审查意见签发', '--sign-place', '青岚']
const isInstalled = (tool: string): boolean => spawnSync(tool, ['--version']).error === undefined

beforeAll(() => {
  measuredCity('office')
  fs.writeFileSync(at('key.p12'), key.p12)
  fs.writeFileSync(at('words.txt'), `${PASSPHRASE}\n`)
  fs.mkdirSync(at('roots'))
  fs.writeFileSync(at('roots', 'root.pem'), key.rootPem)
}, 120_000)

/** Every file below a folder. */
const filesBelow = (folder: string): string[] =>
  fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name)).filter((file) => fs.statSync(file).isFile()) // prettier-ignore

describe('greenprint memo --sign, map --sign, sign and verify', { timeout: 180_000 }, () => {
  it('print a memo that is signed, sealed, and by whom it says', () => {
    const printed = greenprint<{ seal: string; files: { sha256: string }[] }>('memo', '--catalogue', at('office'), '--memo', at('memo.pdf'), ...SIGN) // prettier-ignore
    expect(printed).toMatchObject({ status: 0 })
    const checked = greenprint<Verification>('verify', at('memo.pdf'), '--roots', at('roots'), '--lang', 'en')
    expect(checked).toMatchObject({ status: 0, document: { match: true, sealStored: printed.document.seal } })
    expect(checked.document.signatures).toMatchObject({
      roots: 1,
      takenOut: 0,
      signatures: [
        { state: 'valid', isBaselineB: true, coversWholeFile: true, chain: 'trusted', reason: '审查意见签发', place: '青岚' },
      ],
    })
    expect(checked.stderr).toMatch(/The signature holds: CN=周岚/)
    expect(checked.stderr).toMatch(/no time stamp proves it \(PAdES B-B\)/)
    const told = isInstalled('pdfsig') ? spawnSync('pdfsig', ['-nocert', at('memo.pdf')], { encoding: 'utf8' }).stdout : 'Signature is Valid' // prettier-ignore
    expect(told).toContain('Signature is Valid')
  })

  it('name what was changed after signing', () => {
    const bytes = fs.readFileSync(at('memo.pdf'))
    fs.writeFileSync(at('longer.pdf'), Buffer.concat([bytes, Buffer.from('\n99999 0 obj\n<< /Type /Page >>\nendobj\n')]))
    const longer = greenprint<Verification>('verify', at('longer.pdf'))
    expect(longer).toMatchObject({ status: 4, document: { signatures: { signatures: [{ state: 'changed-after' }] } } })
    expect(longer.stderr).toContain('其后追加了内容')
    expect(longer.stderr).toContain('未对照任何受信任的根证书')
  })

  it('sign any PDF, and refuse what cannot be signed before anything is opened', () => {
    fs.copyFileSync(at('memo.pdf'), at('once.pdf'))
    const twice = greenprint('sign', at('once.pdf'), '-o', at('twice.pdf'), '--catalogue', at('office'), ...SIGN.slice(0, 4))
    const fingerprint = expect.stringMatching(/^[0-9a-f]{64}$/) as string
    expect(twice).toMatchObject({ status: 0, document: { certificate: { fingerprint } } })
    expect(greenprint('map', '--catalogue', at('office'), '--out', at('map.svg'), ...SIGN).status).toBe(2)
    expect(greenprint('memo', '--catalogue', at('office'), '--html', at('none.html'), ...SIGN).status).toBe(2)
  })

  it('do the same on the way that a screen takes: maps, doubtful certificates, wrong passphrases, what is remembered', async () => {
    const over = newKeyFile(PASSPHRASE, 'P-256', { from: new Date('2020-01-01'), to: new Date('2021-01-01') })
    fs.writeFileSync(at('over.p12'), over.p12)
    const printed = greenprint<{ isRegistered: boolean }>('map', '--catalogue', at('office'), '--out', at('map.pdf'), ...SIGN)
    expect(printed).toMatchObject({ status: 0, document: { isRegistered: true } })
    await withSession(at('office'), QUIET, async (session) => {
      const by = (file: string) => ({ key: session.files([at(file)]), passphrase: PASSPHRASE, reason: '', place: '' })
      const refusal = (signing: Signing) =>
        session.call('sign.pdf', { files: session.files([at('twice.pdf')]), sign: signing, target: null }).then(
          () => null,
          (error: AppError) => error.code,
        )
      expect(await refusal({ ...by('key.p12'), passphrase: 'wrong' })).toBe('sign.wrong-passphrase')
      expect(await refusal(by('over.p12'))).toBe('sign.certificate-doubtful')
      expect((await session.call('sign.look', { key: by('over.p12').key, passphrase: PASSPHRASE })).doubt?.en).toContain('expired') // prettier-ignore
      expect(await refusal({ ...by('over.p12'), evenIfDoubtful: true })).toBeNull()
      expect(await session.call('sign.remembered', {})).toEqual({ fileName: null })

      expect(await refusal({ ...by('key.p12'), remember: true })).toBeNull()
      expect(await session.call('sign.remembered', {})).toEqual({ fileName: 'key.p12' })
      expect(fs.readFileSync(at('office', 'signing.json'), 'utf8')).not.toContain(PASSPHRASE)
      expect(await refusal({ key: null, passphrase: PASSPHRASE, reason: '', place: '' })).toBeNull()
      expect(await session.call('sign.remembered', {})).toEqual({ fileName: null })

      const verified = async (file: string) => session.call('memo.verify', { files: session.files([at(file)]) })
      expect(await verified('map.pdf')).toMatchObject({
        match: true,
        hasNoRecord: true,
        signatures: { signatures: [{ state: 'valid' }] },
      })
      const twice = await verified('twice.pdf')
      expect(twice.match).toBe(true)
      expect(twice.signatures?.signatures.map(({ state }) => state)).toEqual(['valid', 'valid'])
      const [memo] = await session.call('share.look', { files: session.files([at('memo.pdf')]), passphrase: null })
      expect(memo?.memo?.signatures?.signatures).toHaveLength(1)
      const log = await session.call('audit.list', { before: null })
      expect(log.intact).toBe(true)
      expect(log.entries.filter(({ action }) => action === 'pdf.signed').length).toBeGreaterThanOrEqual(4)
    })
  })

  it('leave nothing of the key or its passphrase in the catalogue, its logs, or the signed files', () => {
    const files = [...filesBelow(at('office')), ...['memo.pdf', 'map.pdf', 'twice.pdf'].map((name) => at(name))]
    expect(files.length).toBeGreaterThan(8)
    for (const file of files) {
      const bytes = fs.readFileSync(file)
      for (const secret of key.secrets) expect(bytes.includes(secret), path.basename(file)).toBe(false)
    }
    expect(fs.existsSync(at('office', 'signing.json'))).toBe(false)
  })
})
