import type { FindingColumn, FindingRow } from '#core/review/finding-rows.ts'
import type { Bilingual, Lang } from '#core/text.ts'
import { formatMoment } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { SeverityChip, StatusChip } from './severity-chip.tsx'

/** Widths in pixels; the text takes what is left. */
export const COLUMN_PX: Readonly<Record<FindingColumn, number>> = {
  number: 58,
  status: 98,
  severity: 128,
  item: 150,
  point: 150,
  text: 136,
  action: 160,
  by: 84,
  at: 132,
  round: 64,
  replies: 68,
}

const titled = (part: { id: string; title: Bilingual | null } | null, lang: Lang) =>
  part === null ? '' : part.title === null ? part.id : `${part.id} ${part.title[lang]}`

/** One cell of the table. */
export function FindingCell({ row, column }: { row: FindingRow; column: FindingColumn }) {
  const { lang } = useWords()
  const { finding } = row
  switch (column) {
    case 'status':
      return <StatusChip row={row} />
    case 'severity':
      return <SeverityChip severity={finding.severity} />
    case 'item':
      return titled(row.item, lang)
    case 'point':
      return row.point?.title?.[lang] ?? row.point?.id ?? ''
    case 'at':
      return formatMoment(finding.at, lang)
    case 'round':
      return row.round
    case 'replies':
      return row.replies === 0 ? '' : row.replies
    default:
      return finding[column]
  }
}
