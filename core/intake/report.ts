import { describeError, fromWire } from '../errors.ts'
import { cell, code, headCells, muted, paragraph, rightCell, run, strong } from '../memo/context.ts'
import type { Block, Cell, MemoDocument, MemoSectionContent, Run } from '../memo/document.ts'
import { dayInWords } from '../memo/words.ts'
import { ASK_BELOW, type Guess, type InspectedFile, type InspectedLayer, type Inspection } from '../model/inspection.ts'
import { withoutAsides } from '../model/asides.ts'
import type { Note } from '../model/plan.ts'
import { roleInfo } from '../model/roles.ts'
import type { Bilingual, Lang } from '../text.ts'
import type { ImportAnswers } from './answers.ts'
import { layerName } from './profiles.ts'
import { reportMap } from './report-map.ts'
import { adviceFor } from './report-words.ts'

export interface ReportInput {
  inspection: Inspection
  /** What the reviewer has answered so far; null when nobody has looked yet (command line). */
  answers: ImportAnswers | null
  /** ISO date and time of the inspection. */
  at: string
  author: string
  engineVersion: string
  /** SHA-256 of the record that goes into the file, hex. */
  seal: string
}

interface Numbered {
  number: number
  layer: InspectedLayer
  leftOut: boolean
}

interface Context extends ReportInput {
  lang: Lang
  layers: Numbered[]
  refused: InspectedFile[]
  problems: { number: number; layer: InspectedLayer; problem: Note }[]
  say: (zh: string, en: string) => string
  words: (text: Bilingual) => string
}

/**
 * The intake report as a page for whoever submitted the files: what was received, where it lies, what is wrong and what to do,
 * and what was assumed. Plain data like a memo, so the memo's printers print it.
 */
export function composeIntakeReport(input: ReportInput, lang: Lang): MemoDocument {
  const context = contextOf(input, lang)
  const { say } = context
  const plan = input.answers?.plan
  const name = (lang === 'zh' ? plan?.nameZh || plan?.name : plan?.name || plan?.nameZh) ?? ''
  const title = say('报送数据质检说明', 'Report on the submitted data')
  const sections = [received(context), place(context), problems(context), assumed(context), refusedFiles(context)]
  return {
    schema: 'memo-document/1',
    lang,
    kicker: say('国土空间规划成果接收', 'Intake of a territorial spatial plan'),
    record: { fileName: 'intake.json', title: say('检查记录', 'the record of the inspection') },
    title,
    subtitle: name.trim() === '' ? say('致报送单位', 'For the submitting office') : name.trim(),
    footer: `${title} · ${dayInWords(input.at, lang)} · ${input.seal.slice(0, 12)}`,
    author: input.author,
    date: input.at,
    sections: sections.filter(({ blocks }) => blocks.length > 0),
    seal: input.seal,
  }
}

function contextOf(input: ReportInput, lang: Lang): Context {
  const { files } = input.inspection
  const answered = new Map((input.answers?.layers ?? []).map((layer) => [`${layer.path}\n${layer.layer}\n${layer.kind}`, layer]))
  const layers = files
    .flatMap((file) => file.layers)
    .map((layer, index): Numbered => {
      const answer = answered.get(`${layer.path}\n${layer.layer}\n${layer.kind}`)
      return { number: index + 1, layer, leftOut: answer?.role === 'leave-out' }
    })
  return {
    ...input,
    lang,
    layers,
    refused: files.filter(({ error }) => error !== null),
    problems: layers.flatMap(({ number, layer, leftOut }) =>
      leftOut ? [] : problemsOf(layer).map((problem) => ({ number, layer, problem })),
    ),
    say: (zh, en) => (lang === 'zh' ? zh : en),
    words: (text) => text[lang],
  }
}

/** Warnings, and what nobody could tell: that is the submitter's to say as well. */
function problemsOf(layer: InspectedLayer): Note[] {
  const warnings = layer.problems.filter(({ severity }) => severity === 'warning')
  const said = new Set(warnings.map((problem) => problem.code?.split('.')[0]))
  if (layer.kind === null || said.has('crs') || (layer.crs.value !== null && layer.crs.confidence >= ASK_BELOW)) return warnings
  const { reason } = layer.crs
  const text = {
    zh: `坐标系不能确定：${reason.zh}。`,
    en: `The coordinate system is not certain: ${reason.en}.`,
  }
  return [...warnings, { severity: 'warning', code: 'crs.unknown', text }]
}

