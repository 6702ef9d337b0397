import { SEVERITY_WORDS } from '../memo/words.ts'
import { ADOPTION_WORDS } from '../review/adoption.ts'
import { ADOPTIONS } from '../review/finding.ts'
import { inLang, type Lang } from '../text.ts'
import { MOST_ANSWER, NO_ANSWERS, type ReplyAnswers, type ReplyPack } from './pack.ts'
import { REPLY_WORDS } from './sheet.ts'

const STYLE = `body{margin:0;background:#f3f5f3;color:#1f2328;font:16px/1.6 "Noto Serif SC","Songti SC",SimSun,serif}
main{max-width:56rem;margin:0 auto;padding:2rem 1.5rem 6rem;background:#fff}h1{font-size:1.5rem}
.who{display:flex;gap:1rem;flex-wrap:wrap}.who label{flex:1}ol{list-style:none;padding:0}
li{border-top:1px solid #c9d1cb;padding:1rem 0}h2{font-size:1rem;margin:0 0 .4rem}p{margin:.2rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
label{display:block;margin-top:.6rem;font-size:.875rem;color:#4a534d}
textarea,input,select{display:block;width:100%;box-sizing:border-box;font:inherit;color:#1f2328;background:#fff;border:1px solid #6b7a70;border-radius:4px;padding:.4rem}
textarea{min-height:5rem}select{width:auto;min-width:12rem}
footer{position:fixed;inset:auto 0 0;background:#eaf1ec;border-top:1px solid #6b7a70;padding:.7rem;text-align:center}
button{font:inherit;padding:.4rem 1.4rem;color:#fff;background:#1b5e3a;border:0;border-radius:4px}:focus-visible{outline:3px solid #1f6feb;outline-offset:1px}
@media print{footer{display:none}}`

/** Runs in the applicant's browser, without a network: keeps what is written in the page's own data and saves the page again. */
const SCRIPT = `(() => {
const data = document.getElementById('greenprint-reply')
const form = JSON.parse(data.textContent)
const fields = [...document.querySelectorAll('[data-key]')]
const field = (key, part) => fields.find((one) => one.dataset.key === key && one.dataset.part === part)
for (const { key, text, says } of form.answers.answers) {
  if (field(key, 'text')) field(key, 'text').value = text
  if (field(key, 'says')) field(key, 'says').value = says ?? ''
}
const by = document.getElementById('by'), on = document.getElementById('on')
by.value = form.answers.by
on.value = form.answers.on ?? ''
let isDirty = false
addEventListener('input', () => { isDirty = true })
addEventListener('beforeunload', (event) => { if (isDirty) event.preventDefault() })
document.getElementById('save').addEventListener('click', () => {
  const answers = form.pack.questions.map(({ key }) => ({
    key, text: field(key, 'text').value.trim(), says: field(key, 'says').value || null,
  })).filter(({ text, says }) => text !== '' || says !== null)
  form.answers = { by: by.value.trim(), on: on.value || null, answers }
  data.textContent = JSON.stringify(form).replace(/</g, '\\\\u003c')
  const page = new Blob(['<!doctype html>\\n' + document.documentElement.outerHTML], { type: 'text/html' })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(page)
  link.download = document.title.replace(/[\\\\/:*?"<>|]+/g, '-') + '.html'
  link.click()
  isDirty = false
})
})()`

const WORDS = {
  how: {
    zh: '请逐项填写，然后按“保存答复”，把保存下来的文件交回审查单位。本页不联网，所填内容只存在您保存的文件里；可以分几次填写：打开保存的文件接着填。',
    en: 'Answer the items, then press “Save the answers” and send the saved file back. This page uses no network; what you write is only in the file that you save. Open the saved file to go on later.',
  },
  save: { zh: '保存答复', en: 'Save the answers' },
  none: { zh: '（未填）', en: '(not said)' },
  answer: { zh: '编制单位答复', en: 'Applicant’s answer' },
  says: { zh: '办理情况', en: 'Outcome' },
  action: { zh: '补正要求：', en: 'Requested change: ' },
  noScript: {
    zh: '此浏览器不允许本页运行脚本，填写的内容无法保存。请改用 XLSX 答复表。',
    en: 'This browser does not let the page save what is written. Use the XLSX table instead.',
  },
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

function questionHtml(pack: ReplyPack, { key, name, severity, item, text, action }: ReplyPack['questions'][number]): string {
  const { lang } = pack
  const say = (words: { zh: string; en: string }) => escaped(inLang(words, lang))
  const options = ADOPTIONS.map((one) => `<option value="${one}">${say(ADOPTION_WORDS[one])}</option>`).join('')
  const head = `${escaped(name)} · ${say(SEVERITY_WORDS[severity])}${item === null ? '' : ` · ${escaped(item)}`}`
  return `<li><h2>${head}</h2><p>${escaped(text)}</p>${action === '' ? '' : `<p>${say(WORDS.action)}${escaped(action)}</p>`}
<label>${say(WORDS.answer)}<textarea data-key="${key}" data-part="text" maxlength="${MOST_ANSWER}" aria-label="${say(WORDS.answer)} ${escaped(name)}"></textarea></label>
<label>${say(WORDS.says)}<select data-key="${key}" data-part="says" aria-label="${say(WORDS.says)} ${escaped(name)}"><option value="">${say(WORDS.none)}</option>${options}</select></label></li>`
}

/**
 * The pack as a page that any browser fills in and saves, without a network: its policy allows this one script and style, by their
 * hashes, and nothing from anywhere else.
 * @param hash SHA-256 of a text, base64
 */
export function replyFormPage(pack: ReplyPack, hash: (text: string) => string, given: ReplyAnswers = NO_ANSWERS): string {
  const { lang, plan } = pack
  const say = (words: { zh: string; en: string }) => escaped(inLang(words, lang))
  const policy = `default-src 'none'; style-src 'sha256-${hash(STYLE)}'; script-src 'sha256-${hash(SCRIPT)}'; base-uri 'none'; form-action 'none'`
  const data = JSON.stringify({ pack, answers: given }).replaceAll('<', '\\u003c')
  return `<!doctype html>
<html lang="${LANG_TAGS[lang]}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(plan)} ${say(REPLY_WORDS.title)}</title>
<style>${STYLE}</style></head><body><main><h1>${escaped(plan)} · ${say(REPLY_WORDS.title)}</h1><p>${say(WORDS.how)}</p>
<noscript><p><strong>${say(WORDS.noScript)}</strong></p></noscript>
<div class="who"><label>${say(REPLY_WORDS.by)}<input id="by" maxlength="400"></label><label>${say(REPLY_WORDS.on)}<input id="on" type="date"></label></div>
<ol>${pack.questions.map((question) => questionHtml(pack, question)).join('\n')}</ol></main>
<footer><button id="save" type="button">${say(WORDS.save)}</button></footer>
<script type="application/json" id="greenprint-reply">${data}</script>
<script>${SCRIPT}</script></body></html>
`
}

const LANG_TAGS: Record<Lang, string> = { zh: 'zh-CN', en: 'en' }

const DATA = /<script type="application\/json" id="greenprint-reply">([^<]*)<\/script>/g

/** The data of a page that came back; null for a page that has none, or more than one. It is the only part that is read. */
export function formDataOf(page: string): string | null {
  const [found, ...more] = page.matchAll(DATA)
  return found === undefined || more.length > 0 ? null : (found[1] ?? null)
}
