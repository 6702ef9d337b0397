import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import { foreignTexts, openDbf } from './dbf.ts'
import { chosenEncoding, detectEncoding } from './encoding.ts'
import type { Format, OpenedSource, OpenOptions } from './format.ts'
import { readWithGdal } from './gdal.ts'
import { dropOutputs, sourceOfGdal } from './gdal-source.ts'
import { statedCrs } from './named-crs.ts'
import { fileError, readBytes, shownName } from './read-file.ts'
import { siblings } from './shapefile.ts'
import { foreignLines, openStaging, stageFiles } from './staging.ts'

const TEXT_LIMIT_MB = 4
const TABLE_LIMIT_MB = 2000

/** MapInfo's names for character sets → decoder labels. */
const CHARSETS: Record<string, string> = {
  windowssimpchinese: 'gbk',
  windowstradchinese: 'big5',
  windowsjapanese: 'shift_jis',
  windowskorean: 'euc-kr',
  windowslatin1: 'windows-1252',
  windowslatin2: 'windows-1250',
  windowscyrillic: 'windows-1251',
  windowsgreek: 'windows-1253',
  windowsturkish: 'windows-1254',
  'utf-8': 'utf-8',
}

/** The character set under which the staged copy is read: the one that the text is in, whatever the file claims. */
const charsetOf = (label: string): string => {
  const wanted = label === 'gb18030' ? 'gbk' : label
  const key = Object.keys(CHARSETS).find((name) => CHARSETS[name] === wanted)
  return key === undefined ? 'Neutral' : (SPELLED[key] ?? 'Neutral')
}
const SPELLED: Record<string, string> = {
  windowssimpchinese: 'WindowsSimpChinese',
  windowstradchinese: 'WindowsTradChinese',
  windowsjapanese: 'WindowsJapanese',
  windowskorean: 'WindowsKorean',
  windowslatin1: 'WindowsLatin1',
  windowslatin2: 'WindowsLatin2',
  windowscyrillic: 'WindowsCyrillic',
  windowsgreek: 'WindowsGreek',
  windowsturkish: 'WindowsTurkish',
  'utf-8': 'UTF-8',
}

/** Where a set states its character set: `!charset X` and `Charset "X"`. */
const CHARSET = /(!charset\s+|\bCharset\s+")([\w-]+)/gi

function textsOf(set: ReadonlyMap<string, string>, shown: string, header: Buffer): Uint8Array[] {
  const texts: Uint8Array[] = header
    .toString('latin1')
    .split(/\r?\n/)
    .map((line) => Buffer.from(line, 'latin1'))
  const data = set.get('.dat')
  if (data !== undefined) {
    try {
      texts.push(...foreignTexts(openDbf(readBytes(data, shown, TABLE_LIMIT_MB), shown)))
    } catch (error) {
      if (!(error instanceof AppError)) throw error // what is wrong with the table, its reader says better
    }
  }
  for (const extension of ['.mid', '.mif']) {
    const file = set.get(extension)
    if (file !== undefined) texts.push(...foreignLines(file, shown))
  }
  return texts
}

function encodingOf(
  header: Buffer,
  texts: Uint8Array[],
  shown: string,
  chosen: string | null,
): ReturnType<typeof detectEncoding> {
  if (chosen !== null) return chosenEncoding(shown, chosen)
  const stated = [...header.toString('latin1').matchAll(CHARSET)].at(-1)?.[2] ?? ''
  const label = CHARSETS[stated.toLowerCase()]
  return detectEncoding(
    texts,
    label === undefined ? null : { name: label, source: bilingual(`Charset ${stated} `, `Charset ${stated}`) },
  )
}

async function openMapInfo(file: string, options: OpenOptions): Promise<OpenedSource> {
  const shown = shownName(file, options)
  const staged = openStaging(options)
  try {
    const extension = path.extname(file).toLowerCase()
    const all = setOf(file, shown)
    const wanted = extension === '.tab' ? ['.tab', '.dat', '.map', '.id', '.ind'] : ['.mif', '.mid']
    const set = new Map([...all].filter(([name]) => wanted.includes(name)))
    const parts = [...set].map(([name, from]) => ({ path: from, name: `source${name}` }))
    const sizeBytes = stageFiles(staged, parts, shown)
    const main = path.join(staged.folder, `source${extension}`)
    const isTab = extension === '.tab'
    const header = isTab ? readBytes(main, shown, TEXT_LIMIT_MB) : readFileSync(main)
    const { label, guess } = encodingOf(header, textsOf(set, shown, header.subarray(0, 65_536)), shown, options.encoding)
    writeFileSync(main, header.toString('latin1').replaceAll(CHARSET, `$1${charsetOf(label)}`), 'latin1')
    const answer = await readWithGdal({ file: main, shown, sizeBytes, numbered: false, report: options.report })
    try {
      return sourceOfGdal(
        answer.layers,
        {
          shown,
          rowOffset: null,
          values: (values) => values.map(([name, value]) => [name, value === '' ? null : value] as const), // it has no other missing
          name: () => null,
          crs: ({ wkt }, extent) => statedCrs({ source: bilingual('MapInfo 文件', 'the MapInfo file'), wkt }, extent),
          encoding: guess,
        },
        options,
      )
    } finally {
      dropOutputs(answer)
    }
  } finally {
    staged.remove()
  }
}

function setOf(file: string, shown: string): Map<string, string> {
  try {
    return siblings(file)
  } catch (error) {
    throw fileError(error, shown)
  }
}

const startsLikeTable = (head: Uint8Array): boolean =>
  /^\s*!(edit_version|table)/i.test(Buffer.from(head.subarray(0, 64)).toString('latin1'))

/** MapInfo tables: a .tab with its .dat, .map and .id, or the exchange pair .mif and .mid. */
export const mapinfo: Format = {
  id: 'mapinfo',
  label: bilingual('MapInfo（TAB 整套文件或 MIF/MID）', 'MapInfo (TAB set or MIF/MID)'),
  extensions: ['.tab', '.mif'],
  sidecars: ['.dat', '.map', '.id', '.ind', '.mid'],
  recognises(file, head) {
    const extension = path.extname(file).toLowerCase()
    return extension === '.mif' || (extension === '.tab' && startsLikeTable(head))
  },
  open: openMapInfo,
}