const number = (count: number, { lang }: Context): string =>
  new Intl.NumberFormat(lang === 'zh' ? 'zh-CN' : 'en-GB').format(count)

function received(context: Context): MemoSectionContent {
  const { say, layers, refused, lang, inspection } = context
  const count = context.problems.length + refused.length
  const sizeMb = inspection.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) / 1e6
  const verdict: Block = {
    kind: 'verdict',
    tone: refused.length > 0 ? 'bad' : count > 0 ? 'poor' : 'good',
    title:
      count > 0
        ? say(`需补正 ${count} 处`, `${count} ${count === 1 ? 'thing' : 'things'} to correct`)
        : say('未发现问题', 'No problem found'),
    total: say(`${layers.length} 个图层`, `${layers.length} ${layers.length === 1 ? 'layer' : 'layers'}`),
    coverage: say(
      `${inspection.files.length} 个文件，${sizeMb.toFixed(1)} MB`,
      `${inspection.files.length} files, ${sizeMb.toFixed(1)} MB`,
    ),
    remark: say(
      '本说明仅就数据的可读性与一致性作出，不代表对规划内容的审查意见。',
      'This report is about whether the data can be read and agrees with itself; it is no opinion on the plan.',
    ),
  }
  const facts: Block = {
    kind: 'facts',
    rows: [
      { label: say('检查日期', 'Inspected on'), runs: [run(dayInWords(context.at, lang))] },
      { label: say('检查人', 'Inspected by'), runs: [run(context.author)] },
      { label: say('检查程序', 'Inspected with'), runs: [run(`Greenprint ${context.engineVersion}`)] },
    ],
  }
  return {
    id: 'received',
    blocks: [
      facts,
      verdict,
      { kind: 'heading', level: 1, text: say('一、收到的图层', '1. Layers received'), id: 'received' },
      layerTable(context),
    ],
  }
}

function layerTable(context: Context): Block {
  const { say } = context
  const head = headCells(
    say('序号', 'No.'),
    say('图层', 'Layer'),
    say('数量', 'Features'),
    say('坐标系', 'System'),
    say('编码', 'Encoding'),
    say('用途', 'Used as'),
    say('问题', 'Problems'),
  )
  return {
    kind: 'table',
    caption: say('每个图层的情况', 'Each layer'),
    head,
    rows: context.layers.map((entry) => layerRow(entry, context)),
    widths: [7, 32, 12, 15, 11, 14, 9],
  }
}

const KINDS: Record<'polygon' | 'line' | 'point' | 'raster' | 'none', Bilingual> = {
  raster: { zh: '栅格', en: 'raster cells' },
  polygon: { zh: '面', en: 'polygons' },
  line: { zh: '线', en: 'lines' },
  point: { zh: '点', en: 'points' },
  none: { zh: '无图形', en: 'no geometry' },
}

function layerRow({ number: no, layer, leftOut }: Numbered, context: Context): Cell[] {
  const { say, words } = context
  const role = layer.role.value === null ? say('未知', 'unknown') : words(roleInfo(layer.role.value).title)
  const found = context.problems.filter((entry) => entry.number === no).length
  return [
    rightCell(String(no)),
    cell(strong(layerName(layer)), muted(`\n${layer.path} · ${layer.format}`)),
    cell(`${number(layer.features, context)} ${words(KINDS[layer.kind ?? 'none'])}`),
    cell(layer.crs.value ?? say('未知', 'unknown')),
    cell(layer.encoding.value ?? '—'),
    cell(leftOut ? say('不导入', 'left out') : role),
    rightCell(String(found)),
  ]
}

function place({ layers, lang, say }: Context): MemoSectionContent {
  const figure = reportMap(
    layers.map(({ number: no, layer }) => ({ number: no, shape: layer.shape ?? null })),
    lang,
  )
  if (figure === null) return { id: 'place', blocks: [] }
  return {
    id: 'place',
    blocks: [
      { kind: 'heading', level: 2, text: say('位置示意', 'Where they lie'), id: 'place' },
      { kind: 'map', figure },
    ],
  }
}

