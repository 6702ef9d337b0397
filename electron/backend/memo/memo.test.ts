import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { composeMemo } from '#core/memo/compose.ts'
import type { MemoDocument } from '#core/memo/document.ts'
import { exampleChecklist, exampleFinding, exampleInput } from '#core/memo/fixture.ts'
import { sealedJson } from '#core/memo/seal.ts'
import { AppError } from '#core/errors.ts'
import { openPdf } from './pdf-reader.ts'
import { readStructure } from './pdf-structure.ts'
import { assertTextKept } from './pdf-text.ts'
import { printPdf } from './print-pdf.ts'
import { renderHtml } from './render-html.ts'
import { sha256, verifyFile } from './verify.ts'
import { writeFileSafely } from './write-file.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'greenprint-memo-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const input = exampleInput(sha256)
const extras = { reviewJson: sealedJson(input.result, sha256), producer: 'Greenprint 0.1.0' }
const memo = (lang: 'zh' | 'en' = 'zh'): MemoDocument => composeMemo(input, lang)
const findChecklist = (id: string, version: string) =>
  id === exampleChecklist.id && version === exampleChecklist.version ? exampleChecklist : undefined
const save = (name: string, content: string | Uint8Array): string => {
  const file = path.join(folder, name)
  writeFileSync(file, content)
  return file
}
const isInstalled = (tool: string): boolean => spawnSync(tool, ['--version']).error === undefined

/** A memo of one paragraph, as hostile as a test makes it. */
const oneBlock = (block: unknown): MemoDocument => ({
  ...memo(),
  sections: [{ id: 'x', blocks: [block as MemoDocument['sections'][number]['blocks'][number]] }],
})

async function textOf(bytes: Uint8Array): Promise<string> {
  const pdf = await openPdf(bytes)
  let text = ''
  for (let page = 1; page <= pdf.numPages; page++) {
    const { items } = await (await pdf.getPage(page)).getTextContent({ disableNormalization: true })
    text += items.map((item) => ('str' in item ? item.str : '')).join('')
  }
  await pdf.close()
  return text
}

describe('the printed memo', () => {
  it.each(['zh', 'en'] as const)('is byte for byte the same when printed again (%s)', async (lang) => {
    const [first, second] = [await printPdf(memo(lang), extras), await printPdf(memo(lang), extras)]
    expect(Buffer.compare(first, second)).toBe(0)
    const head = Buffer.from(first).toString('latin1')
    expect(head.startsWith('%PDF-1.7')).toBe(true)
    expect(head).toContain('pdfaid:conformance>A<')
    expect(head).toContain('pdfaid:part>3<')
    expect(head).toContain('pdfuaid:part>1<')
    expect(head).toContain(lang === 'zh' ? '(zh-CN)' : '(en-GB)')
    expect(head).toContain('/AFRelationship /Source')
    expect(head).toContain('/DisplayDocTitle true')
  })

  it.skipIf(!isInstalled('qpdf'))('has a structure that qpdf finds no fault with', async () => {
    expect(spawnSync('qpdf', ['--check', save('check.pdf', await printPdf(memo(), extras))]).status).toBe(0)
  })

  it.skipIf(!isInstalled('pdffonts'))('embeds every font', async () => {
    const file = save('fonts.pdf', await printPdf(memo('en'), extras))
    const fonts = spawnSync('pdffonts', [file], { encoding: 'utf8' }).stdout.trim().split('\n').slice(2)
    expect(fonts.length).toBeGreaterThanOrEqual(3)
    for (const font of fonts) expect(font).toMatch(/Noto(Sans|Serif)SC.*yes yes yes/)
  })

  it('carries metadata that stays well-formed, whatever the names are', async () => {
    const bytes = await printPdf({ ...memo(), title: '甲 & 乙 <规划>', author: '李 & <张>' }, extras)
    const xmp = /<x:xmpmeta[\s\S]*?<\/x:xmpmeta>/.exec(Buffer.from(bytes).toString('utf8'))?.[0] ?? ''
    expect(xmp).toContain('甲 &amp; 乙 &lt;规划&gt;')
    expect(xmp).not.toMatch(/&(?!amp;|lt;|gt;)/)
  })

  it('loses none of 400 long findings', async () => {
    const findings = Array.from({ length: 400 }, (_, index) =>
      exampleFinding(
        index + 1,
        'A03',
        'must',
        `第${index + 1}条：${'公园出入口与步行网络未衔接，服务半径内仍有居住地块未覆盖。'.repeat((index % 40) + 1)}结${index + 1}束`,
        `请补充${index + 1}号方案。`,
      ),
    )
    const large = composeMemo(exampleInput(sha256, { findings, side: 4 }), 'zh')
    const bytes = await printPdf(large, extras)
    const text = (await textOf(bytes)).replaceAll(/\s/g, '')
    expect(text).toContain('请补充400号方案。')
    expect(text).toContain('第398条')
  }, 120_000)

  it('keeps very long words, rare characters and a row taller than a page', async () => {
    const wide = { runs: [{ text: `${'x'.repeat(20_000)}终` }] }
    const tall = { runs: [{ text: `${'很长的意见。'.repeat(900)}完毕了` }] }
    const rare = { runs: [{ text: '𠮷林、㐂、䶮、😀 emoji' }] }
    const table = {
      kind: 'table',
      caption: '表',
      head: [{ runs: [{ text: '甲' }] }, { runs: [{ text: '乙' }] }],
      rows: [
        [wide, tall],
        [rare, rare],
      ],
      widths: [30, 70],
    }
    const text = (await textOf(await printPdf(oneBlock(table), extras))).replaceAll(/\s/g, '')
    expect(text).toContain('完毕了')
    expect(text).toContain('㐂、䶮、□emoji')
    expect(text).toContain('U+1F600')
    expect(text).toContain('U+20BB7')
  }, 60_000)
})

