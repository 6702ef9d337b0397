import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ASK_BELOW } from '#core/model/inspection.ts'
import { LAND_CLASSES } from '#core/reference/land-classes.ts'
import { bilingual } from '#core/text.ts'
import { decodeEntryNames } from './archive-names.ts'
import { decodeText } from './dbf.ts'
import { detectDbfEncoding, detectEncoding } from './encoding.ts'
import { encodeText } from './fixture-text.ts'

/** Zones of a Taiwanese plan, and Japanese use districts, as their offices write them. */
const TAIWAN = [
  '住宅區',
  '商業區',
  '機關用地',
  '學校用地',
  '公園用地',
  '綠地用地',
  '停車場用地',
  '道路用地',
  '農業區',
  '變電所用地',
  '垃圾處理廠',
]
const JAPAN = [
  '第一種低層住居専用地域',
  '近隣商業地域',
  '準工業地域',
  '都市計画公園',
  '市街化調整区域',
  'かすみがうら市',
  '沼津市役所',
  'スポーツ広場',
]
const SIMPLIFIED = LAND_CLASSES.map(({ zh }) => zh)
const bytes = (label: string, texts: readonly string[]): Uint8Array[] => texts.map((text) => encodeText(label, text))
const cpg = (name: string) => ({ name, source: bilingual('.cpg 文件', 'the .cpg file') })

describe('text without a declaration', () => {
  it.each([
    ['gbk', SIMPLIFIED, 'GBK'],
    ['big5', TAIWAN, 'BIG5'],
    ['shift_jis', JAPAN, 'SHIFT_JIS'],
    ['utf-8', TAIWAN, 'UTF-8'],
    ['windows-1252', ['Zürich', 'Genève', 'Münster', 'Besançon', 'Ängelholm', 'Córdoba', 'Nîmes', 'Skövde'], 'windows-1252'],
  ])('in %s is recognised, surely', (label, texts, shown) => {
    const { guess } = detectEncoding(bytes(label, texts), null)
    expect(guess.value).toBe(shown)
    expect(guess.confidence).toBeGreaterThanOrEqual(ASK_BELOW)
    expect(guess.doubt).toBeUndefined()
  })

  it('is recognised from any dozen names, and asked about when there is little of it', () => {
    for (const [label, texts, shown] of [
      ['gbk', SIMPLIFIED, 'GBK'],
      ['big5', TAIWAN, 'BIG5'],
      ['shift_jis', JAPAN, 'SHIFT_JIS'],
    ] as const)
      fc.assert(
        fc.property(fc.uniqueArray(fc.constantFrom(...texts), { minLength: 6, maxLength: 12 }), (some) => {
          const { guess } = detectEncoding(bytes(label, some), null)
          expect(guess.value).toBe(shown)
        }),
        { numRuns: 50 },
      )
    expect(detectEncoding(bytes('gbk', ['绿地']), null).guess.confidence).toBeLessThan(ASK_BELOW)
    expect(detectEncoding(bytes('utf-8', ['é']), null).guess.confidence).toBeLessThan(ASK_BELOW)
  })

  it('may have a damaged cell', () => {
    const texts = [...bytes('gbk', SIMPLIFIED), Uint8Array.of(0xb9, 0xab, 0xff, 0x41)]
    expect(detectEncoding(texts, null).guess.value).toBe('GBK')
  })

  it('never fails, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), fc.integer({ min: 0, max: 255 }), (texts, ldid) => {
        const { label, guess } = detectDbfEncoding(null, ldid, texts)
        expect(new TextDecoder(label).encoding).not.toBe('')
        expect(guess.confidence).toBeGreaterThan(0)
      }),
    )
  })
})

