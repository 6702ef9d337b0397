import { useEffect, useRef } from 'react'
import type { Block, Cell, MapFigure, PictureFigure, Run } from '#core/memo/document.ts'
import { useAttachmentAddress } from '../scoring/attachment-picture.tsx'

const Runs = ({ runs }: { runs: readonly Run[] }) =>
  runs.map((run, index) => (
    // Runs have no identity beyond their place in the line, and a line is never edited in place.
    // oxlint-disable-next-line react/no-array-index-key
    <span
      key={index}
      className={[run.strong && 'strong', run.muted && 'muted', run.code && 'code'].filter(Boolean).join(' ') || undefined}
    >
      {run.text}
    </span>
  ))

/** Our own generator's SVG, shown as an image: text never becomes part of this page's own tree. */
function Figure({ figure }: { figure: MapFigure }) {
  const image = useRef<HTMLImageElement>(null)
  useEffect(() => {
    const address = URL.createObjectURL(new Blob([figure.svg], { type: 'image/svg+xml' }))
    if (image.current) image.current.src = address
    return () => URL.revokeObjectURL(address)
  }, [figure.svg])
  return (
    <figure className="memo-map">
      <img ref={image} alt={figure.alt} style={{ width: `${figure.widthMm}mm`, aspectRatio: figure.widthMm / figure.heightMm }} />
      <figcaption>{figure.caption}</figcaption>
    </figure>
  )
}

/** A picture out of the catalogue, in the size that it has on paper. */
function Picture({ picture: { attachmentId, widthPx, heightPx, caption, alt } }: { picture: PictureFigure }) {
  const address = useAttachmentAddress(attachmentId)
  return (
    <figure className="memo-map">
      {address !== null && <img src={address} width={widthPx} height={heightPx} alt={alt} />}
      <figcaption>{caption}</figcaption>
    </figure>
  )
}

const cells = (row: readonly Cell[], Tag: 'th' | 'td') =>
  row.map(({ runs, align }, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- columns are fixed by the table's head
    <Tag key={index} className={align} scope={Tag === 'th' ? 'col' : undefined}>
      <Runs runs={runs} />
    </Tag>
  ))

function Table({ block }: { block: Extract<Block, { kind: 'table' }> }) {
  const sum = block.widths.reduce((total, width) => total + width, 0)
  return (
    <table className="memo-table">
      {block.caption !== '' && <caption>{block.caption}</caption>}
      <colgroup>
        {block.widths.map((width, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- columns are fixed by the table's head
          <col key={index} style={{ width: `${(width / sum) * 100}%` }} />
        ))}
      </colgroup>
      <thead>
        <tr>{cells(block.head, 'th')}</tr>
      </thead>
      <tbody>
        {block.rows.map((row, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- rows of a printed table have no other identity
          <tr key={index}>{cells(row, 'td')}</tr>
        ))}
      </tbody>
    </table>
  )
}

function Bars({ block }: { block: Extract<Block, { kind: 'bars' }> }) {
  return (
    <figure className="memo-bars">
      <figcaption>{block.caption}</figcaption>
      <ul>
        {block.bars.map(({ label, share, text }) => (
          <li key={label}>
            <span>{label}</span>
            <span className={share === null ? 'memo-bar open' : 'memo-bar'}>
              {share !== null && <span style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }} />}
            </span>
            <span className="number">{text}</span>
          </li>
        ))}
      </ul>
    </figure>
  )
}

/** One block of the memo, exactly as composed: the preview adds nothing and leaves nothing out. */
export function MemoBlock({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading': {
      const Tag = (['h2', 'h3', 'h4'] as const)[block.level - 1] ?? 'h4'
      return <Tag id={block.id}>{block.text}</Tag>
    }
    case 'paragraph':
      return (
        <p>
          <Runs runs={block.runs} />
        </p>
      )
    case 'list': {
      const Tag = block.ordered ? 'ol' : 'ul'
      return (
        <Tag className="memo-list">
          {block.items.map((runs, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- items of a printed list have no other identity
            <li key={index}>
              <Runs runs={runs} />
            </li>
          ))}
        </Tag>
      )
    }
    case 'table':
      return <Table block={block} />
    case 'facts':
      return (
        <dl className="memo-facts">
          {block.rows.map(({ label, runs }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <Runs runs={runs} />
              </dd>
            </div>
          ))}
        </dl>
      )
    case 'verdict':
      return (
        <div className={`memo-verdict ${block.tone}`}>
          <strong>{block.title}</strong>
          <p>
            <span>{block.total}</span> <span>{block.coverage}</span>
          </p>
          <p>{block.remark}</p>
        </div>
      )
    case 'bars':
      return <Bars block={block} />
    case 'map':
      return <Figure figure={block.figure} />
    case 'picture':
      return <Picture picture={block.picture} />
    case 'page-break':
      return null
  }
}