describe('text that layout lost', () => {
  it('is a failure with its words', async () => {
    const bytes = await printPdf(memo(), extras)
    const more: MemoDocument = {
      ...memo(),
      sections: [...memo().sections, { id: 'y', blocks: [{ kind: 'paragraph', runs: [{ text: '这一句从未印出。' }] }] }],
    }
    const written = await readStructure(bytes)
    expect(() => assertTextKept(written, more)).toThrow(
      expect.objectContaining({ code: 'memo.text-lost', params: { part: '这一句从未印出。' } }),
    )
  })
})

describe('attacks', () => {
  it('objects in place of text become text: no picture is opened', async () => {
    const picture = path.resolve('node_modules/@expo-google-fonts/noto-sans-sc/font-family.png')
    const text = await textOf(
      await printPdf(
        oneBlock({ kind: 'paragraph', runs: [{ text: { image: picture }, image: picture, link: 'file:///bin/sh' }] }),
        extras,
      ),
    )
    expect(text).toContain('[object Object]')
    const bytes = Buffer.from(
      await printPdf(oneBlock({ kind: 'paragraph', runs: [{ text: 'a', image: picture, link: 'file:///etc/passwd' }] }), extras),
    ).toString('latin1')
    expect(bytes).not.toMatch(/\/Subtype \/Image|\/URI/)
  })

  it.each([
    `<svg viewBox="0 0 9 9"><image href="${path.resolve('node_modules/@expo-google-fonts/noto-sans-sc/font-family.png')}" width="9" height="9"/></svg>`,
    '<svg viewBox="0 0 9 9"><image xlink:href="http://127.0.0.1:1/a.png"/></svg>',
    '<svg viewBox="0 0 9 9"><foreignObject/></svg>',
  ])('a figure that is not ours is refused in PDF and HTML', async (svg) => {
    const document = oneBlock({ kind: 'map', figure: { svg, widthMm: 50, heightMm: 50, caption: 'c', alt: 'a' } })
    await expect(printPdf(document, extras)).rejects.toMatchObject({ code: 'memo.unsafe-figure' })
    expect(() => renderHtml(document, extras.reviewJson)).toThrow(AppError)
  })

  it('an export that takes too long or is cancelled ends with its own message', async () => {
    await expect(printPdf(memo(), extras, undefined, { seconds: 0.02, memoryMb: 512 })).rejects.toMatchObject({
      code: 'memo.timeout',
    })
    const cancel = new AbortController()
    const printing = printPdf(memo(), extras, cancel.signal)
    setTimeout(() => cancel.abort(), 30)
    await expect(printing).rejects.toMatchObject({ code: 'request.cancelled' })
    await expect(printPdf(memo(), extras, undefined, { seconds: 60, memoryMb: 8 })).rejects.toMatchObject({
      code: 'memo.too-large',
    })
  })
})

