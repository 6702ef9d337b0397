import { parse } from 'csv-parse/sync'
import { bilingual } from '#core/text.ts'
import type { Guess } from '#core/model/inspection.ts'
import { looksLikeWkt } from './wkt-geometry.ts'

/** Signs that part columns, the likeliest first. */
const DELIMITERS = [',', '\t', ';', '|', '，'] as const
const NAMES: Record<string, { zh: string; en: string }> = {
  ',': { zh: '逗号', en: 'a comma' },
  '\t': { zh: '制表符', en: 'a tab' },
  ';': { zh: '分号', en: 'a semicolon' },
  '|': { zh: '竖线', en: 'a vertical bar' },
  '，': { zh: '中文逗号', en: 'a Chinese comma' },
}
const MAX_SAMPLE_ROWS = 200
/** A sign that no text has: the whole line is one column. */
const NO_DELIMITER = '\u001F'

/** How csv-parse is told to read: lenient where programs differ, within a budget for one record. */
export const csvOptions = (delimiter: string) =>
  ({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: 64 * 1024 * 1024,
    info: true,
  }) as const

/** Rows of a sample, without its last line, which may be cut. */
function sampleRows(sample: string, delimiter: string, isWhole: boolean): string[][] {
  const end = isWhole ? sample.length : Math.max(sample.lastIndexOf('\n'), sample.lastIndexOf('\r'))
  try {
    const records = parse(end > 0 ? sample.slice(0, end) : sample, { ...csvOptions(delimiter), info: false, to: MAX_SAMPLE_ROWS })
    return records as unknown as string[][]
  } catch {
    return [] // a quote that is open at the cut, or that another delimiter would close: no evidence for this one
  }
}

interface Evidence {
  delimiter: string
  columns: number
  /** Share of rows with the usual number of columns. */
  even: number
}

function evidence(rows: readonly string[][], delimiter: string): Evidence {
  const counts = new Map<number, number>()
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1)
  const [columns, often] = [...counts].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0]
  return { delimiter, columns, even: rows.length === 0 ? 0 : often / rows.length }
}

/** The delimiter of a text table, with the reason; null when nothing parts columns (a table of one column). */
export function detectDelimiter(sample: string, isWhole: boolean): Guess<string> & { columns: number; even: number } {
  const all = DELIMITERS.map((delimiter) => evidence(sampleRows(sample, delimiter, isWhole), delimiter))
  const lines = sample.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '')
  const bare = lines.filter((line) => looksLikeWkt(line) && line.trimEnd().endsWith(')')).length
  const isBareWkt = bare > lines.length / 2 // its commas part positions, not columns
  const several = isBareWkt ? [] : all.filter(({ columns }) => columns > 1)
  const best = several.reduce<Evidence | undefined>(
    (a, b) =>
      a === undefined || b.even > a.even + 0.1 || (b.even > a.even - 0.1 && b.columns > a.columns * 1.5 && b.even === 1) ? b : a,
    undefined,
  )
  if (!best) {
    return {
      value: isBareWkt ? NO_DELIMITER : ',',
      confidence: 0.5,
      columns: 1,
      even: 1,
      reason: bilingual('只有一列', 'there is only one column'),
    }
  }
  const name = NAMES[best.delimiter] ?? { zh: best.delimiter, en: best.delimiter }
  const share = Math.round(best.even * 100)
  return {
    value: best.delimiter,
    confidence: Math.min(0.95, best.even),
    columns: best.columns,
    even: best.even,
    reason: bilingual(
      `分隔符为${name.zh}：${share}% 的行有 ${best.columns} 列`,
      `columns are parted by ${name.en}: ${share} % of the rows have ${best.columns} columns`,
    ),
  }
}
