import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandLine } from './command-line.ts'
import { progressLine } from './progress.ts'
import { COMMAND_LINE } from './testing.ts'

let dir: string
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'greenprint-cli-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

interface Answered {
  code: number | null
  /** stdout as the one JSON document that it must be. */
  document: Record<string, unknown> & { error?: { code: string; title: string; cause: string; next: string } }
  stderr: string
}

/** Runs the real command line in a process of its own. `onStderr` may end it. */
function greenprint(
  args: readonly string[],
  onStderr?: (text: string, kill: (signal: NodeJS.Signals) => void) => void,
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [COMMAND_LINE, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: dir,
      env: { ...process.env, TMPDIR: dir },
    })
    const out = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out.stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      out.stderr += text
      onStderr?.(out.stderr, (signal) => child.kill(signal))
    })
    child.on('error', reject)
    child.on('close', (code) => {
      const lines = out.stdout.trimEnd().split('\n')
      if (lines.length !== 1) reject(new Error(`stdout is not one document: ${out.stdout}\n${out.stderr}`))
      else resolve({ code, document: JSON.parse(out.stdout) as Answered['document'], stderr: out.stderr })
    })
  })
}

/** The same without a process of its own, for commands that end before they do anything. */
async function inProcess(args: readonly string[]): Promise<Answered> {
  const said = { stdout: '', stderr: '' }
  const into = (name: 'stdout' | 'stderr') => ({ isTTY: false, write: (text: string) => (said[name] += text) !== '' })
  const signal = () => new AbortController().signal
  const code = await commandLine(args, { stdout: into('stdout'), stderr: into('stderr'), signal })
  return { code, document: JSON.parse(said.stdout) as Answered['document'], stderr: said.stderr }
}

const leftovers = () => readdirSync(dir).filter((name) => name.startsWith('greenprint-'))

describe('wrong usage', () => {
  it.each<[string, string[]]>([
    ['no such command', ['paint']],
    ['a command of a later version', ['merge', 'a']],
    ['a name from a prototype', ['constructor']],
    ['an unknown option', ['run', 'plan.json', '--speed', '9']],
    ['an option without its value', ['run', 'plan.json', '--memo']],
    ['a switch with a value', ['review', '--catalogue', 'c', '--item', 'A04', '--not-applicable=yes']],
    ['too few arguments', ['run']],
    ['too many arguments', ['run', 'a.json', 'b.json']],
    ['an argument where none belongs', ['roles', 'all']],
    ['a language that we do not speak', ['roles', '--lang', 'fr']],
    ['a port that is none', ['serve', '--port', '65536']],
    ['a port in words', ['serve', '--port', 'http']],
    ['too small a city', ['sample', 'd', '--parcels', '10']],
    ['half a parcel', ['sample', 'd', '--parcels', '1000.5']],
    ['a step without its catalogue', ['analyse']],
    ['a level without its item', ['review', '--catalogue', 'c', '--level', '3']],
    ['an item without a level', ['review', '--catalogue', 'c', '--item', 'A04', '--reason', 'x']],
    [
      'a level and not applicable',
      ['review', '--catalogue', 'c', '--item', 'A04', '--level', '3', '--not-applicable', '--reason', 'x'],
    ],
    ['a level without its reason', ['review', '--catalogue', 'c', '--item', 'A04', '--level', '3']],
    ['a level beyond four', ['review', '--catalogue', 'c', '--item', 'A04', '--level', '5', '--reason', 'x']],
    ['a memo without an output', ['memo', '--catalogue', 'c']],
  ])('%s ends with 2, the typed error and the usage', async (_, args) => {
    const { code, document, stderr } = await inProcess(args)
    expect([code, document.error?.code]).toEqual([2, 'cli.usage'])
    expect(stderr).toContain('greenprint')
    expect(leftovers()).toEqual([])
  })

  it('speaks the language that was asked for', async () => {
    expect(await greenprint(['run', '--lang', 'en'])).toEqual(await inProcess(['run', '--lang', 'en']))
    expect((await inProcess(['run', '--lang', 'en'])).document.error).toMatchObject({
      title: 'Wrong usage',
      cause: 'There are too few or too many arguments.',
    })
    expect((await inProcess(['run', '--lang=en'])).document.error?.title).toBe('Wrong usage')
    expect((await inProcess(['run'])).document.error?.title).toBe('命令写法有误')
  })
})

