import type { ResultInput } from '../../model/result.ts'
import { roleInfo, ROLE_IDS } from '../../model/roles.ts'
import { formatValue } from '../../model/units.ts'
import type { Block, Run } from '../document.ts'
import { cell, code, headCells, paragraph, rightCell, run, strong, type MemoContext, type MemoSection } from '../context.ts'
import { areaText, dayInWords } from '../words.ts'

/** What was read and how: files with hashes, coordinate systems, encodings, repairs and remarks. */
export const sources: MemoSection = {
  id: 'sources',
  title: { zh: '数据与方法说明', en: 'Data and methods' },
  compose(memo) {
    const { result, say } = memo
    return [
      paragraph(
        run(
          say(
            `本意见由绿图 ${result.engine.version} 在本机离线生成。方案坐标系为 ${result.plan.crs}，导入日期 ${dayInWords(result.plan.importedAt, memo.lang)}；入库文件（GeoPackage）SHA-256：`,
            `Made offline with Greenprint ${result.engine.version}. The plan's coordinate system is ${result.plan.crs}; imported ${dayInWords(result.plan.importedAt, memo.lang)}. SHA-256 of the stored GeoPackage: `,
          ),
        ),
        code(result.plan.gpkgSha256),
      ),
      ...inputTable(memo),
      ...notes(memo),
    ]
  },
}

/** Files first, each once with its hash, then the layers that were read from them. */
function inputTable(memo: MemoContext): Block[] {
  const { result, say } = memo
  if (result.inputs.length === 0) return []
  const files = [...Map.groupBy(result.inputs, ({ path, sha256 }) => `${sha256} ${path}`).values()]
  const nameOf = (index: number) => say(`文件 ${index + 1}`, `File ${index + 1}`)
  const fileOf = (input: ResultInput) => nameOf(files.findIndex((inputs) => inputs.includes(input)))
  return [
    {
      kind: 'table',
      caption: say('送审文件', 'Files submitted'),
      head: headCells(say('编号', 'No.'), say('文件', 'File'), say('SHA-256', 'SHA-256')),
      rows: files.map(([first], index) => [cell(nameOf(index)), cell(first?.path ?? ''), cell(code(first?.sha256 ?? ''))]),
      widths: [11, 33, 56],
    },
    {
      kind: 'table',
      caption: say('输入图层', 'Layers read'),
      head: headCells(
        say('图层', 'Layer'),
        say('来源', 'From'),
        say('要素', 'Features'),
        say('面积/长度', 'Area / length'),
        say('坐标系', 'CRS'),
        say('编码', 'Encoding'),
      ),
      rows: result.inputs.map((input) => [
        cell(roleTitle(input, memo)),
        cell(fileOf(input)),
        rightCell(formatValue(input.features, 'index', memo.lang, 0)),
        rightCell(sizeText(input, memo)),
        cell(input.crs),
        cell(input.encoding ?? '—'),
      ]),
      widths: [29, 11, 12, 20, 16, 12],
    },
  ]
}

const sizeText = ({ areaM2, lengthM }: ResultInput, { areaUnit, lang }: MemoContext): string =>
  areaM2 !== null ? areaText(areaM2, areaUnit, lang) : lengthM !== null ? formatValue(lengthM, 'km', lang) : '—'

function roleTitle({ role }: ResultInput, memo: MemoContext): string {
  const known = ROLE_IDS.find((id) => id === role)
  return known === undefined ? role : memo.inLang(roleInfo(known).title)
}

/** Remarks of the import, one row for each layer: repairs, guesses, values left out. Warnings are named as such. */
function notes(memo: MemoContext): Block[] {
  const { say } = memo
  const told = memo.result.inputs.filter((input) => input.notes.length > 0)
  if (told.length === 0) return []
  return [
    { kind: 'heading', level: 2, text: say('导入记录', 'Import remarks'), id: 'import-remarks' },
    {
      kind: 'table',
      caption: say('导入时的修复、识别与取舍', 'What the import repaired, recognised and left out'),
      head: headCells(say('图层', 'Layer'), say('记录', 'Remarks')),
      rows: told.map((input) => [
        cell(roleTitle(input, memo)),
        cell(
          ...input.notes.flatMap(({ severity, text }, at): Run[] => [
            ...(at > 0 ? [run('\n')] : []),
            ...(severity === 'warning' ? [strong(say('【注意】', 'Warning: '))] : []),
            run(memo.inLang(text)),
          ]),
        ),
      ]),
      widths: [22, 78],
    },
  ]
}
