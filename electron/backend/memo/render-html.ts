import { assertOwnSvg } from '#core/map/own-svg.ts'
import type { Block, Cell, MapFigure, MemoDocument, PictureFigure, Run } from '#core/memo/document.ts'
import { gateDocument } from '#core/memo/text-gate.ts'
import { HTML_STYLE } from './html-style.ts'

/** PNG bytes of the pictures that the document shows, by their SHA-256. */
type Pictures = Readonly<Record<string, Uint8Array>>

/** Marks the link that carries the review record; `verify` looks for it. */
export const RECORD_LINK_ID = 'review-record'

/**
 * The memo as one accessible HTML file: no scripts, no outside resources, language and headings set, tables with captions and
 * scopes, the map with its description. The review record is a download inside the file.
 */
export function renderHtml(document: MemoDocument, reviewJson: string, pictures: Pictures = {}): string {
  const memo = gateDocument(document, () => true)
  const zh = memo.lang === 'zh'
  const link = memo.record
    ? { id: 'record', ...memo.record }
    : { id: RECORD_LINK_ID, fileName: 'review.json', title: zh ? '评审记录' : 'the review record' }
  const record = `data:application/json;base64,${Buffer.from(reviewJson, 'utf8').toString('base64')}`
  const sections = memo.sections.map(({ id, blocks }) => sectionHtml(id, blocks, pictures)).join('\n')
  return `<!doctype html>
<html lang="${zh ? 'zh-CN' : 'en-GB'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="author" content="${escape(memo.author)}">
<meta name="generator" content="Greenprint">
<title>${escape(memo.title)}</title>
<style>${HTML_STYLE}</style>
</head>
<body>
<main>
<header>
${letterheadHtml(memo)}<h1>${escape(memo.title)}</h1>
<p class="subtitle">${escape(memo.subtitle)}</p>
</header>
${sections}
</main>
<footer>
<p>${escape(memo.footer)}</p>
<p><a id="${link.id}" download="${escape(link.fileName)}" href="${record}">${zh ? `下载${escape(link.title)}（${escape(link.fileName)}）` : `Download ${escape(link.title)} (${escape(link.fileName)})`}</a></p>
</footer>
</body>
</html>
`
}

const letterheadHtml = ({ letterhead = {}, kicker }: MemoDocument): string =>
  [letterhead.classification, letterhead.office ?? kicker, letterhead.number, letterhead.addressee]
    .map((part) => (part ? `<p class="subtitle">${escape(part)}</p>\n` : ''))
    .join('')

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')

function sectionHtml(id: string, blocks: readonly Block[], pictures: Pictures): string {
  const heading = blocks.find((block) => block.kind === 'heading' && block.level === 1)
  const named = heading?.kind === 'heading' ? ` aria-labelledby="h-${escape(heading.id)}"` : ''
  return `<section id="${escape(id)}"${named}>\n${blocks.map((block) => blockHtml(block, pictures)).join('\n')}\n</section>`
}

const runsHtml = (runs: readonly Run[]): string =>
  runs
    .map((run) => {
      const text = escape(run.text).replaceAll('\n', '<br>')
      const marked = run.code === true ? `<code>${text}</code>` : run.muted === true ? `<span class="muted">${text}</span>` : text
      return run.strong === true ? `<strong>${marked}</strong>` : marked
    })
    .join('')

function blockHtml(block: Block, pictures: Pictures): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level + 1} id="h-${escape(block.id)}">${escape(block.text)}</h${block.level + 1}>`
    case 'paragraph':
      return `<p>${runsHtml(block.runs)}</p>`
    case 'list': {
      const tag = block.ordered ? 'ol' : 'ul'
      return `<${tag}>${block.items.map((runs) => `<li>${runsHtml(runs)}</li>`).join('')}</${tag}>`
    }
    case 'table':
      return tableHtml(block)
    case 'facts':
      return `<dl>${block.rows.map(({ label, runs }) => `<div><dt>${escape(label)}</dt><dd>${runsHtml(runs)}</dd></div>`).join('')}</dl>`
    case 'verdict':
      return `<div class="verdict ${block.tone}"><p class="opinion">${escape(block.title)}</p><p><strong>${escape(block.total)}</strong> <span class="muted">${escape(block.coverage)}</span></p><p class="muted">${escape(block.remark)}</p></div>`
    case 'bars':
      return barsHtml(block)
    case 'map':
      return mapHtml(block.figure)
    case 'picture':
      return pictureHtml(block.picture, pictures[block.picture.sha256])
    case 'page-break':
      return '<hr class="page-break">'
  }
}

const cellHtml = (tag: string, { runs, align }: Cell): string => {
  const classes = align === undefined || align === 'left' ? '' : ` class="${align}"`
  return `<${tag}${classes}>${runsHtml(runs)}</${tag.split(' ')[0]}>`
}

/** Wide tables scroll inside their own focusable region; the first cell of a row names it. */
function tableHtml({ caption, head, rows }: Extract<Block, { kind: 'table' }>): string {
  const headRow = `<tr>${head.map((cell) => cellHtml('th scope="col"', cell)).join('')}</tr>`
  const body = rows.map(
    (row) => `<tr>${row.map((cell, index) => cellHtml(index === 0 ? 'th scope="row"' : 'td', cell)).join('')}</tr>`,
  )
  return `<div class="table" role="region" tabindex="0" aria-label="${escape(caption)}"><table><caption>${escape(caption)}</caption><thead>${headRow}</thead><tbody>${body.join('\n')}</tbody></table></div>`
}

/** Bars are decoration beside a table of the same figures. */
function barsHtml({ caption, bars }: Extract<Block, { kind: 'bars' }>): string {
  const rows = bars.map(({ label, share, text }) => {
    const width = Math.round(Math.min(1, Math.max(0, share ?? 0)) * 1000) / 10
    const bar = `<span class="bar" aria-hidden="true"><span style="width:${width}%"></span></span>`
    return `<tr><th scope="row">${escape(label)}</th><td>${bar}</td><td>${escape(text)}</td></tr>`
  })
  return `<table class="bars"><caption>${escape(caption)}</caption><tbody>${rows.join('')}</tbody></table>`
}

function mapHtml({ svg, caption, alt }: MapFigure): string {
  assertOwnSvg(svg)
  return `<figure>${svg}<figcaption>${escape(caption)}<span class="muted"> ${escape(alt)}</span></figcaption></figure>`
}

function pictureHtml({ sha256, widthPx, heightPx, caption, alt }: PictureFigure, bytes: Uint8Array | undefined): string {
  if (bytes === undefined) throw new Error(`the bytes of picture ${sha256} were not given`)
  const address = `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`
  return `<figure><img src="${address}" width="${widthPx}" height="${heightPx}" alt="${escape(alt)}"><figcaption>${escape(caption)}</figcaption></figure>`
}