function problems(context: Context): MemoSectionContent {
  const { say, words } = context
  const heading: Block = {
    kind: 'heading',
    level: 1,
    text: say('二、问题与处理建议', '2. Problems and what to do'),
    id: 'problems',
  }
  if (context.problems.length === 0)
    return {
      id: 'problems',
      blocks: [heading, paragraph(run(say('各图层未发现需要补正的问题。', 'Nothing to correct was found in the layers.')))],
    }
  const rows = context.problems.map(({ number: no, layer, problem }, index): Cell[] => [
    rightCell(String(index + 1)),
    cell(say(`图层 ${no}`, `Layer ${no}`), muted(`\n${layerName(layer)}`)),
    cell(words(withoutAsides(problem.text)), ...placeRuns(problem, context)),
    cell(words(adviceFor(problem))),
  ])
  const head = headCells(
    say('序号', 'No.'),
    say('图层', 'Layer'),
    say('问题与位置', 'Problem and place'),
    say('处理建议', 'What to do'),
  )
  const caption = say('需要报送单位处理的问题', 'Problems for the submitting office')
  return { id: 'problems', blocks: [heading, { kind: 'table', caption, head, rows, widths: [7, 20, 40, 33] }] }
}

/** Rows that a problem names, so that it can be found in the submitter's own GIS. */
function placeRuns({ params }: Note, { say }: Context): Run[] {
  const rows = Array.isArray(params?.['rows']) ? params['rows'].filter((row) => typeof row === 'number') : []
  if (rows.length === 0) return []
  const shown = rows.slice(0, 20).join(', ')
  const more = rows.length > 20 ? say(` 等 ${rows.length} 个`, ` and more, ${rows.length} in all`) : ''
  return [muted(say(`\n要素序号：${shown}${more}`, `\nFeatures: ${shown}${more}`))]
}

function assumed(context: Context): MemoSectionContent {
  const { say, layers } = context
  const rows = layers.flatMap(({ number: no, layer, leftOut }) => (leftOut ? [] : assumptions(no, layer, context)))
  if (rows.length === 0) return { id: 'assumed', blocks: [] }
  const head = headCells(
    say('图层', 'Layer'),
    say('项目', 'What'),
    say('采用', 'Taken as'),
    say('把握', 'Sure'),
    say('依据', 'Because'),
  )
  const caption = say(
    '数据未写明、由检查程序判断的内容；有误请指出',
    'What the data does not say and was judged; please say where it is wrong',
  )
  return {
    id: 'assumed',
    blocks: [
      { kind: 'heading', level: 1, text: say('三、采用的假定', '3. What was assumed'), id: 'assumed' },
      { kind: 'table', caption, head, rows, widths: [10, 12, 25, 9, 44] },
    ],
  }
}

/** From this on the data says it itself. */
const STATED = 0.97

function assumptions(no: number, layer: InspectedLayer, context: Context): Cell[][] {
  const { say, words } = context
  const row = (what: string, value: string | null, { confidence, reason }: Guess<unknown>): Cell[][] =>
    value === null || value === '' || confidence >= STATED
      ? []
      : [
          [
            rightCell(String(no)),
            cell(what),
            cell(value),
            rightCell(`${Math.floor(confidence * 100)}%`),
            cell(words(withoutAsides(reason))),
          ],
        ]
  const pairs = Object.entries(layer.fields.value).map(([attribute, field]) => `${field} → ${attribute}`)
  return [
    ...row(say('坐标系', 'System'), layer.crs.value, layer.crs),
    ...row(say('编码', 'Encoding'), layer.encoding.value, layer.encoding),
    ...row(say('用途', 'Use'), layer.role.value === null ? null : words(roleInfo(layer.role.value).title), layer.role),
    ...row(say('属性', 'Attributes'), layer.role.value === null ? null : pairs.join('\n'), layer.fields),
  ]
}

function refusedFiles(context: Context): MemoSectionContent {
  const { say, lang, refused } = context
  if (refused.length === 0) return { id: 'refused', blocks: [] }
  const rows = refused.flatMap(({ path, error }): Cell[][] => {
    if (error === null) return []
    const { title, cause, next } = describeError(fromWire(error).toWire(), lang)
    return [[cell(code(path)), cell(strong(title), run(`\n${cause}`)), cell(next)]]
  })
  const head = headCells(say('文件', 'File'), say('原因', 'Why'), say('处理建议', 'What to do'))
  return {
    id: 'refused',
    blocks: [
      { kind: 'heading', level: 1, text: say('四、未能读取的文件', '4. Files that could not be read'), id: 'refused' },
      { kind: 'table', caption: say('未能读取的文件', 'Files that could not be read'), head, rows, widths: [27, 40, 33] },
    ],
  }
}
