import { assertOwnSvg } from '#core/map/own-svg.ts'
import type { Block, Cell, MapFigure, MemoDocument, PictureFigure, Run } from '#core/memo/document.ts'
import { LANGUAGE_TAGS, languageParts } from '#core/memo/language-parts.ts'
import { memoStyleOf } from '#core/memo/memo-style.ts'
import { gateDocument } from '#core/memo/text-gate.ts'
import type { Lang } from '#core/text.ts'
import { htmlStyle } from './html-style.ts'

/** PNG bytes of the pictures that the document shows, by their SHA-256. */
type Pictures = Readonly<Record<string, Uint8Array>>

/** What every block needs to know beside itself. */
interface Writing {
  lang: Lang
  pictures: Pictures
}

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
  const writing: Writing = { lang: memo.lang, pictures }
  const say = (text: string) => words(text, memo.lang)
  const sections = memo.sections.map(({ id, blocks }) => sectionHtml(id, blocks, writing)).join('\n')
  return `<!doctype html>
<html lang="${LANGUAGE_TAGS[memo.lang]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="author" content="${escape(memo.author)}">
<meta name="generator" content="Greenprint">
<title>${escape(memo.title)}</title>
<style>${htmlStyle(memoStyleOf(memo.style ?? 'technical'))}</style>
</head>
<body>
<main>
<header>
${letterheadHtml(memo)}<h1>${say(memo.title)}</h1>
<p class="subtitle">${say(memo.subtitle)}</p>
</header>
${sections}
</main>
<footer>
<p>${say(memo.footer)}</p>
<p><a id="${link.id}" download="${escape(link.fileName)}" href="${record}">${zh ? `下载${escape(link.title)}（${escape(link.fileName)}）` : `Download ${escape(link.title)} (${escape(link.fileName)})`}</a></p>
</footer>
</body>
</html>
`
}

const letterheadHtml = ({ letterhead = {}, kicker, lang }: MemoDocument): string =>
  [letterhead.classification, letterhead.office ?? kicker, letterhead.number, letterhead.addressee]
    .map((part) => (part ? `<p class="subtitle">${words(part, lang)}</p>\n` : ''))
    .join('')

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')

/** Words as HTML, with what is in the other language marked as such, so that it is read aloud in its own. */
const words = (text: string, lang: Lang): string =>
  languageParts(text, lang)
    .map((part) => {
      const html = escape(part.text).replaceAll('\n', '<br>')
      return part.lang === null ? html : `<span lang="${LANGUAGE_TAGS[part.lang]}">${html}</span>`
    })
    .join('')

function sectionHtml(id: string, blocks: readonly Block[], writing: Writing): string {
  const heading = blocks.find((block) => block.kind === 'heading' && block.level === 1)
  const named = heading?.kind === 'heading' ? ` aria-labelledby="h-${escape(heading.id)}"` : ''
  return `<section id="${escape(id)}"${named}>\n${blocks.map((block) => blockHtml(block, writing)).join('\n')}\n</section>`
}

const runsHtml = (runs: readonly Run[], lang: Lang): string =>
  runs
    .map((run) => {
      // Hashes and paths are in no language.
      const text = run.code === true ? escape(run.text).replaceAll('\n', '<br>') : words(run.text, lang)
      const marked = run.code === true ? `<code>${text}</code>` : run.muted === true ? `<span class="muted">${text}</span>` : text
      return run.strong === true ? `<strong>${marked}</strong>` : marked
    })
    .join('')

function blockHtml(block: Block, { lang, pictures }: Writing): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level + 1} id="h-${escape(block.id)}">${words(block.text, lang)}</h${block.level + 1}>`
    case 'paragraph':
      return `<p>${runsHtml(block.runs, lang)}</p>`
    case 'list': {
      const tag = block.ordered ? 'ol' : 'ul'
      return `<${tag}>${block.items.map((runs) => `<li>${runsHtml(runs, lang)}</li>`).join('')}</${tag}>`
    }
    case 'table':
      return tableHtml(block, lang)
    case 'facts':
      return `<dl>${block.rows.map(({ label, runs }) => `<div><dt>${words(label, lang)}</dt><dd>${runsHtml(runs, lang)}</dd></div>`).join('')}</dl>`
    case 'verdict':
      return `<div class="verdict ${block.tone}"><p class="opinion">${words(block.title, lang)}</p><p><strong>${words(block.total, lang)}</strong> <span class="muted">${words(block.coverage, lang)}</span></p><p class="muted">${words(block.remark, lang)}</p></div>`
    case 'bars':
      return barsHtml(block, lang)
    case 'map':
      return mapHtml(block.figure, lang)
    case 'picture':
      return pictureHtml(block.picture, pictures[block.picture.sha256], lang)
    case 'page-break':
      return '<hr class="page-break">'
  }
}

const cellHtml = (tag: string, { runs, align }: Cell, lang: Lang): string => {
  const classes = align === undefined || align === 'left' ? '' : ` class="${align}"`
  return `<${tag}${classes}>${runsHtml(runs, lang)}</${tag.split(' ')[0]}>`
}

/** Wide tables scroll inside their own focusable region; the first cell of a row names it. */
function tableHtml({ caption, head, rows }: Extract<Block, { kind: 'table' }>, lang: Lang): string {
  const headRow = `<tr>${head.map((cell) => cellHtml('th scope="col"', cell, lang)).join('')}</tr>`
  const body = rows.map(
    (row) => `<tr>${row.map((cell, index) => cellHtml(index === 0 ? 'th scope="row"' : 'td', cell, lang)).join('')}</tr>`,
  )
  return `<div class="table" role="region" tabindex="0" aria-label="${escape(caption)}"><table><caption>${words(caption, lang)}</caption><thead>${headRow}</thead><tbody>${body.join('\n')}</tbody></table></div>`
}

/** Bars are decoration beside a table of the same figures. */
function barsHtml({ caption, bars }: Extract<Block, { kind: 'bars' }>, lang: Lang): string {
  const rows = bars.map(({ label, share, text }) => {
    const width = Math.round(Math.min(1, Math.max(0, share ?? 0)) * 1000) / 10
    const bar = `<span class="bar" aria-hidden="true"><span style="width:${width}%"></span></span>`
    return `<tr><th scope="row">${words(label, lang)}</th><td>${bar}</td><td>${words(text, lang)}</td></tr>`
  })
  return `<table class="bars"><caption>${words(caption, lang)}</caption><tbody>${rows.join('')}</tbody></table>`
}

function mapHtml({ svg, caption, alt, page }: MapFigure, lang: Lang): string {
  assertOwnSvg(svg)
  return `<figure${page === undefined ? '' : ' class="folds-out"'}>${svg}<figcaption>${words(caption, lang)}<span class="muted"> ${words(alt, lang)}</span></figcaption></figure>`
}

function pictureHtml(
  { sha256, widthPx, heightPx, caption, alt }: PictureFigure,
  bytes: Uint8Array | undefined,
  lang: Lang,
): string {
  if (bytes === undefined) throw new Error(`the bytes of picture ${sha256} were not given`)
  const address = `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`
  return `<figure><img src="${address}" width="${widthPx}" height="${heightPx}" alt="${escape(alt)}"><figcaption>${words(caption, lang)}</figcaption></figure>`
}