describe('verification', () => {
  it.each(['pdf', 'html', 'json'])('matches an untouched %s', async (kind) => {
    const content =
      kind === 'pdf'
        ? await printPdf(memo(), extras)
        : kind === 'html'
          ? renderHtml(memo(), extras.reviewJson)
          : extras.reviewJson
    const check = await verifyFile(save(`memo.${kind}`, content), findChecklist)
    expect(check).toEqual({
      match: true,
      sealStored: input.result.seal,
      sealRecomputed: input.result.seal,
      differences: [],
      notes: [],
    })
  })

  it('names the number that was changed in the record attached to a PDF', async () => {
    const reviewJson = extras.reviewJson.replace('12345.6', '12345.7')
    const check = await verifyFile(save('changed.pdf', await printPdf(memo(), { ...extras, reviewJson })), findChecklist)
    expect(check.match).toBe(false)
    expect(check.sealRecomputed).not.toBe(check.sealStored)
    expect(check.differences.map((difference) => difference.path)).toEqual(['indicators[control-lines].outcome.value'])
    expect(check.differences[0]?.recomputed).toContain('12345.7')
  })

  it('says what it cannot check, and what is no memo', async () => {
    const known = await verifyFile(save('a.json', extras.reviewJson), () => undefined)
    expect(known).toMatchObject({ match: true, notes: [{ en: expect.stringContaining('not installed') as string }] })
    const broken = JSON.stringify({ ...(JSON.parse(extras.reviewJson) as object), indicators: 'none' })
    await expect(verifyFile(save('b.json', broken), findChecklist)).rejects.toMatchObject({
      code: 'memo.broken-record',
      params: { where: 'indicators' },
    })
    for (const [name, content] of [
      ['c.json', '{"a":1}'],
      ['d.html', '<p>hello</p>'],
      ['e.txt', 'hello'],
    ] as const) {
      await expect(verifyFile(save(name, content), findChecklist)).rejects.toMatchObject({ code: 'memo.not-a-memo' })
    }
    await expect(verifyFile(save('f.pdf', '%PDF-1.7 nothing'), findChecklist)).rejects.toMatchObject({
      code: 'memo.broken-record',
    })
  })
})

describe('the HTML twin', () => {
  it.each(['zh', 'en'] as const)('stands alone and is accessible in structure (%s)', (lang) => {
    const html = renderHtml(memo(lang), extras.reviewJson)
    expect(html).toContain(`<html lang="${lang === 'zh' ? 'zh-CN' : 'en-GB'}">`)
    expect(html).not.toMatch(/<script|\son\w+=|src=|url\((?!#gp-)|@import/i)
    expect(html.match(/<h1/g)).toHaveLength(1)
    expect(html.match(/<table/g)?.length).toBe(html.match(/<caption/g)?.length)
    expect(html).toContain('<th scope="col">')
    expect(html).toMatch(/<svg[^>]+role="img" aria-label="[^"]+"/)
  })

  it('shows markup in texts as text', () => {
    const html = renderHtml(oneBlock({ kind: 'paragraph', runs: [{ text: '<img src=x onerror=alert(1)> & "q"' }] }), '{}')
    expect(html).toContain('&lt;<span lang="en-GB">img src</span>=x onerror=alert(1)&gt; &amp; &quot;q&quot;')
  })
})

describe('writing files', () => {
  it('writes all or nothing and says why not', async () => {
    const target = path.join(folder, 'out', 'x.json')
    await expect(writeFileSafely(target, 'a')).rejects.toMatchObject({
      code: 'memo.cannot-write',
      params: { file: 'x.json', problem: 'ENOENT' },
    })
    const written = await writeFileSafely(path.join(folder, 'y.json'), '绿')
    expect(written).toMatchObject({ fileName: 'y.json', sizeBytes: 3, sha256: sha256('绿') })
    expect(readFileSync(written.path, 'utf8')).toBe('绿')
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })
})