describe('what this version knows', () => {
  it('help lists every command', async () => {
    for (const args of [['help'], [], ['--help'], ['run', '--help']]) {
      const { code, document, stderr } = await inProcess(args)
      const names = (document['commands'] as { name: string }[]).map(({ name }) => name)
      expect([code, names.slice(0, 3)]).toEqual([0, ['run', 'inspect', 'import']])
      expect(names).toEqual(
        expect.arrayContaining(['analyse', 'review', 'memo', 'package', 'merge', 'verify', 'serve', 'self-test']),
      )
      for (const name of names) expect(stderr).toContain(`  ${name}`)
    }
  })
  it('--version prints name and version', async () => {
    const { version } = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../package.json'), 'utf8')) as {
      version: string
    }
    expect(await greenprint(['--version'])).toMatchObject({ code: 0, document: { name: 'greenprint', version } })
    // the same from a checkout, where nothing is built (`npm run cli`)
    const fromSources = spawnSync(process.execPath, [path.join(import.meta.dirname, 'main.ts'), '--version'], {
      encoding: 'utf8',
    })
    expect(JSON.parse(fromSources.stdout)).toMatchObject({ name: 'greenprint', version })
  })
  it.each([
    ['indicators', 'B01'],
    ['checklists', 'green-low-carbon'],
    ['formats', 'geojson'],
    ['roles', 'landuse_plan'],
  ])('%s are printed as JSON', async (command, known) => {
    const { code, document } = await greenprint([command])
    const entries = document as unknown as { id: string; title?: object; label?: object }[]
    expect(code).toBe(0)
    expect(entries.map(({ id }) => id)).toContain(known)
    for (const { title, label } of entries)
      expect(title ?? label).toMatchObject({ zh: expect.any(String), en: expect.any(String) })
    expect(leftovers()).toEqual([])
  })
})

const hasGdal = spawnSync('ogrinfo', ['--version']).status === 0
if (!hasGdal) console.log('ogrinfo is not installed: its opinion of the evidence is not asked')

