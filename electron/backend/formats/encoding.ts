import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import type { Guess } from '#core/model/inspection.ts'

/** Names that .cpg files and people use for encodings → labels of the platform's decoder. */
const NAMES: Record<string, string> = {
  utf8: 'utf-8',
  '65001': 'utf-8',
  gbk: 'gbk',
  '936': 'gbk',
  cp936: 'gbk',
  ansi936: 'gbk',
  gb2312: 'gbk',
  gb18030: 'gb18030',
  '54936': 'gb18030',
  big5: 'big5',
  '950': 'big5',
  cp950: 'big5',
  sjis: 'shift_jis',
  shiftjis: 'shift_jis',
  '932': 'shift_jis',
  cp932: 'shift_jis',
  '949': 'euc-kr',
  latin1: 'windows-1252',
  iso88591: 'windows-1252',
  '88591': 'windows-1252',
  '1252': 'windows-1252',
  ansi1252: 'windows-1252',
  cp1252: 'windows-1252',
}

/** Language driver byte of a DBF header → decoder label; 0x57 ("ANSI of that machine") says nothing and is left out. */
const LDID: Record<number, string> = {
  0x03: 'windows-1252',
  0x13: 'shift_jis',
  0x4d: 'gbk',
  0x4e: 'euc-kr',
  0x4f: 'big5',
  0x58: 'windows-1252',
  0x59: 'windows-1252',
  0x78: 'big5',
  0x79: 'euc-kr',
  0x7a: 'gbk',
  0x7b: 'shift_jis',
  0xc8: 'windows-1250',
  0xc9: 'windows-1251',
  0xcb: 'windows-1253',
  0xca: 'windows-1254',
}

/** The decoder's label of an encoding as people write it, or undefined when there is none. */
export function encodingLabel(name: string): string | undefined {
  const plain = name.trim().toLowerCase()
  const known = NAMES[plain.replace(/[\s_-]/g, '')]
  if (known !== undefined) return known
  try {
    return new TextDecoder(plain).encoding
  } catch {
    return undefined // the platform has no such decoder: the caller says so
  }
}

/** As people know it: "UTF-8", "GBK". */
export const shownEncoding = (label: string): string => (label.startsWith('windows') ? label : label.toUpperCase())

/** The encoding a person asked for. @throws AppError `import.encoding-unknown` */
export function chosenEncoding(file: string, name: string): { label: string; guess: Guess<string | null> } {
  const label = encodingLabel(name)
  if (label === undefined) throw new AppError('import.encoding-unknown', { file, encoding: name })
  return {
    label,
    guess: {
      value: shownEncoding(label),
      confidence: 1,
      reason: bilingual('由清单或对话框指定', 'named in the manifest or dialog'),
    },
  }
}

/** True when all texts are valid in this encoding; a text cut inside its last character is still valid. */
export function isValidIn(label: string, texts: readonly Uint8Array[]): boolean {
  try {
    for (const text of texts) new TextDecoder(label, { fatal: true }).decode(text, { stream: true })
    return true
  } catch {
    return false // the decoder's way of saying no
  }
}

export const isAscii = (bytes: Uint8Array): boolean => bytes.every((byte) => byte < 0x80)

/** Share of double bytes that are everyday Chinese (the GB 2312 block): Western text read as GBK scores low. */
function everydayShare(texts: readonly Uint8Array[]): number {
  let pairs = 0
  let everyday = 0
  for (const text of texts) {
    for (let at = 0; at + 1 < text.length; at++) {
      const [lead = 0, trail = 0] = text.subarray(at, at + 2)
      if (lead < 0x81) continue
      pairs++
      if (trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xf7) || (lead >= 0xa1 && lead <= 0xa9))) everyday++
      at++
    }
  }
  return pairs === 0 ? 0 : everyday / pairs
}

const found = (label: string, confidence: number, zh: string, en: string): { label: string; guess: Guess<string | null> } => ({
  label,
  guess: { value: shownEncoding(label), confidence, reason: bilingual(zh, en) },
})

function byContent(texts: readonly Uint8Array[], leadZh: string, leadEn: string): { label: string; guess: Guess<string | null> } {
  if (isValidIn('utf-8', texts)) return found('utf-8', 0.9, `${leadZh}；内容是有效的 UTF-8`, `${leadEn}; the text is valid UTF-8`)
  const everyday = everydayShare(texts)
  if (isValidIn('gbk', texts) && everyday > 0.8) {
    return found(
      'gbk',
      everyday > 0.95 ? 0.8 : 0.65,
      `${leadZh}；不是 UTF-8，但符合 GBK 常用汉字`,
      `${leadEn}; not UTF-8, but everyday Chinese in GBK`,
    )
  }
  return found(
    'windows-1252',
    0.4,
    `${leadZh}；既不是 UTF-8 也不像 GBK，暂按西欧字符读取，请核对预览`,
    `${leadEn}; neither UTF-8 nor plausible GBK, read as Western European: check the preview`,
  )
}

/** How the text of a DBF is encoded: .cpg, then the language byte, then strict UTF-8, then GBK; what is declared must also be valid. */
export function detectDbfEncoding(
  cpg: string | null,
  ldid: number,
  texts: readonly Uint8Array[],
): { label: string; guess: Guess<string | null> } {
  const foreign = texts.filter((text) => !isAscii(text))
  const declared = cpg === null || cpg.trim() === '' ? undefined : encodingLabel(cpg)
  if (foreign.length === 0)
    return found(declared ?? 'utf-8', 1, '只有 ASCII 字符，与编码无关', 'only ASCII characters, so the encoding does not matter')
  if (declared !== undefined) {
    if (isValidIn(declared, foreign))
      return found(declared, 0.98, `.cpg 文件写明 ${cpg?.trim()}`, `the .cpg file says ${cpg?.trim()}`)
    return weaker(
      byContent(
        foreign,
        `.cpg 写明 ${cpg?.trim()}，但内容不符`,
        `the .cpg file says ${cpg?.trim()}, but the text is not valid in it`,
      ),
    )
  }
  const byDriver = LDID[ldid]
  if (byDriver !== undefined && isValidIn(byDriver, foreign)) {
    const hex = `0x${ldid.toString(16).padStart(2, '0').toUpperCase()}`
    return found(
      byDriver,
      0.9,
      `DBF 语言标志 ${hex} 表示 ${shownEncoding(byDriver)}`,
      `the DBF language byte ${hex} means ${shownEncoding(byDriver)}`,
    )
  }
  return byContent(foreign, '没有可用的 .cpg 和语言标志', 'no usable .cpg or language byte')
}

const weaker = (result: { label: string; guess: Guess<string | null> }): { label: string; guess: Guess<string | null> } => ({
  ...result,
  guess: { ...result.guess, confidence: Math.min(result.guess.confidence, 0.55) },
})