describe('a declaration', () => {
  it.each([
    ['UTF-8', 'gbk', SIMPLIFIED, 'GBK'],
    ['GBK', 'utf-8', SIMPLIFIED, 'UTF-8'],
    ['ISO 8859-1', 'gbk', SIMPLIFIED, 'GBK'],
    ['Big5', 'gbk', SIMPLIFIED, 'GBK'],
    ['GBK', 'big5', TAIWAN, 'BIG5'],
    ['ANSI 1252', 'shift_jis', JAPAN, 'SHIFT_JIS'],
  ])('of %s over %s is noticed and said', (declared, label, texts, shown) => {
    const { guess } = detectEncoding(bytes(label, texts), cpg(declared))
    expect(guess).toMatchObject({
      value: shown,
      doubt: { code: 'encoding.declared-wrong', params: { declared, found: shown } },
    })
    expect(guess.doubt?.text.zh).toContain(declared)
    expect(guess.confidence).toBeGreaterThanOrEqual(ASK_BELOW)
  })

  it('holds when the text is valid and as likely', () => {
    expect(detectEncoding(bytes('gbk', SIMPLIFIED), cpg('GB2312')).guess).toMatchObject({ value: 'GBK', confidence: 0.98 })
    expect(detectEncoding(bytes('big5', ['公園']), cpg('Big5')).guess).toMatchObject({ value: 'BIG5', confidence: 0.98 })
    expect(detectDbfEncoding(null, 0x4d, bytes('gbk', SIMPLIFIED)).guess).toMatchObject({ value: 'GBK', confidence: 0.9 })
    expect(detectDbfEncoding('', 0x57, bytes('gbk', SIMPLIFIED)).guess.value).toBe('GBK')
    expect(detectDbfEncoding('klingon', 0x4d, bytes('gbk', SIMPLIFIED)).guess).toMatchObject({ value: 'GBK', confidence: 0.9 })
  })
})

describe('text cut at the width of its field', () => {
  it('keeps every whole character and leaves no mark', () => {
    const long = '国土空间调查规划用途管制用地用海分类'.repeat(20)
    for (const label of ['gbk', 'utf-8', 'gb18030'])
      for (const width of [10, 254]) {
        const cut = encodeText(label, long).subarray(0, width)
        const { label: found, guess } = detectEncoding([cut, ...bytes(label, SIMPLIFIED)], cpg(label))
        const text = decodeText(new TextDecoder(found), cut)
        expect(guess.doubt).toBeUndefined()
        expect(long.startsWith(text)).toBe(true)
        expect(text.length).toBe(Math.floor(width / (label === 'utf-8' ? 3 : 2)))
      }
    const odd = encodeText('gbk', '公园绿地').subarray(0, 7)
    expect(decodeText(new TextDecoder('gbk'), odd)).toBe('公园绿')
  })
})

describe('names inside an archive', () => {
  const raw = (label: string, names: readonly string[]) =>
    names.map((name) => ({ raw: Buffer.from(encodeText(label, name)), isUtf8: false, extraFields: [] }))

  it.each([
    ['gbk', ['规划/用地规划.shp', '规划/用地规划.dbf', '规划/生态保护红线.shp', '规划/生态保护红线.dbf']],
    ['big5', ['都市計畫/土地使用分區.shp', '都市計畫/土地使用分區.dbf', '都市計畫/公園綠地.shp']],
    ['shift_jis', ['都市計画/用途地域.shp', '都市計画/用途地域.dbf', '緑地データ/公園.shp']],
    ['utf-8', ['用地规划.shp', '用地规划.dbf']],
  ])('are read together in %s', (label, names) => {
    expect(decodeEntryNames(raw(label, names))).toEqual(names)
  })

  it('that say their own encoding are believed', () => {
    const [first] = raw('gbk', ['用地规划.shp'])
    const flagged = { raw: Buffer.from('公園.shp'), isUtf8: true, extraFields: [] }
    const path = { id: 0x7075, data: Buffer.concat([Buffer.from([1, 0, 0, 0, 0]), Buffer.from('綠地.dbf')]) }
    const named = { raw: Buffer.from([0xff]), isUtf8: false, extraFields: [path] }
    expect(decodeEntryNames(first ? [first, flagged, named] : [])).toEqual(['用地规划.shp', '公園.shp', '綠地.dbf'])
  })
})