describe('a review from end to end', () => {
  const at = (name: string) => path.join(dir, name)
  let result: Record<string, unknown>
  beforeAll(async () => {
    await greenprint(['sample', at('city'), '--parcels', '1000', '--seed', '7'])
    const manifest = JSON.parse(readFileSync(at('city/plan.json'), 'utf8')) as Record<string, unknown>
    const entries = [{ item: 'C01', level: 3, reason: '规划文本第 12 页', document: 'text.pdf', page: 12 }]
    writeFileSync(at('city/with-entries.json'), JSON.stringify({ ...manifest, entries }))
    const outputs = ['--memo', at('m.pdf'), '--html', at('m.html'), '--json', at('m.json'), '--gpkg', at('m.gpkg')]
    const { code, document, stderr } = await greenprint(['run', at('city/with-entries.json'), ...outputs, '--lang', 'en'])
    if (code !== 0) throw new Error(stderr)
    result = document
  }, 120_000)

  it('prints the result and writes every output', () => {
    expect(result).toMatchObject({
      schema: 'review-result/1',
      checklist: { id: 'green-low-carbon' },
      seal: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(['m.pdf', 'm.html', 'm.json', 'm.gpkg'].filter((name) => !existsSync(at(name)))).toEqual([])
    expect(leftovers()).toEqual([])
  })
  it.skipIf(!hasGdal)('writes evidence that GDAL opens: features of each indicator, in the plan’s system', () => {
    const { stdout, stderr } = spawnSync('ogrinfo', ['-ro', '-al', '-so', at('m.gpkg')], { encoding: 'utf8' })
    expect(stderr).toBe('')
    const layers = stdout
      .split('Layer name: ')
      .slice(1)
      .filter((layer) => !layer.startsWith('greenprint_'))
    expect(layers.length).toBeGreaterThan(3)
    for (const layer of layers) {
      expect(layer).toMatch(/^[A-Z]\d\d_(polygon|line|point)\b/)
      expect(Number(/Feature Count: (\d+)/.exec(layer)?.[1])).toBeGreaterThan(0)
      expect(layer).toContain('ID["EPSG",4547]')
      for (const field of ['indicator', 'layer', 'plan_fid', 'value', 'note']) expect(layer).toContain(`\n${field}: `)
    }
  })
  it('applies the entries of the manifest', () => {
    const { items } = result['checklist'] as { items: { id: string; level: number | null; source: string }[] }
    expect(items.find(({ id }) => id === 'C01')).toMatchObject({ level: 3, entry: { reason: '规划文本第 12 页', page: 12 } })
  })
  it.each(['m.pdf', 'm.html', 'm.json'])('verifies %s', async (name) => {
    expect(await greenprint(['verify', at(name)])).toMatchObject({
      code: 0,
      document: { match: true, sealStored: result['seal'] },
    })
  })
  it('ends with 4 when a memo was changed', async () => {
    const changed = { ...result, plan: { ...(result['plan'] as object), name: 'Another plan' } }
    writeFileSync(at('changed.json'), JSON.stringify(changed))
    const { code, document } = await greenprint(['verify', at('changed.json')])
    expect([code, document['match']]).toEqual([4, false])
    expect(document['sealRecomputed']).not.toBe(document['sealStored'])
  })
  it('takes the same way in single steps on a catalogue', async () => {
    const on = ['--catalogue', at('catalogue')]
    expect((await greenprint(['analyse', ...on])).document.error?.code).toBe('cli.no-plan')
    const imported = await greenprint(['import', at('city/plan.json'), ...on])
    expect(imported.code, imported.stderr).toBe(0)
    const { plan } = imported.document as unknown as { plan: { id: string } }
    expect(await greenprint(['analyse', ...on])).toMatchObject({ code: 0, document: { planId: plan.id } })
    const reviewed = await greenprint(['review', ...on, '--item', 'C01', '--level', '2', '--reason', '见附图'])
    expect((reviewed.document['entries'] as unknown[]).at(-1)).toMatchObject({ item: 'C01', level: 2, reason: '见附图' })
    const memo = await greenprint(['memo', ...on, '--plan', plan.id, '--json', at('steps.json')])
    expect(memo).toMatchObject({ code: 0, document: { files: [{ format: 'json', path: at('steps.json') }] } })
    expect(await greenprint(['verify', at('steps.json')])).toMatchObject({ code: 0 })
    expect((await greenprint(['memo', ...on, '--plan', 'none', '--json', at('x.json')])).code).toBe(3)
    const chosen = [
      '--kind',
      'handover',
      '--style',
      'gbt9704',
      '--sections',
      'handover,seal',
      '--memo-lang',
      'both',
      '--office',
      '规划局',
    ]
    const table = await greenprint(['memo', ...on, ...chosen, '--html', at('table.html')])
    expect(table.code).toBe(0)
    // Marks of language stand between the words.
    const html = readFileSync(at('table.html'), 'utf8').replaceAll(/<\/?span[^>]*>/g, '')
    for (const words of ['规划局', '一、指标表　Indicator table', '一张图']) expect(html).toContain(words)
    expect(html).not.toContain('<section id="sources"')
    const sections = ['--sections', 'charts,flip,atlas']
    expect((await greenprint(['memo', ...on, ...sections, '--html', at('atlas.html')])).code).toBe(0)
    const pages = readFileSync(at('atlas.html'), 'utf8')
    for (const words of ['class="folds-out"', '图册目录', '权重敏感性', '评审人没有保留比选方案']) expect(pages).toContain(words)
    expect((await greenprint(['memo', ...on, '--kind', 'poem', '--html', at('y.html')])).code).toBe(2)
    const unknown = await greenprint(['memo', ...on, '--sections', 'poem', '--html', at('y.html')])
    expect([unknown.code, unknown.document.error?.code]).toEqual([3, 'memo.unknown-section'])
  }, 240_000)
  it('writes the report for whoever submitted the files, and still one document', async () => {
    const targets = ['--pdf', at('intake.pdf'), '--html', at('intake.html'), '--lang', 'en']
    const { code, document } = await greenprint(['inspect', at('city'), ...targets])
    expect(code).toBe(0)
    expect(document['files']).toEqual(expect.arrayContaining([expect.objectContaining({ error: null })]))
    expect(JSON.stringify(document)).not.toContain('"runs"')
    expect(readFileSync(at('intake.pdf')).subarray(0, 5).toString()).toBe('%PDF-')
    expect(readFileSync(at('intake.html'), 'utf8')).toContain('Report on the submitted data')
    const verified = await greenprint(['verify', at('intake.pdf')])
    expect([verified.code, verified.document.error?.code]).toEqual([3, expect.stringMatching(/^memo\./)])
  })
  it('inspects without importing', async () => {
    const { code, document } = await greenprint(['inspect', at('city')])
    expect(code).toBe(0)
    expect((document['files'] as unknown[]).length).toBeGreaterThan(0)
  })
  it('is cancelled by Ctrl+C, and leaves nothing', async () => {
    let sent = false
    const { code, document } = await greenprint(['sample', at('large'), '--parcels', '200000'], (_, kill) => {
      if (!sent) kill('SIGINT')
      sent = true
    })
    expect([code, document.error?.code]).toEqual([3, 'request.cancelled'])
    expect(leftovers()).toEqual([])
  }, 120_000)
})

describe('input that is refused ends with 3 and the typed error', () => {
  it.each<[string, string, string]>([
    ['no file', '', 'import.file-missing'],
    ['broken JSON', '{"greenprint": "plan-manifest/1",', 'import.json-broken'],
    ['an unknown key', '{"greenprint":"plan-manifest/1","name":"x","layerz":[]}', 'import.manifest-invalid'],
  ])('%s', async (name, content, error) => {
    const file = path.join(dir, `${name}.json`)
    if (content !== '') writeFileSync(file, content)
    const { code, document } = await greenprint(['run', file])
    expect([code, document.error?.code]).toEqual([3, error])
    for (const sentence of ['title', 'cause', 'next'] as const) expect(document.error?.[sentence]).toMatch(/\p{Script=Han}/u)
  })
  it('a JSON file that is no manifest', async () => {
    const file = path.join(dir, 'points.geojson')
    writeFileSync(
      file,
      '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[120,30]}}]}',
    )
    expect((await greenprint(['run', file])).document.error?.code).toBe('cli.not-a-manifest')
  })
  it('a memo that is none', async () => {
    const file = path.join(dir, 'none.pdf')
    writeFileSync(file, '%PDF-1.4 nothing')
    expect(await greenprint(['verify', file])).toMatchObject({ code: 3 })
  })
  it('a catalogue that is none', async () => {
    writeFileSync(path.join(dir, 'a-file'), 'x')
    const { code } = await greenprint(['analyse', '--catalogue', path.join(dir, 'a-file')])
    expect([1, 3]).toContain(code)
  })
})

describe('self-test', () => {
  it('passes here and names what only Electron can show', async () => {
    const { code, document, stderr } = await greenprint(['self-test', '--lang', 'en'])
    const probes = document['probes'] as { id: string; outcome: string; detail: string }[]
    expect(probes.filter(({ outcome }) => outcome === 'failed')).toEqual([])
    expect([code, document['ok']]).toEqual([0, true])
    expect(probes.filter(({ outcome }) => outcome === 'passed').length).toBeGreaterThanOrEqual(14)
    expect(probes.filter(({ outcome }) => outcome === 'not run here').map(({ id }) => id)).toContain('fuses')
    expect(stderr).toContain('– Electron’s fuses')
  })
})

describe('progress', () => {
  const steps = [
    { done: 0, total: 0, label: { zh: '读取', en: 'Reading' } },
    { done: 1, total: 3, label: { zh: '读取', en: 'Reading' } },
    { done: 3, total: 3, label: { zh: '完成', en: 'Done' } },
  ]
  const written = (isTTY: boolean) => {
    let text = ''
    const line = progressLine({ isTTY, write: (part) => (text += part) }, 'en')
    for (const step of steps) line.show(step)
    line.end()
    return text
  }
  it('is one line that is written over on a terminal', () => {
    expect(written(true)).toBe('\r\u001b[2KReading\r\u001b[2KReading 33 %\r\u001b[2KDone 100 %\n')
  })
  it('is one line per step elsewhere', () => {
    expect(written(false)).toBe('Reading\nDone\n')
  })
})
