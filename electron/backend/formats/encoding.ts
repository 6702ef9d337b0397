import { AppError } from '#core/errors.ts'
import { bilingual, type Bilingual } from '#core/text.ts'
import type { Guess } from '#core/model/inspection.ts'
import type { Note } from '#core/model/plan.ts'
import { encodingLabel, LDID, shownEncoding } from './encoding-names.ts'
import { hasStatistics, isMostlyValid, readings, sameEncoding, utf8Evidence, type Reading } from './encoding-statistics.ts'

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

/** Where a text's bytes come from, for the sentence that says why an encoding was chosen. */
export interface Declared {
  /** As written there. */
  name: string
  source: Bilingual
}

interface Found {
  label: string
  guess: Guess<string | null>
}

/** Characters at which half of what statistics can give is reached: short texts stay doubtful. */
const HALF_SURE_CHARACTERS = 3
const BEST_BY_STATISTICS = 0.97
/** More texts than this tell nothing new. */
const MAX_TEXTS = 2000

const found = (label: string, confidence: number, zh: string, en: string, doubt?: Note): Found => ({
  label,
  guess: { value: shownEncoding(label), confidence, reason: bilingual(zh, en), ...(doubt ? { doubt } : {}) },
})

/** What the text itself looks like. Certain only with many different characters; a rival close behind lowers it further. */
function byStatistics(
  texts: readonly Uint8Array[],
  declared: string | undefined,
  lead: Bilingual,
): { best: Found; others: Reading[] } {
  const [first, ...others] = readings(texts, declared)
  if (!first) {
    const reason = bilingual(
      `${lead.zh}；不符合任何已知编码，暂按西欧字符读取，请核对预览`,
      `${lead.en}; it fits no known encoding and is read as Western European: check the preview`,
    )
    return { best: found('windows-1252', 0.1, reason.zh, reason.en), others: [] }
  }
  const rivals = others.reduce((sum, { score }) => sum + Math.exp(Math.max(-700, score - first.score)), 1)
  const enough = first.characters / (first.characters + HALF_SURE_CHARACTERS)
  const confidence = Math.max(0.05, Number(((BEST_BY_STATISTICS * enough) / rivals).toFixed(2)))
  const shown = shownEncoding(first.label)
  const few = first.characters < 2 * HALF_SURE_CHARACTERS
  return {
    best: found(
      first.label,
      confidence,
      `${lead.zh}；按 ${first.characters} 个不同字符的常用程度判断，最像 ${shown} ${first.title.zh}${few ? '，但文字太少，请核对预览' : ''}`,
      `${lead.en}; by how usual its ${first.characters} different characters are, it is most like ${first.title.en} in ${shown}${few ? ', but there is little text: check the preview' : ''}`,
    ),
    others,
  }
}

function byContent(texts: readonly Uint8Array[], lead: Bilingual): Found {
  if (isMostlyValid('utf-8', texts)) {
    const { long, short } = utf8Evidence(texts)
    if (long >= 2 || short >= 6)
      return found(
        'utf-8',
        long + short >= 4 ? 0.95 : 0.8,
        `${lead.zh}；内容是有效的 UTF-8`,
        `${lead.en}; the text is valid UTF-8`,
      )
    return found(
      'utf-8',
      0.55,
      `${lead.zh}；内容是有效的 UTF-8，但文字太少，请核对预览`,
      `${lead.en}; the text is valid UTF-8, but there is little of it: check the preview`,
    )
  }
  const { best, others } = byStatistics(texts, undefined, lead)
  const alternatives = others
    .filter(({ label }) => label !== 'windows-1252')
    .slice(0, 2)
    .map(({ label, title }) => ({
      value: shownEncoding(label),
      confidence: 0.1,
      reason: bilingual(`也可能是${title.zh}`, `it could also be ${title.en}`),
    }))
  return { ...best, guess: { ...best.guess, others: alternatives } }
}

const wrongDeclaration = (source: Bilingual, name: string, shown: string): Note => ({
  severity: 'warning',
  code: 'encoding.declared-wrong',
  params: { declared: name, found: shown },
  text: bilingual(
    `${source.zh}写明编码为 ${name}，但文字内容是 ${shown}，已按 ${shown} 读取`,
    `${source.en} says ${name}, but the text is ${shown}; it was read as ${shown}`,
  ),
})

/**
 * How texts are encoded: what is declared, unless the text itself speaks clearly against it; then strict UTF-8; then the most
 * likely of GBK, Big5, Shift-JIS, EUC-KR and Western European by how usual the characters are. The reason says which it was.
 */
export function detectEncoding(texts: readonly Uint8Array[], declared: Declared | null, sure = 0.98): Found {
  const foreign = texts.filter((text) => !isAscii(text)).slice(0, MAX_TEXTS)
  const label = declared === null ? undefined : encodingLabel(declared.name)
  if (foreign.length === 0)
    return found(label ?? 'utf-8', 1, '只有 ASCII 字符，与编码无关', 'only ASCII characters, so the encoding does not matter')
  if (declared === null) return byContent(foreign, bilingual('没有声明编码', 'no encoding is declared'))
  const said = bilingual(`${declared.source.zh}写明 ${declared.name}`, `${declared.source.en} says ${declared.name}`)
  if (label === undefined)
    return byContent(foreign, bilingual(`${said.zh}，无法识别`, `${said.en}, which is not an encoding known here`))
  const actual = contradiction(foreign, label, said)
  if (actual === null) return found(label, sure, said.zh, said.en)
  const note = wrongDeclaration(declared.source, declared.name, actual.guess.value ?? '')
  return { ...actual, guess: { ...actual.guess, doubt: note } }
}

/** What the text is when it cannot be, or very probably is not, what was declared; null when the declaration holds. */
function contradiction(texts: readonly Uint8Array[], label: string, said: Bilingual): Found | null {
  const but = bilingual(`${said.zh}，但内容不符`, `${said.en}, but the text is not`)
  if (label === 'utf-8') return isMostlyValid(label, texts) ? null : byContent(texts, but)
  if (isValidIn('utf-8', texts) && utf8Evidence(texts).long >= 2) return byContent(texts, but)
  if (!isMostlyValid(label, texts)) return byContent(texts, but)
  if (!hasStatistics(label)) return null
  const { best } = byStatistics(texts, label, but)
  return sameEncoding(best.label, label) ? null : best
}

/** How the text of a DBF is encoded: its .cpg, then its language byte, then the text itself. */
export function detectDbfEncoding(cpg: string | null, ldid: number, texts: readonly Uint8Array[]): Found {
  const name = cpg?.replaceAll('\0', '').trim() ?? ''
  if (name !== '') {
    const byFile = detectEncoding(texts, { name, source: bilingual('.cpg 文件', 'the .cpg file') })
    if (encodingLabel(name) !== undefined) return byFile
  }
  const byDriver = LDID[ldid]
  if (byDriver === undefined) {
    const lead = bilingual('没有可用的 .cpg 和语言标志', 'no usable .cpg or language byte')
    const foreign = texts.filter((text) => !isAscii(text)).slice(0, MAX_TEXTS)
    return foreign.length === 0 ? detectEncoding(texts, null) : byContent(foreign, lead)
  }
  const hex = `0x${ldid.toString(16).padStart(2, '0').toUpperCase()}`
  const source = bilingual(`DBF 语言标志 ${hex} `, `the DBF language byte ${hex}`)
  return detectEncoding(texts, { name: shownEncoding(byDriver), source }, 0.9)
}
